#include "media/rtp/packetizer.hpp"

#include <cassert>

#include "media/rtp/h264_packetizer.hpp"

namespace geili::media::rtp {
namespace {

// RFC 7741: one partition index for the whole frame, no picture id; the sequence numbers tell
// receivers which frames belong together.
Result<PayloadList> packetize_vp8(ByteView frame, std::size_t payload_bytes_max) {
  constexpr std::byte kStart{0x10};
  constexpr std::byte kContinuation{0x00};
  const std::size_t body_max = payload_bytes_max - 1;
  const std::size_t count = (frame.size() + body_max - 1) / body_max;
  PayloadList payloads;
  payloads.reserve(frame.size() + 2 * count, count);
  const EvenFragments even = even_fragments(frame.size(), body_max);
  for (std::size_t at = 0; at < frame.size(); at += even.bytes) {
    const std::byte& descriptor = at == 0 ? kStart : kContinuation;
    const bool is_last = at + even.bytes >= frame.size();
    const ByteView body = frame.subspan(at, std::min(even.bytes, frame.size() - at));
    payloads.add({ByteView(&descriptor, 1), body}, is_last ? even.padding : std::uint8_t{0});
  }
  return payloads;
}

Result<PayloadList> packetize_opus(ByteView packet, std::size_t payload_bytes_max) {
  if (packet.size() > payload_bytes_max) {
    return fail(ErrorKind::too_large, "opus-packet-size", "An Opus packet cannot be divided.");
  }
  PayloadList payloads;
  payloads.add({packet});
  return payloads;
}

}  // namespace

Result<PayloadList> packetize(const Unit& unit, std::size_t payload_bytes_max) {
  assert(payload_bytes_max >= kPayloadBytesMin);
  if (unit.payload->empty()) {
    return fail(ErrorKind::invalid, "unit-empty", "A unit has no payload.");
  }
  // What is around a body takes less than half of the smallest payload.
  if (unit.payload->size() / (payload_bytes_max / 2) >= kPacketsPerUnitMax) {
    return fail(ErrorKind::too_large, "unit-packets", "A picture needs too many packets.");
  }
  switch (unit.config->codec) {
    case Codec::h264:
      return packetize_h264(unit, payload_bytes_max);
    case Codec::vp8:
      return packetize_vp8(*unit.payload, payload_bytes_max);
    case Codec::opus:
      return packetize_opus(*unit.payload, payload_bytes_max);
    case Codec::aac:
      break;
  }
  return fail(ErrorKind::unsupported_media, "codec-not-in-rtp",
              "Browsers do not take this codec over WebRTC; it has to be transcoded.");
}

}  // namespace geili::media::rtp
