// A publication's messages: each a byte that says audio or video and how long it is, four bytes of
// time, and the tag.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/byte_reader.hpp"
#include "media/flv/flv_units.hpp"
#include "media/h264/nal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  media::flv::FlvUnits units;
  media::ByteReader in(std::as_bytes(std::span(data, size)));
  while (in.remaining() > 0) {
    const unsigned head = in.u8();
    const std::uint32_t timestamp_ms = in.u32();
    const ByteView tag = in.bytes(head & 0x7FU);
    const auto unit =
        (head & 0x80U) != 0 ? units.video(tag, timestamp_ms) : units.audio(tag, timestamp_ms);
    if (!unit || !*unit) continue;
    assert((*unit)->config && !(*unit)->payload->empty());
    if ((*unit)->track == media::Track::video) {
      const auto nals = media::h264::split_length_prefixed(*(*unit)->payload, 4);
      assert(nals && !nals->empty());
    }
  }
  return 0;
}
