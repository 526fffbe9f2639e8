#pragma once
// Bits, most significant first, with the Exp-Golomb codes of H.264 (ISO/IEC 14496-10 section 9.1).
// Past the end every read yields zero and ok() turns false for good.

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace geili::media {

class BitReader {
 public:
  explicit BitReader(ByteView bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t remaining() const { return bytes_.size() * 8 - at_; }

  bool flag() { return bits(1) != 0; }
  std::uint32_t bits(unsigned count) {  // count <= 32
    if (count > remaining()) {
      ok_ = false;
      at_ = bytes_.size() * 8;
      return 0;
    }
    std::uint32_t value = 0;
    for (; count > 0; --count, ++at_) {
      const auto byte = std::to_integer<unsigned>(bytes_[at_ / 8]);
      value = value << 1 | (byte >> (7 - at_ % 8) & 1U);
    }
    return value;
  }
  // ue(v)
  std::uint32_t exp_golomb() {
    unsigned zeros = 0;
    while (ok_ && !flag()) {
      if (++zeros > 31) ok_ = false;
    }
    return ok_ ? (1U << zeros) - 1 + bits(zeros) : 0;
  }
  // se(v)
  std::int32_t signed_exp_golomb() {
    const std::uint32_t code = exp_golomb();
    const auto half = static_cast<std::int32_t>(code / 2);
    return code % 2 == 1 ? half + 1 : -half;
  }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace geili::media
