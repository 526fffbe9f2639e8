#pragma once
// Secrets that travel in links and cookies: the bearer holds the token, the store its SHA-256
// alone, so that a stolen copy of the data opens nothing. A random token needs no salt and no slow
// hash.

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace geili::identity {

// 32 bytes.
Bytes hash_token(std::string_view token);

struct NewToken {
  std::string token;  // 22 base64url characters, 128 random bits
  Bytes hash;
};
NewToken new_token();

// In a time that depends on the lengths alone.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace geili::identity
