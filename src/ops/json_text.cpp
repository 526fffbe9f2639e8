#include "ops/json_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace geili::ops {

void append_json_escaped(std::string& out, std::string_view text) {
  const bool well_formed = utf8_length(text).has_value();
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04x}", byte);
    } else if (byte >= 0x80 && !well_formed) {
      out += "\\ufffd";
    } else {
      out += c;
    }
  }
}

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  append_json_escaped(out, text);
  return out += '"';
}

}  // namespace geili::ops
