#pragma once
// Sizes, words and casts that the files of this folder share.

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace geili::media::srtp {

inline constexpr std::size_t kRtcpHeadBytes = 8;
inline constexpr std::size_t kRtcpIndexBytes = 4;
inline constexpr std::uint32_t kEncryptedBit = 0x8000'0000U;

inline std::array<std::byte, 4> word(std::uint32_t value) {
  return {static_cast<std::byte>(value >> 24), static_cast<std::byte>(value >> 16 & 0xFF),
          static_cast<std::byte>(value >> 8 & 0xFF), static_cast<std::byte>(value & 0xFF)};
}
// As OpenSSL wants its bytes.
inline const unsigned char* raw(const std::byte* data) {
  return static_cast<const unsigned char*>(static_cast<const void*>(data));
}
inline unsigned char* raw(std::byte* data) {
  return static_cast<unsigned char*>(static_cast<void*>(data));
}

// Of at least four bytes.
inline std::uint32_t read_word(ByteView bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::to_integer<std::uint32_t>(bytes[i]);
  return value;
}

}  // namespace geili::media::srtp
