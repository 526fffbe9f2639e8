#pragma once
// The RTP payloads of one unit, one behind the other in a single allocation, each with its padding.

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
    places_.reserve(count);
  }
  // A payload made of the parts, with `padding` bytes behind it (RFC 3550 section 5.1; the last
  // one says how many).
  void add(std::initializer_list<ByteView> parts, std::uint8_t padding = 0) {
    for (const ByteView part : parts) bytes_.insert(bytes_.end(), part.begin(), part.end());
    if (padding > 0) {
      bytes_.resize(bytes_.size() + padding - 1);
      bytes_.push_back(std::byte{padding});
    }
    places_.push_back({static_cast<std::uint32_t>(bytes_.size()), padding});
  }

  std::size_t size() const { return places_.size(); }
  bool empty() const { return places_.empty(); }
  std::size_t bytes() const { return bytes_.size(); }
  ByteView operator[](std::size_t index) const {
    const ByteView whole = padded(index);
    return whole.first(whole.size() - places_[index].padding);
  }
  // As it is sent.
  ByteView padded(std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : places_[index - 1].end;
    return ByteView(bytes_).subspan(begin, places_[index].end - begin);
  }
  bool is_padded(std::size_t index) const { return places_[index].padding > 0; }

 private:
  struct Place {
    std::uint32_t end = 0;
    std::uint8_t padding = 0;
  };
  Bytes bytes_;
  std::vector<Place> places_;
};

// How a body is divided into fragments of one size, for which UDP_SEGMENT asks: the last one is
// padded up to it.
struct EvenFragments {
  std::size_t bytes = 0;
  std::uint8_t padding = 0;  // of the last; 0 as well when there are too many fragments for it
};
inline EvenFragments even_fragments(std::size_t body_bytes, std::size_t fragment_bytes_max) {
  const std::size_t count = (body_bytes + fragment_bytes_max - 1) / fragment_bytes_max;
  const std::size_t bytes = (body_bytes + count - 1) / count;
  const std::size_t missing = count * bytes - body_bytes;
  constexpr std::size_t kPaddingMax = 255;
  return {bytes, static_cast<std::uint8_t>(missing <= kPaddingMax ? missing : 0)};
}

}  // namespace geili::media::rtp
