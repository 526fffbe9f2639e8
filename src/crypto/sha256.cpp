#include "crypto/sha256.hpp"

#include <stdexcept>

#include <openssl/evp.h>

namespace geili::crypto {
namespace {

// Found once: EVP_sha256() has it searched for at every use. Never freed, as OpenSSL may have
// cleaned up before it.
const EVP_MD* the_sha256() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return found;
}

}  // namespace

Bytes sha256(ByteView data) {
  Bytes hash(kSha256Bytes);
  void* out = hash.data();
  const EVP_MD* digest = the_sha256();
  if (digest == nullptr || EVP_Digest(data.data(), data.size(), static_cast<unsigned char*>(out),
                                      nullptr, digest, nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return hash;
}

}  // namespace geili::crypto
