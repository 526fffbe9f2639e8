#include "base/text.hpp"

#include <cstdint>

namespace geili {
namespace {

// Decodes one code point at `at` and moves past it; none when malformed, overlong or a surrogate.
std::optional<std::uint32_t> next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return std::nullopt;
  std::uint32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return std::nullopt;
    value = value << 6 | (byte(at + i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return std::nullopt;
  at += length;
  return value;
}

bool is_forbidden(std::uint32_t c, Lines lines) {
  if (lines == Lines::multiple && (c == '\n' || c == '\t')) return false;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0x2028 || c == 0x2029;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

std::string_view utf8_prefix(std::string_view text, std::size_t octets_max) {
  if (text.size() <= octets_max) return text;
  std::size_t end = octets_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::optional<std::size_t> utf8_length(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (!next_code_point(text, at)) return std::nullopt;
  }
  return count;
}

Result<std::string> checked_text(std::string_view text, const TextRule& rule,
                                 std::string_view path) {
  const std::string_view kept = trimmed(text);
  std::size_t count = 0;
  for (std::size_t at = 0; at < kept.size(); ++count) {
    const auto c = next_code_point(kept, at);
    if (!c) return fail(Error::invalid_field(path, "is not UTF-8"));
    if (is_forbidden(*c, rule.lines)) {
      return fail(Error::invalid_field(path, "has a control character"));
    }
  }
  if (count < rule.min_length) {
    return fail(Error::invalid_field(
        path, rule.min_length == 1 ? std::string("is empty")
                                   : "is shorter than " + std::to_string(rule.min_length)));
  }
  if (count > rule.max_length) {
    return fail(Error::invalid_field(
        path, "is longer than " + std::to_string(rule.max_length) + " characters"));
  }
  return std::string(kept);
}

}  // namespace geili
