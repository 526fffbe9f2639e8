#pragma once
// The RTP payloads of one unit, one behind the other in a single allocation.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "base/bytes.hpp"

namespace geili::media::rtp {

class PayloadList {
 public:
  void reserve(std::size_t bytes, std::size_t count) {
    bytes_.reserve(bytes);
    ends_.reserve(count);
  }
  // A payload made of the parts.
  void add(std::initializer_list<ByteView> parts) {
    for (const ByteView part : parts) bytes_.insert(bytes_.end(), part.begin(), part.end());
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }

  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  std::size_t bytes() const { return bytes_.size(); }
  ByteView operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return ByteView(bytes_).subspan(begin, ends_[index] - begin);
  }

 private:
  Bytes bytes_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace geili::media::rtp
