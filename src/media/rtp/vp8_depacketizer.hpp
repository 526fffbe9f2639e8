#pragma once
// VP8 over RTP (RFC 7741).

#include "media/rtp/depacketizer.hpp"

namespace geili::media::rtp {

// The payload descriptor (RFC 7741 section 4.2).
struct Vp8Descriptor {
  bool starts_partition = false;
  bool droppable = false;  // no other frame needs this one
  unsigned partition = 0;
  std::optional<std::uint16_t> picture_id;  // 7 or 15 bits
  std::optional<std::uint8_t> temporal_layer;
  std::size_t bytes = 0;
};

// Errors (invalid): "vp8-descriptor" when it does not end within the payload.
Result<Vp8Descriptor> parse_vp8_descriptor(ByteView payload);

class Vp8Depacketizer final : public VideoDepacketizer {
 private:
  void begin() override { payload_.clear(); }
  bool add(ByteView payload) override;
  Result<Picture> finish() override;

  CodecConfigPtr described_;
  Bytes payload_;
};

}  // namespace geili::media::rtp
