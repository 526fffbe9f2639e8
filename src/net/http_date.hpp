#pragma once
// RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT". Does not follow the process's locale.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace geili::net {

// `seconds` since 1970-01-01 UTC, of the years 1970 to 9999.
std::string to_http_date(std::int64_t seconds);
// The preferred form only; the two obsolete ones are read as none, which makes a condition not
// hold.
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace geili::net
