#pragma once
// The words of an SDP line: cut at blanks, numbers checked. For the parsers of this folder.

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace geili::media::sdp {

// Up to `separator`, which is dropped; the whole when there is none.
inline std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view head = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return head;
}

// The next word; several blanks count as one. Empty at the end.
inline std::string_view next_word(std::string_view& rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  return cut(rest, ' ');
}

// Decimal digits alone.
template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error != std::errc{} || end != last) return std::nullopt;
  return value;
}

// Printable and without blanks: what a name or an address may be made of.
inline bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace geili::media::sdp
