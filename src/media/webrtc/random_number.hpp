#pragma once
// Numbers that RTP wants nobody to guess.

#include <concepts>
#include <cstring>

#include "base/random.hpp"

namespace geili::media::webrtc {

template <std::unsigned_integral Number>
Number random_number() {
  const Bytes bytes = random_bytes(sizeof(Number));
  Number number{};
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

}  // namespace geili::media::webrtc
