#pragma once
// Randomness from the kernel, of which each thread keeps a little ahead: a child of fork() that
// goes on without exec would give out what its parent does. Thread-safe; throws std::system_error
// when the kernel has none to give.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.hpp"

namespace geili {

Bytes random_bytes(std::size_t count);

// `byte_count` random bytes as base64url: 16 bytes (128 bits) for what must not be guessed.
std::string random_token(std::size_t byte_count = 16);

}  // namespace geili
