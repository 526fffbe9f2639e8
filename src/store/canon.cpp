#include "store/canon.hpp"

#include <stdexcept>

#include <openssl/evp.h>

namespace geili::store {

namespace {

// Found once: EVP_sha256() has it searched for at every use. Never freed, as OpenSSL may have
// cleaned up before it.
const EVP_MD* the_sha256() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return found;
}

}  // namespace

Bytes Canon::sha256() const {
  Bytes hash(32);
  auto* out = static_cast<unsigned char*>(static_cast<void*>(hash.data()));
  const EVP_MD* sha256 = the_sha256();
  if (sha256 == nullptr ||
      EVP_Digest(text_.data(), text_.size(), out, nullptr, sha256, nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return hash;
}

}  // namespace geili::store
