#pragma once
// The user name fragment and password of one side of an ICE session (RFC 8839 section 5.4).

#include <cstddef>
#include <string>
#include <string_view>

namespace geili::media::ice {

inline constexpr std::size_t kUfragCharsMin = 4;
inline constexpr std::size_t kPwdCharsMin = 22;
inline constexpr std::size_t kCredentialCharsMax = 256;

struct Credentials {
  std::string ufrag;
  std::string pwd;

  friend bool operator==(const Credentials&, const Credentials&) = default;
};

// Fresh ones: a ufrag of `prefix` and 48 random bits, a password of 144. `prefix` is of ice-chars
// (it may name the thread that owns the session) and at most 16 long.
Credentials make_credentials(std::string_view prefix = {});

// Letters, digits, '+' and '/', of a permitted length.
bool is_ufrag(std::string_view text);
bool is_pwd(std::string_view text);

}  // namespace geili::media::ice
