#pragma once
// H.264 over RTP (RFC 6184), packetization modes 0 and 1: single NAL units, STAP-A and FU-A.

#include <cstddef>

#include "media/h264/parameter_sets.hpp"
#include "media/rtp/depacketizer.hpp"

namespace geili::media::rtp {

// Parameter sets may come in packets of their own, aggregated, or with their key frame; a new
// configuration takes effect at a key frame, and only when its bytes differ.
class H264Depacketizer final : public VideoDepacketizer {
 private:
  void begin() override;
  bool add(ByteView payload) override;
  Result<Picture> finish() override;

  bool add_nal(ByteView nal);
  bool add_aggregate(ByteView payload);
  bool add_fragment(ByteView payload);
  Result<void> use_sets_of(ByteView slice);

  h264::ParameterSets sets_;
  h264::DecoderConfig config_;
  CodecConfigPtr described_;
  Bytes payload_;
  Bytes key_slice_head_;  // of the first slice, if it is a key frame's
  Bytes fragmented_;      // the NAL unit that is under way; empty without one
  std::size_t nals_ = 0;
  bool has_slice_ = false;
};

}  // namespace geili::media::rtp
