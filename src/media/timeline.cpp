#include "media/timeline.hpp"

#include <algorithm>

namespace geili::media {
namespace {

constexpr std::int64_t kStepMinUs = 1'000;
constexpr std::int64_t kStepMaxUs = 400'000;  // below kBackwardJumpUs

}  // namespace

void Timeline::begin_publication(std::int64_t at_us) {
  anchor_us_ = at_us;
  offset_us_.reset();
  previous_offset_us_.reset();
}

std::optional<std::int64_t> Timeline::end_us(Track track) const {
  const Lane& lane = lanes_[index_of(track)];
  if (!lane.last_us) return std::nullopt;
  return *lane.last_us + lane.step_us;
}

Timeline::Placed Timeline::place(Track track, std::int64_t source_dts_us) {
  Lane& lane = lanes_[index_of(track)];
  bool jumped = false;
  if (!offset_us_) offset_us_ = anchor_us_ - source_dts_us;

  // A track that begins late, or begins again, is measured against the other one.
  std::int64_t expected_us = anchor_us_;
  for (const Lane& other : lanes_) {
    if (other.last_us) expected_us = std::max(expected_us, *other.last_us + other.step_us);
  }
  if (lane.last_us && *lane.last_us >= anchor_us_) expected_us = *lane.last_us + lane.step_us;

  std::int64_t dts_us = source_dts_us + *offset_us_;
  if (!fits(dts_us - expected_us)) {
    if (previous_offset_us_ && fits(source_dts_us + *previous_offset_us_ - expected_us)) {
      dts_us = source_dts_us + *previous_offset_us_;
    } else {
      jumped = true;
      previous_offset_us_ = offset_us_;
      offset_us_ = expected_us - source_dts_us;
      dts_us = expected_us;
    }
  }
  if (lane.last_us) {
    if (dts_us <= *lane.last_us) dts_us = *lane.last_us + kStepMinUs;
    // A gap says nothing about the distance that is to be expected.
    const std::int64_t step_us = dts_us - *lane.last_us;
    if (step_us >= kStepMinUs && step_us <= kStepMaxUs) lane.step_us = step_us;
  }
  lane.last_us = dts_us;
  return {dts_us, jumped};
}

std::optional<std::int64_t> Timeline::place_low(std::int64_t source_dts_us) {
  const Lane& source = lanes_[index_of(Track::video)];
  if (!offset_us_ || !source.last_us) return std::nullopt;
  for (const auto& offset_us : {offset_us_, previous_offset_us_}) {
    if (!offset_us) continue;
    const std::int64_t dts_us = source_dts_us + *offset_us;
    if (dts_us < anchor_us_ || !fits(dts_us - *source.last_us)) continue;
    if (last_low_us_ && dts_us <= *last_low_us_) return std::nullopt;
    last_low_us_ = dts_us;
    return dts_us;
  }
  return std::nullopt;
}

}  // namespace geili::media
