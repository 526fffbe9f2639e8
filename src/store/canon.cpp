#include "store/canon.hpp"

#include "crypto/sha256.hpp"

namespace geili::store {

Bytes Canon::sha256() const {
  return crypto::sha256(as_bytes(text_));
}

}  // namespace geili::store
