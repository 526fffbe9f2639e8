#pragma once
// Big-endian writes into a growing buffer. The buffer is a string because that is what responses
// carry.

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.hpp"

namespace geili::media {

class ByteWriter {
 public:
  std::size_t size() const { return out_.size(); }
  const std::string& view() const { return out_; }
  std::string take() && { return std::move(out_); }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }

  void u8(std::uint64_t value) { big_endian(value, 1); }
  void u16(std::uint64_t value) { big_endian(value, 2); }
  void u24(std::uint64_t value) { big_endian(value, 3); }
  void u32(std::uint64_t value) { big_endian(value, 4); }
  void u64(std::uint64_t value) { big_endian(value, 8); }
  void f64(double value) { u64(std::bit_cast<std::uint64_t>(value)); }
  void bytes(ByteView value) { out_.append(as_text(value)); }
  void text(std::string_view value) { out_.append(value); }
  void zeros(std::size_t count) { out_.append(count, '\0'); }

  // Overwrites four bytes written earlier: box sizes and data offsets.
  void patch_u32(std::size_t at, std::uint32_t value) {
    assert(at + 4 <= out_.size());
    for (int i = 3; i >= 0; --i, value >>= 8) {
      out_[at + static_cast<std::size_t>(i)] = static_cast<char>(value & 0xFF);
    }
  }

 private:
  void big_endian(std::uint64_t value, int count) {
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
      out_.push_back(static_cast<char>(value >> shift & 0xFF));
    }
  }

  std::string out_;
};

}  // namespace geili::media
