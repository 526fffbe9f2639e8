#include "store/canon.hpp"

#include <stdexcept>

#include <openssl/evp.h>

namespace geili::store {

Bytes Canon::sha256() const {
  Bytes hash(32);
  auto* out = static_cast<unsigned char*>(static_cast<void*>(hash.data()));
  if (EVP_Digest(text_.data(), text_.size(), out, nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return hash;
}

}  // namespace geili::store
