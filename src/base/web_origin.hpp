#pragma once
// The origin of a web site: scheme, host and port of its pages (RFC 6454), as a policy may name it.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace geili {

inline constexpr std::size_t kWebOriginBytesMax = 255;

// "https://www.example.com" or "https://example.com:8443", in small letters and without a port that
// is the scheme's own. Names outside ASCII come as their xn-- form. http is for this machine alone
// ("http://localhost:5173"). A slash at the end is passed over. Fails with invalid "bad-origin" on
// whatever else: a path, a user, a wildcard, an address that is not this machine's.
Result<std::string> parse_web_origin(std::string_view text);

}  // namespace geili
