#pragma once
// The request target (RFC 9112 section 3.2) as a clean path and a raw query.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace geili::net {

struct RequestTarget {
  std::string path;   // decoded; starts with '/'; UTF-8; no dot segments, no control characters
  std::string query;  // as it came
};

// Takes the origin form ("/a?b") and the absolute form ("http://host/a?b"). Refused: bad
// percent-encoding, an encoded '/', NUL and control characters, "." and ".." segments (also
// encoded), a fragment, broken UTF-8.
Result<RequestTarget> parse_request_target(std::string_view target);

// Decodes %XX; none when an escape is broken. Plus::space as in application/x-www-form-urlencoded.
enum class Plus : bool { literal, space };
std::optional<std::string> percent_decode(std::string_view text, Plus plus = Plus::literal);
// Keeps RFC 3986 unreserved characters.
std::string percent_encode(std::string_view text);

}  // namespace geili::net
