#pragma once
// Big-endian reads over borrowed bytes. Past the end every read yields zero and ok() turns false
// for good, so that a parser reads a whole header and asks once. Valid while the bytes it was given
// live.

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace geili::media {

class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t remaining() const { return rest_.size(); }
  ByteView rest() const { return rest_; }

  std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(big_endian(2)); }
  std::uint32_t u24() { return static_cast<std::uint32_t>(big_endian(3)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
  std::uint64_t u64() { return big_endian(8); }
  std::int32_t i24() {
    const std::uint32_t raw = u24();
    return static_cast<std::int32_t>(raw ^ 0x800000U) - 0x800000;
  }
  double f64() { return std::bit_cast<double>(u64()); }

  // Empty when fewer than `count` bytes are left.
  ByteView bytes(std::size_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

 private:
  std::uint64_t big_endian(std::size_t count) {
    std::uint64_t value = 0;
    for (const std::byte b : bytes(count)) value = value << 8 | std::to_integer<std::uint64_t>(b);
    return value;
  }

  ByteView rest_;
  bool ok_ = true;
};

}  // namespace geili::media
