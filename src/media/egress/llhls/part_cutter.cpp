#include "media/egress/llhls/part_cutter.hpp"

#include <algorithm>
#include <chrono>

#include "media/fmp4/init_segment.hpp"
#include "media/ticks.hpp"

namespace geili::media::llhls {
namespace {

// A key frame this near to the goal ends the segment.
constexpr std::int64_t kGoalSlackUs = 250'000;
// Sound goes on alone when the picture stands still for so long.
constexpr std::int64_t kVideoStallUs = 1'000'000;
constexpr std::int64_t kShortestUs = 1'000;

std::int64_t video_ticks(std::int64_t us) {
  return ticks_of(us, fmp4::kVideoTimescale);
}

}  // namespace

PartCutter::PartCutter(bool has_video, unsigned audio_rate_hz, std::int64_t start_us)
    : has_video_(has_video),
      audio_rate_hz_(audio_rate_hz),
      part_start_us_(start_us),
      segment_start_us_(start_us),
      last_key_us_(start_us) {}

void PartCutter::push(const UnitPtr& unit, std::vector<CutPart>& cut) {
  const std::int64_t at_us = unit->dts_us;
  if (unit->track == Track::video) {
    const std::int64_t step_us = video_.empty() ? 0 : at_us - video_.back()->dts_us;
    video_.push_back(unit);
    advance(at_us, unit->keyframe && key_ends_segment(at_us), step_us, cut);
    return;
  }
  const std::int64_t step_us = audio_.empty() ? 0 : at_us - audio_.back()->dts_us;
  audio_.push_back(unit);
  if (!has_video_) {
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
  flushing_ = true;
  // Sound that went on alone may have passed a picture's time already.
  const bool is_empty = video_.empty() && audio_.empty();
  flush_end_us_ = is_empty ? end_us : std::max(end_us, part_start_us_ + kShortestUs);
  if (!video_.empty()) flush_end_us_ = std::max(flush_end_us_, video_.back()->dts_us + kShortestUs);
  // Without samples the rest is only the end of a frame that the part before holds.
  while (!video_.empty() || !audio_.empty()) {
    const bool is_last = flush_end_us_ - part_start_us_ <= kPartUsMax;
    const std::int64_t part_end_us = is_last ? flush_end_us_ : part_start_us_ + kPartUsMax;
    emit(part_end_us, is_last || is_full(part_end_us), cut);
    if (is_last) break;
  }
  video_.clear();
  audio_.clear();
  part_start_us_ = segment_start_us_ = last_key_us_ = flush_end_us_;
  flushing_ = false;
}

void PartCutter::emit(std::int64_t end_us, bool ends_segment, std::vector<CutPart>& cut) {
  CutPart part;
  part.duration_us = end_us - part_start_us_;
  part.ends_segment = ends_segment;
  take_video(end_us, part);
  take_audio(end_us, part);
  if (!part.video.samples.empty()) {
    part.captured = part.video.samples.front().unit->captured;
  } else if (!part.audio.samples.empty()) {
    part.captured = part.audio.samples.front().unit->captured;
  } else {
    part.captured = gap_captured_;
  }
  gap_captured_ = part.captured + std::chrono::microseconds(part.duration_us);
  part_start_us_ = end_us;
  if (ends_segment) segment_start_us_ = end_us;
  cut.push_back(std::move(part));
}

void PartCutter::take_video(std::int64_t end_us, CutPart& part) {
  const std::size_t stays = flushing_ ? 0 : 1;
  while (video_.size() > stays && video_.front()->dts_us < end_us) {
    const UnitPtr unit = video_.front();
    video_.pop_front();
    const std::int64_t dts = video_ticks(unit->dts_us);
    const std::int64_t next = video_ticks(video_.empty() ? flush_end_us_ : video_.front()->dts_us);
    if (part.video.samples.empty()) part.video.dts = dts;
    part.independent = part.independent || unit->keyframe;
    part.video.samples.push_back({unit, static_cast<std::uint32_t>(next - dts),
                                  static_cast<std::int32_t>(video_ticks(unit->pts_us) - dts)});
  }
}

void PartCutter::take_audio(std::int64_t end_us, CutPart& part) {
  while (!audio_.empty() && (flushing_ || audio_.front()->dts_us < end_us)) {
    const UnitPtr unit = audio_.front();
    audio_.pop_front();
    const std::int64_t dts = ticks_of(unit->dts_us, audio_rate_hz_);
    std::int64_t duration = unit->config->samples_per_frame;
    // A hole that could not be filled with silence.
    if (!audio_.empty()) duration = ticks_of(audio_.front()->dts_us, audio_rate_hz_) - dts;
    if (part.audio.samples.empty()) part.audio.dts = dts;
    if (!has_video_) part.independent = true;
    part.audio.samples.push_back({unit, static_cast<std::uint32_t>(duration), 0});
  }
}

}  // namespace geili::media::llhls
