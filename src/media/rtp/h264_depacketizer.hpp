#pragma once
// H.264 over RTP (RFC 6184), packetization modes 0 and 1: single NAL units, STAP-A and FU-A.

#include "media/h264/picture_builder.hpp"
#include "media/rtp/depacketizer.hpp"

namespace geili::media::rtp {

// Parameter sets may come in packets of their own, aggregated, or with their key frame.
class H264Depacketizer final : public VideoDepacketizer {
 private:
  void begin() override;
  bool add(ByteView payload) override;
  Result<Picture> finish() override;

  bool add_aggregate(ByteView payload);
  bool add_fragment(ByteView payload);

  h264::PictureBuilder picture_;
  Bytes fragmented_;  // the NAL unit that is under way; empty without one
};

}  // namespace geili::media::rtp
