#include "media/ice/credentials.hpp"

#include <algorithm>
#include <cassert>

#include "base/random.hpp"

namespace geili::media::ice {
namespace {

// Sixty-four ice-chars, so that six random bits choose one evenly.
constexpr std::string_view kIceChars =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string random_ice_chars(std::size_t count) {
  std::string text;
  for (const std::byte b : random_bytes(count)) {
    text += kIceChars[std::to_integer<std::size_t>(b) % kIceChars.size()];
  }
  return text;
}

bool is_ice_text(std::string_view text, std::size_t min) {
  return text.size() >= min && text.size() <= kCredentialCharsMax &&
         std::ranges::all_of(text, [](char c) { return kIceChars.contains(c); });
}

}  // namespace

Credentials make_credentials(std::string_view prefix) {
  assert(prefix.size() <= 16);
  return {std::string(prefix) + random_ice_chars(8), random_ice_chars(24)};
}

bool is_ufrag(std::string_view text) {
  return is_ice_text(text, kUfragCharsMin);
}
bool is_pwd(std::string_view text) {
  return is_ice_text(text, kPwdCharsMin);
}

}  // namespace geili::media::ice
