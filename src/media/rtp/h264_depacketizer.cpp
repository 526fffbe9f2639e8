#include "media/rtp/h264_depacketizer.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "media/byte_reader.hpp"
#include "media/h264/nal.hpp"

namespace geili::media::rtp {
namespace {

using h264::NalType;

constexpr unsigned kAggregate = 24;   // STAP-A
constexpr unsigned kFragment = 28;    // FU-A
constexpr unsigned kSingleLast = 23;  // types of NAL units themselves
constexpr std::size_t kSliceHeadBytes = 32;

unsigned head_type(ByteView payload) {
  return std::to_integer<unsigned>(payload[0]) & 0x1FU;
}
bool is_forbidden(ByteView payload) {
  return (payload[0] & std::byte{0x80}) != std::byte{0};
}

}  // namespace

void H264Depacketizer::begin() {
  payload_.clear();
  key_slice_head_.clear();
  fragmented_.clear();
  nals_ = 0;
  has_slice_ = false;
}

bool H264Depacketizer::add(ByteView payload) {
  if (is_forbidden(payload)) return false;
  const unsigned type = head_type(payload);
  if (type == kFragment) return add_fragment(payload);
  if (!fragmented_.empty()) return false;
  if (type == kAggregate) return add_aggregate(payload);
  return add_nal(payload);
}

bool H264Depacketizer::add_aggregate(ByteView payload) {
  ByteReader in(payload.subspan(1));
  while (in.remaining() > 0) {
    const ByteView nal = in.bytes(in.u16());
    if (!in.ok() || nal.empty() || !add_nal(nal)) return false;
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
  return add_nal(nal);
}

bool H264Depacketizer::add_nal(ByteView nal) {
  const unsigned type = head_type(nal);
  if (type == 0 || type > kSingleLast || is_forbidden(nal) || ++nals_ > h264::kNalsMax) {
    return false;
  }
  switch (static_cast<NalType>(type)) {
    case NalType::sps:
    case NalType::pps:
      return sets_.add(nal).has_value();
    case NalType::access_unit_delimiter:
    case NalType::filler:
      return true;
    case NalType::slice:
    case NalType::idr_slice:
      if (!has_slice_ && !h264::begins_picture(nal)) return false;
      if (!has_slice_ && static_cast<NalType>(type) == NalType::idr_slice) {
        const ByteView head = nal.first(std::min(nal.size(), kSliceHeadBytes));
        key_slice_head_.assign(head.begin(), head.end());
      }
      has_slice_ = true;
      break;
    default:
      break;
  }
  h264::append_length_prefixed(payload_, nal);
  return true;
}

Result<void> H264Depacketizer::use_sets_of(ByteView slice) {
  auto config = sets_.of_slice(slice);
  if (!config) return fail_as(config);
  if (described_ && *config == config_) return {};
  auto described = h264::describe(*config);
  if (!described) return fail_as(described);
  described_ = std::make_shared<const CodecConfig>(std::move(*described));
  config_ = std::move(*config);
  return {};
}

Result<VideoDepacketizer::Picture> H264Depacketizer::finish() {
  if (!fragmented_.empty()) {
    return fail(ErrorKind::invalid, "picture-damaged", "A NAL unit lacks its end.");
  }
  if (!has_slice_) return Picture{};
  const bool keyframe = !key_slice_head_.empty();
  if (keyframe) {
    if (auto used = use_sets_of(key_slice_head_); !used) return fail_as(used);
  }
  return Picture{keyframe, described_, std::exchange(payload_, {})};
}

}  // namespace geili::media::rtp
