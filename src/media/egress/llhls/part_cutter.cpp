#include "media/egress/llhls/part_cutter.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::llhls {
namespace {

// A key frame this near to the goal ends the segment.
constexpr std::int64_t kGoalSlackUs = 250'000;
// Sound goes on alone when the picture stands still for so long.
constexpr std::int64_t kVideoStallUs = 1'000'000;
constexpr std::int64_t kShortestUs = 1'000;

}  // namespace

PartCutter::PartCutter(bool has_video, unsigned audio_rate_hz, std::int64_t start_us)
    : has_video_(has_video),
      part_start_us_(start_us),
      segment_start_us_(start_us),
      last_key_us_(start_us),
      samples_(has_video, audio_rate_hz) {}

void PartCutter::push(const UnitPtr& unit, std::vector<CutPart>& cut) {
  const std::int64_t at_us = unit->dts_us;
  const std::int64_t step_us = at_us - samples_.newest_us(unit->track).value_or(at_us);
  samples_.push(unit);
  if (unit->track == Track::video) {
    advance(at_us, unit->keyframe && key_ends_segment(at_us), step_us, cut);
  } else if (!has_video_) {
    advance(at_us, at_us - segment_start_us_ >= kSegmentUsGoal, step_us, cut);
  } else if (at_us - kVideoStallUs > part_start_us_ + kPartUsMax) {
    const std::int64_t end_us = part_start_us_ + kPartUsMax;
    emit(end_us, is_full(end_us), cut);
  }
}

bool PartCutter::key_ends_segment(std::int64_t at_us) {
  const std::int64_t length_us = at_us - segment_start_us_;
  const std::int64_t interval_us = at_us - last_key_us_;
  last_key_us_ = at_us;
  return length_us >= kSegmentUsGoal - kGoalSlackUs || length_us + interval_us > segment_us_max_;
}

bool PartCutter::is_full(std::int64_t at_us) const {
  return at_us + kPartUsMax - segment_start_us_ > segment_us_max_;
}

void PartCutter::advance(std::int64_t at_us, bool ends_segment, std::int64_t step_us,
                         std::vector<CutPart>& cut) {
  while (at_us - part_start_us_ > kPartUsMax) {
    // No frame begins where the part has to end: the last one reaches into the next part's time.
    const std::int64_t end_us = part_start_us_ + kPartUsMax;
    emit(end_us, is_full(end_us), cut);
  }
  const std::int64_t length_us = at_us - part_start_us_;
  if (length_us <= 0) return;
  if (ends_segment) {
    emit(at_us, true, cut);
  } else if (length_us >= kPartUsMin && length_us + step_us > kPartUsMax) {
    emit(at_us, is_full(at_us), cut);
  }
}

void PartCutter::flush(std::int64_t end_us, std::vector<CutPart>& cut) {
  // Sound that went on alone may have passed a picture's time already.
  std::int64_t last_us =
      samples_.is_empty() ? end_us : std::max(end_us, part_start_us_ + kShortestUs);
  if (const auto picture_us = samples_.newest_us(Track::video)) {
    last_us = std::max(last_us, *picture_us + kShortestUs);
  }
  flush_end_us_ = last_us;
  // Without samples the rest is only the end of a frame that the part before holds.
  while (!samples_.is_empty()) {
    const bool is_last = last_us - part_start_us_ <= kPartUsMax;
    const std::int64_t part_end_us = is_last ? last_us : part_start_us_ + kPartUsMax;
    emit(part_end_us, is_last || is_full(part_end_us), cut);
    if (is_last) break;
  }
  samples_.clear();
  part_start_us_ = segment_start_us_ = last_key_us_ = last_us;
  flush_end_us_.reset();
}

void PartCutter::emit(std::int64_t end_us, bool ends_segment, std::vector<CutPart>& cut) {
  CutPart part;
  part.start_us = part_start_us_;
  part.duration_us = end_us - part_start_us_;
  part.ends_segment = ends_segment;
  if (flush_end_us_)
    samples_.take_last(end_us, *flush_end_us_, part);
  else
    samples_.take(end_us, part);
  part_start_us_ = end_us;
  if (ends_segment) segment_start_us_ = end_us;
  cut.push_back(std::move(part));
}

}  // namespace geili::media::llhls
