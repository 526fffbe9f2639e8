// A codec, then payloads: each a byte of flags (1 marker, 2 next picture, 4 a gap), one for the
// length, and the payload. Units that come out are packetized and read again.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "media/byte_reader.hpp"
#include "media/rtp/packetizer.hpp"
#include "media/rtp/track_receiver.hpp"

namespace {

using namespace geili;
using namespace geili::media;

// The codec's own length may not survive, as H.264's parameter sets come back before the picture.
void send_and_read_again(const SourceUnit& source) {
  Unit unit;
  unit.track = source.track;
  unit.keyframe = source.keyframe;
  unit.config = source.config;
  unit.payload = source.payload;
  const auto payloads = rtp::packetize(unit, rtp::kPayloadBytesMin);
  if (!payloads) {
    assert(payloads.error().kind == ErrorKind::too_large);
    return;
  }
  const auto again = rtp::make_depacketizer(source.config->codec);
  std::vector<SourceUnit> units;
  for (std::size_t i = 0; i < payloads->size(); ++i) {
    assert((*payloads)[i].size() <= rtp::kPayloadBytesMin);
    (void)again->push({1, i + 1 == payloads->size(), 1, (*payloads)[i]}, units);
  }
  if (source.keyframe) assert(units.size() == 1 && *units[0].payload == *source.payload);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader in(std::as_bytes(std::span(data, size)));
  constexpr Codec kCodecs[] = {Codec::h264, Codec::vp8, Codec::opus};
  const auto depacketizer = rtp::make_depacketizer(kCodecs[in.u8() % std::size(kCodecs)]);
  std::vector<SourceUnit> units;
  std::uint32_t timestamp = 0;
  while (in.remaining() > 0) {
    const unsigned flags = in.u8();
    if ((flags & 2U) != 0) timestamp += 3'000;
    if ((flags & 4U) != 0) depacketizer->gap();
    const std::size_t length = std::min<std::size_t>(in.u8(), in.remaining());
    (void)depacketizer->push({timestamp, (flags & 1U) != 0, timestamp, in.bytes(length)}, units);
  }
  for (const SourceUnit& unit : units) {
    assert(unit.config && !unit.payload->empty());
    send_and_read_again(unit);
  }
  return 0;
}
