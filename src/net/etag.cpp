#include "net/etag.hpp"

#include <cassert>

namespace geili::net {
namespace {

// Takes `"a"` or `W/"a"` from the front; empty when there is none.
std::string_view take_tag(std::string_view& list) {
  const std::size_t quote = list.starts_with("W/") ? 2 : 0;
  if (quote >= list.size() || list[quote] != '"') return {};
  const std::size_t end = list.find('"', quote + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view tag = list.substr(0, end + 1);
  list.remove_prefix(end + 1);
  return tag;
}

void skip_separators(std::string_view& list) {
  while (!list.empty() && (list.front() == ' ' || list.front() == '\t' || list.front() == ',')) {
    list.remove_prefix(1);
  }
}

bool are_equal(std::string_view a, std::string_view b, EtagComparison how) {
  const bool any_weak = a.starts_with("W/") || b.starts_with("W/");
  if (how == EtagComparison::strong && any_weak) return false;
  if (a.starts_with("W/")) a.remove_prefix(2);
  if (b.starts_with("W/")) b.remove_prefix(2);
  return a == b;
}

}  // namespace

std::string strong_etag(std::string_view value) {
  assert(value.find('"') == std::string_view::npos);
  std::string tag = "\"";
  tag += value;
  tag += '"';
  return tag;
}

std::string weak_etag(std::string_view value) {
  return "W/" + strong_etag(value);
}

bool etag_list_has(std::string_view list, std::string_view etag, EtagComparison how) {
  skip_separators(list);
  if (list == "*") return true;
  while (!list.empty()) {
    const std::string_view tag = take_tag(list);
    if (tag.empty()) return false;
    if (are_equal(tag, etag, how)) return true;
    skip_separators(list);
  }
  return false;
}

bool is_not_modified(const Headers& request, std::string_view etag) {
  const auto list = request.find("if-none-match");
  return list && etag_list_has(*list, etag, EtagComparison::weak);
}

Result<void> check_if_match(const Headers& request, std::string_view etag) {
  const auto list = request.find("if-match");
  if (!list) {
    return fail(ErrorKind::precondition_required, "precondition-required",
                "If-Match must name the version that is changed.");
  }
  if (!etag_list_has(*list, etag, EtagComparison::strong)) {
    return fail(ErrorKind::precondition, "precondition-failed",
                "It has been changed since the version that If-Match names.");
  }
  return {};
}

}  // namespace geili::net
