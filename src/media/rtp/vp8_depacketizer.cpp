#include "media/rtp/vp8_depacketizer.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "media/byte_reader.hpp"
#include "media/vp8/frame_header.hpp"

namespace geili::media::rtp {
namespace {

void read_extension(ByteReader& in, Vp8Descriptor& descriptor) {
  const unsigned present = in.u8();
  if ((present & 0x80U) != 0) {  // I
    unsigned id = in.u8();
    if ((id & 0x80U) != 0) id = (id & 0x7FU) << 8 | in.u8();
    descriptor.picture_id = static_cast<std::uint16_t>(id);
  }
  if ((present & 0x40U) != 0) in.u8();  // L: TL0PICIDX
  if ((present & 0x30U) != 0) {         // T or K
    const unsigned layer = in.u8();
    if ((present & 0x20U) != 0) descriptor.temporal_layer = static_cast<std::uint8_t>(layer >> 6);
  }
}

}  // namespace

Result<Vp8Descriptor> parse_vp8_descriptor(ByteView payload) {
  ByteReader in(payload);
  Vp8Descriptor descriptor;
  const unsigned head = in.u8();
  descriptor.droppable = (head & 0x20U) != 0;
  descriptor.starts_partition = (head & 0x10U) != 0;
  descriptor.partition = head & 0x07U;
  if ((head & 0x80U) != 0) read_extension(in, descriptor);
  if (!in.ok()) {
    return fail(ErrorKind::invalid, "vp8-descriptor", "A VP8 payload descriptor ends early.");
  }
  descriptor.bytes = payload.size() - in.remaining();
  return descriptor;
}

bool Vp8Depacketizer::add(ByteView payload) {
  const auto descriptor = parse_vp8_descriptor(payload);
  if (!descriptor || descriptor->bytes == payload.size()) return false;
  const bool starts_frame = descriptor->starts_partition && descriptor->partition == 0;
  if (starts_frame != payload_.empty()) return false;
  const ByteView body = payload.subspan(descriptor->bytes);
  payload_.insert(payload_.end(), body.begin(), body.end());
  return true;
}

Result<VideoDepacketizer::Picture> Vp8Depacketizer::finish() {
  const auto header = vp8::parse_frame_header(payload_);
  if (!header) return fail(header.error());
  if (header->keyframe && (!described_ || !std::ranges::equal(described_->record, header->size))) {
    described_ = std::make_shared<const CodecConfig>(vp8::describe(*header));
  }
  return Picture{header->keyframe, described_, std::exchange(payload_, {})};
}

}  // namespace geili::media::rtp
