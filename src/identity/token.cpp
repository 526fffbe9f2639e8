#include "identity/token.hpp"

#include <openssl/crypto.h>

#include "base/random.hpp"
#include "crypto/sha256.hpp"

namespace geili::identity {

Bytes hash_token(std::string_view token) {
  return crypto::sha256(as_bytes(token));
}

NewToken new_token() {
  std::string token = random_token(16);
  Bytes hash = hash_token(token);
  return {std::move(token), std::move(hash)};
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace geili::identity
