// Frames in pieces: the first byte says how large the pieces are and how the parser is set.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.hpp"
#include "net/websocket_frame.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili::net;
  if (size == 0) return 0;
  const std::size_t step = (data[0] & 0x7F) + 1;
  const Masking masking = (data[0] & 0x80) != 0 ? Masking::forbidden : Masking::required;
  std::string bytes(data + 1, data + size);
  constexpr std::size_t kMessageMax = 1000;
  FrameParser parser(masking);
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::span<char> piece(bytes.data() + at, std::min(step, bytes.size() - at));
    while (true) {
      const FrameEvent event = parser.next(piece, kMessageMax);
      if (event.kind == FrameEvent::Kind::need_more) break;
      if (event.kind == FrameEvent::Kind::fault) return 0;
      assert(event.payload.size() <= kMessageMax);
      if (event.kind == FrameEvent::Kind::text) assert(geili::utf8_length(event.payload));
    }
    assert(piece.empty());
  }
  return 0;
}
