#include <memory>
#include <utility>

#include "media/rtp/depacketizer.hpp"
#include "media/timeline.hpp"

namespace geili::media::rtp {
namespace {

// RTP tells when a picture is shown, not when it is decoded: one shown before its predecessor is
// decoded this much after it.
constexpr std::int64_t kReorderedStepUs = 1'000;

}  // namespace

Result<void> VideoDepacketizer::push(const Fragment& fragment, std::vector<SourceUnit>& out) {
  if (fragment.payload.empty()) return {};
  Result<void> closed;
  if (open_ && fragment.timestamp != timestamp_) closed = close(out);
  if (!open_) {
    open_ = true;
    is_damaged_ = false;
    timestamp_ = fragment.timestamp;
    time_us_ = fragment.time_us;
    bytes_ = 0;
    begin();
  }
  bytes_ += fragment.payload.size();
  if (bytes_ > kAccessUnitBytesMax) is_damaged_ = true;
  if (!is_damaged_ && !add(fragment.payload)) is_damaged_ = true;
  if (fragment.marker) {
    auto last = close(out);
    if (!last) return last;
  }
  return closed;
}

void VideoDepacketizer::gap() {
  is_damaged_ = true;  // the picture that is open, if one is
  needs_key_ = true;
}

Result<void> VideoDepacketizer::close(std::vector<SourceUnit>& out) {
  open_ = false;
  auto picture = is_damaged_ ? fail(ErrorKind::invalid, "picture-damaged", "A picture lacks parts.")
                             : finish();
  if (!picture) {
    ++damaged_;
    needs_key_ = true;
    if (picture.error().kind == ErrorKind::unsupported_media) return fail_as(picture);
    return {};
  }
  if (picture->payload.empty()) return {};
  if (needs_key_ && !picture->keyframe) {
    ++skipped_;
    return {};
  }
  needs_key_ = false;
  out.push_back(place(std::move(*picture)));
  return {};
}

SourceUnit VideoDepacketizer::place(Picture picture) {
  SourceUnit unit;
  unit.track = Track::video;
  unit.keyframe = picture.keyframe;
  unit.dts_us = time_us_;
  if (last_dts_us_ && time_us_ <= *last_dts_us_ && time_us_ > *last_dts_us_ - kBackwardJumpUs) {
    unit.dts_us = *last_dts_us_ + kReorderedStepUs;
    unit.composition_us = time_us_ - unit.dts_us;
  }
  last_dts_us_ = unit.dts_us;
  unit.config = std::move(picture.config);
  unit.payload = std::make_shared<const Bytes>(std::move(picture.payload));
  return unit;
}

}  // namespace geili::media::rtp
