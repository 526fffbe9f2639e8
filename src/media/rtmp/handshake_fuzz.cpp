// However the bytes are portioned, the handshake ends at the same place and says the same.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>

#include "media/rtmp/handshake.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::media::rtmp;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  Handshake whole{Bytes(kHandshakeBytes - 8)};
  std::string said;
  const auto used = whole.feed(bytes, said);

  Handshake portioned{Bytes(kHandshakeBytes - 8)};
  std::string said_in_portions;
  std::size_t at = 0;
  const std::size_t step = size == 0 ? 1 : 1 + data[size - 1];
  while (at < size && !portioned.done()) {
    const auto taken =
        portioned.feed(bytes.subspan(at, std::min(step, size - at)), said_in_portions);
    assert(taken.has_value() == used.has_value());
    if (!taken) return 0;
    at += *taken;
  }
  assert(!used || (at == *used && said == said_in_portions));
  return 0;
}
