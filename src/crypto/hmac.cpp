#include "crypto/hmac.hpp"

#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace geili::crypto {

Hmac hmac_sha256(const Secret<std::string>& key, std::string_view message) {
  Hmac hash{};
  unsigned size = 0;
  const std::string& secret = key.reveal();
  const void* bytes = message.data();
  void* out = hash.data();
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           static_cast<const unsigned char*>(bytes), message.size(),
           static_cast<unsigned char*>(out), &size) == nullptr ||
      size != kHmacBytes) {
    throw std::runtime_error("openssl: HMAC");
  }
  return hash;
}

}  // namespace geili::crypto
