#pragma once
// JSON strings for log records and reports.

#include <string>
#include <string_view>

namespace geili::ops {

// The escapes of a JSON string (RFC 8259 section 7) without its quotes; bytes of a text that is not
// UTF-8 become U+FFFD each.
void append_json_escaped(std::string& out, std::string_view text);

std::string json_quoted(std::string_view text);

}  // namespace geili::ops
