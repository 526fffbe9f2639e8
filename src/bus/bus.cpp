#include "bus/bus.hpp"

namespace geili::bus {
namespace {

constexpr std::string_view kRest = ".>";

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace

bool is_topic(std::string_view text) {
  if (text.empty() || text.size() > kTopicBytesMax) return false;
  char before = '.';
  for (const char c : text) {
    if (c == '.' ? before == '.' : !is_token_char(c)) return false;
    before = c;
  }
  return before != '.';
}

bool is_filter(std::string_view text) {
  if (text.ends_with(kRest)) text.remove_suffix(kRest.size());
  return is_topic(text);
}

bool matches(std::string_view filter, std::string_view topic) {
  if (!filter.ends_with(kRest)) return filter == topic;
  filter.remove_suffix(1);
  return topic.size() > filter.size() && topic.starts_with(filter);
}

}  // namespace geili::bus
