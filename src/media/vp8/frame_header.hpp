#pragma once
// The uncompressed head of a VP8 frame (RFC 6386 section 9.1).

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::vp8 {

struct FrameHeader {
  bool keyframe = false;
  bool shown = false;
  unsigned width = 0;  // of key frames
  unsigned height = 0;
  ByteView size;  // of key frames: the four bytes that tell width and height; into the frame
};

// Errors (invalid): "vp8-truncated", "vp8-start-code", "vp8-size" (no picture).
Result<FrameHeader> parse_frame_header(ByteView frame);

// What a stream tells its readers. `header` of a key frame.
CodecConfig describe(const FrameHeader& header);

}  // namespace geili::media::vp8
