// What can be decoded is written back and decoded again to the same.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/flv/amf0.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const auto values = media::amf0::decode(std::as_bytes(std::span(data, size)));
  if (!values) return 0;
  const std::string bytes = media::amf0::encode(*values);
  const auto again = media::amf0::decode(as_bytes(bytes));
  assert(again && media::amf0::encode(*again) == bytes);
  return 0;
}
