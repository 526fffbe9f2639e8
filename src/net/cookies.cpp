#include "net/cookies.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>

namespace geili::net {
namespace {

bool is_cookie_octet(char c) {
  return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

bool is_clean(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_cookie_octet);
}

}  // namespace

std::string to_header(const SetCookie& cookie) {
  assert(!cookie.name.empty() && is_clean(cookie.name) && is_clean(cookie.value));
  assert(cookie.name.find('=') == std::string::npos && is_clean(cookie.path));
  std::string header = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) header += "; Max-Age=" + std::to_string(cookie.max_age->count());
  if (cookie.is_http_only) header += "; HttpOnly";
  if (cookie.is_secure) header += "; Secure";
  switch (cookie.same_site) {
    case SameSite::strict:
      header += "; SameSite=Strict";
      break;
    case SameSite::lax:
      header += "; SameSite=Lax";
      break;
    case SameSite::none:
      header += "; SameSite=None";
      break;
  }
  return header;
}

std::string forget_cookie(const SetCookie& cookie) {
  SetCookie gone = cookie;
  gone.value.clear();
  gone.max_age = std::chrono::seconds(0);
  return to_header(gone);
}

}  // namespace geili::net
