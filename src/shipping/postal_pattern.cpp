#include "shipping/postal_pattern.hpp"

#include <algorithm>
#include <cstddef>

#include "shipping/postal.hpp"

namespace geili::shipping {
namespace {

bool is_of(char c, char kind) {
  if (kind == '9') return c >= '0' && c <= '9';
  return kind == 'A' && c >= 'A' && c <= 'Z';
}

std::optional<std::string> in_one(std::string_view key, std::string_view shape) {
  std::string formatted;
  std::size_t at = 0;
  for (const char kind : shape) {
    if (kind == ' ' || kind == '-') {
      formatted.push_back(kind);
      continue;
    }
    if (at == key.size() || !is_of(key[at], kind)) return std::nullopt;
    formatted.push_back(key[at++]);
  }
  if (at < key.size()) return std::nullopt;
  return formatted;
}

}  // namespace

std::optional<std::string> postal_in_shape(std::string_view text, std::string_view shapes) {
  const std::string key = postal_key(text);
  if (key.empty()) return std::nullopt;
  while (!shapes.empty()) {
    const std::size_t end = std::min(shapes.find('|'), shapes.size());
    if (auto formatted = in_one(key, shapes.substr(0, end))) return formatted;
    shapes.remove_prefix(std::min(end + 1, shapes.size()));
  }
  return std::nullopt;
}

}  // namespace geili::shipping
