// The bytes of a connection, in pushes whose sizes the first byte gives: the same packets come out
// as of one push.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>

#include "media/ice/tcp_frames.hpp"

namespace {

using namespace geili;

// Every packet framed again; a '!' where the framing was lost.
std::string packets_of(ByteView stream, std::size_t step) {
  media::ice::TcpFrameReader reader;
  std::string packets;
  while (!stream.empty()) {
    const std::size_t count = std::min(step, stream.size());
    reader.push(stream.first(count));
    stream = stream.subspan(count);
    while (true) {
      const auto packet = reader.next();
      if (!packet) return packets + '!';
      if (!*packet) break;
      assert(!(*packet)->empty());
      media::ice::append_tcp_frame(**packet, packets);
    }
  }
  return packets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const std::size_t step = 1U + data[0];
  assert(packets_of(bytes.subspan(1), step) == packets_of(bytes.subspan(1), size));
  return 0;
}
