#include "media/vp8/frame_header.hpp"

#include <cassert>

#include "media/byte_reader.hpp"

namespace geili::media::vp8 {
namespace {

constexpr std::uint32_t kStartCode = 0x9D012A;

// Little-endian; the upper two bits ask a player to scale and are ignored by all.
unsigned side(ByteView bytes) {
  return (std::to_integer<unsigned>(bytes[1]) << 8 | std::to_integer<unsigned>(bytes[0])) & 0x3FFFU;
}

}  // namespace

Result<FrameHeader> parse_frame_header(ByteView frame) {
  ByteReader in(frame);
  const unsigned tag = in.u24() >> 16;  // the first byte; the rest is the first partition's size
  FrameHeader header;
  header.keyframe = (tag & 1U) == 0;
  header.shown = (tag & 0x10U) != 0;
  if (header.keyframe) {
    const std::uint32_t start_code = in.u24();
    header.size = in.bytes(4);
    if (in.ok() && start_code != kStartCode) {
      return fail(ErrorKind::invalid, "vp8-start-code", "A VP8 key frame lacks its start code.");
    }
  }
  if (!in.ok()) return fail(ErrorKind::invalid, "vp8-truncated", "A VP8 frame ends in its head.");
  if (!header.keyframe) return header;
  header.width = side(header.size.first(2));
  header.height = side(header.size.subspan(2));
  if (header.width == 0 || header.height == 0) {
    return fail(ErrorKind::invalid, "vp8-size", "A VP8 key frame has no size.");
  }
  return header;
}

CodecConfig describe(const FrameHeader& header) {
  assert(header.keyframe);
  CodecConfig config;
  config.codec = Codec::vp8;
  config.record.assign(header.size.begin(), header.size.end());
  config.rfc6381 = "vp8";
  config.width = header.width;
  config.height = header.height;
  return config;
}

}  // namespace geili::media::vp8
