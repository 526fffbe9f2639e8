#pragma once
// The checksum of sections (ISO/IEC 13818-1 annex A): polynomial 0x04C11DB7, most significant bit
// first. Over a whole section, its checksum included, it is 0.

#include <array>
#include <cstdint>

#include "base/bytes.hpp"

namespace geili::media::ts {

inline std::uint32_t crc32(ByteView bytes) {
  static constexpr auto kTable = [] {
    constexpr std::uint32_t kPolynomial = 0x04C11DB7;
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      std::uint32_t crc = i << 24;
      for (int bit = 0; bit < 8; ++bit) {
        crc = (crc & 0x80000000U) != 0 ? crc << 1 ^ kPolynomial : crc << 1;
      }
      table[i] = crc;
    }
    return table;
  }();
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::byte b : bytes) crc = crc << 8 ^ kTable[crc >> 24 ^ std::to_integer<unsigned>(b)];
  return crc;
}

}  // namespace geili::media::ts
