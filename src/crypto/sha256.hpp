#pragma once
// SHA-256 (FIPS 180-4).

#include <cstddef>

#include "base/bytes.hpp"

namespace geili::crypto {

inline constexpr std::size_t kSha256Bytes = 32;

// kSha256Bytes of it. Any thread. Throws std::runtime_error when the library has no SHA-256.
Bytes sha256(ByteView data);

}  // namespace geili::crypto
