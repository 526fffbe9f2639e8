#include "media/rtp/h264_depacketizer.hpp"

#include <utility>

#include "media/byte_reader.hpp"

namespace geili::media::rtp {
namespace {

constexpr unsigned kAggregate = 24;  // STAP-A
constexpr unsigned kFragment = 28;   // FU-A

unsigned head_type(ByteView payload) {
  return std::to_integer<unsigned>(payload[0]) & 0x1FU;
}
bool is_forbidden(ByteView payload) {
  return (payload[0] & std::byte{0x80}) != std::byte{0};
}

}  // namespace

void H264Depacketizer::begin() {
  picture_.begin();
  fragmented_.clear();
}

bool H264Depacketizer::add(ByteView payload) {
  if (is_forbidden(payload)) return false;
  const unsigned type = head_type(payload);
  if (type == kFragment) return add_fragment(payload);
  if (!fragmented_.empty()) return false;
  if (type == kAggregate) return add_aggregate(payload);
  return picture_.add(payload);
}

bool H264Depacketizer::add_aggregate(ByteView payload) {
  ByteReader in(payload.subspan(1));
  while (in.remaining() > 0) {
    const ByteView nal = in.bytes(in.u16());
    if (!in.ok() || nal.empty() || !picture_.add(nal)) return false;
  }
  return true;
}

bool H264Depacketizer::add_fragment(ByteView payload) {
  constexpr std::size_t kHeads = 2;
  if (payload.size() <= kHeads) return false;
  const auto head = std::to_integer<unsigned>(payload[1]);
  const bool starts = (head & 0x80U) != 0;
  const bool ends = (head & 0x40U) != 0;
  if (starts != fragmented_.empty()) return false;
  const std::byte nal_head = (payload[0] & std::byte{0xE0}) | static_cast<std::byte>(head & 0x1FU);
  if (starts) fragmented_.push_back(nal_head);
  if (fragmented_.front() != nal_head) return false;
  const ByteView body = payload.subspan(kHeads);
  fragmented_.insert(fragmented_.end(), body.begin(), body.end());
  if (!ends) return true;
  const Bytes nal = std::exchange(fragmented_, {});
  return picture_.add(nal);
}

Result<VideoDepacketizer::Picture> H264Depacketizer::finish() {
  if (!fragmented_.empty()) {
    return fail(ErrorKind::invalid, "picture-damaged", "A NAL unit lacks its end.");
  }
  auto picture = picture_.finish();
  if (!picture) return fail_as(picture);
  return Picture{picture->keyframe, std::move(picture->config), std::move(picture->payload)};
}

}  // namespace geili::media::rtp
