#include "identity/token.hpp"

#include <new>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/random.hpp"

namespace geili::identity {

Bytes sha256(ByteView data) {
  Bytes digest(32);
  void* out = digest.data();
  if (EVP_Digest(data.data(), data.size(), static_cast<unsigned char*>(out), nullptr, EVP_sha256(),
                 nullptr) != 1) {
    throw std::bad_alloc();  // its only failure for a digest that is always there
  }
  return digest;
}

Bytes hash_token(std::string_view token) {
  return sha256(as_bytes(token));
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
