#pragma once
// Set-Cookie (RFC 6265 section 4.1). Request::cookie reads what comes back.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace geili::net {

enum class SameSite : std::uint8_t { strict, lax, none };

// Defaults are those of a session: out of reach for scripts, not sent along by other sites' forms.
struct SetCookie {
  std::string name;   // a token
  std::string value;  // without spaces, quotes, commas, semicolons and backslashes
  std::string path = "/";
  std::optional<std::chrono::seconds> max_age = std::nullopt;  // none: until the browser is closed
  bool is_http_only = true;
  bool is_secure = true;
  SameSite same_site = SameSite::lax;
};

// The field value. Asserts that name and value are of the allowed characters.
std::string to_header(const SetCookie& cookie);
// The field value that makes a browser forget the cookie of this name and path.
std::string forget_cookie(const SetCookie& cookie);

}  // namespace geili::net
