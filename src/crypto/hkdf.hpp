#pragma once
// HKDF-SHA256 (RFC 5869): keys made of one secret.

#include <cstddef>
#include <string_view>

#include "base/bytes.hpp"

namespace geili::crypto {

// `size` bytes, 8160 at most. Any thread. Throws std::runtime_error when the library has no HKDF.
Bytes hkdf_sha256(ByteView salt, ByteView secret, ByteView info, std::size_t size);

}  // namespace geili::crypto
