#pragma once
// AES-128-GCM (NIST SP 800-38D) for one message under a key of its own.

#include <cstddef>

#include "base/bytes.hpp"

namespace geili::crypto {

inline constexpr std::size_t kAes128KeyBytes = 16;
inline constexpr std::size_t kGcmNonceBytes = 12;
inline constexpr std::size_t kGcmTagBytes = 16;

// The ciphertext and its tag. Asserts the sizes of key and nonce. Any thread.
Bytes aes128_gcm_encrypt(ByteView key, ByteView nonce, ByteView plain);

}  // namespace geili::crypto
