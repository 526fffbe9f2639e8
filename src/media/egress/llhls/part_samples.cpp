#include "media/egress/llhls/part_samples.hpp"

#include <chrono>
#include <cstdlib>

#include "media/fmp4/init_segment.hpp"
#include "media/ticks.hpp"

namespace geili::media::llhls {
namespace {

std::int64_t video_ticks(std::int64_t us) {
  return ticks_of(us, fmp4::kVideoTimescale);
}

}  // namespace

void PartSamples::push(const UnitPtr& unit) {
  (unit->track == Track::video ? video_ : audio_).push_back(unit);
}

std::optional<std::int64_t> PartSamples::newest_us(Track track) const {
  const std::deque<UnitPtr>& units = track == Track::video ? video_ : audio_;
  if (units.empty()) return std::nullopt;
  return units.back()->dts_us;
}

std::optional<std::int64_t> PartSamples::key_near(std::int64_t at_us, std::int64_t slack_us) const {
  std::optional<std::int64_t> nearest;
  for (const UnitPtr& unit : video_) {
    const std::int64_t distance_us = std::abs(unit->dts_us - at_us);
    if (!unit->keyframe || distance_us > slack_us) continue;
    if (!nearest || distance_us < std::abs(*nearest - at_us)) nearest = unit->dts_us;
  }
  return nearest;
}

void PartSamples::clear() {
  video_.clear();
  audio_.clear();
}

void PartSamples::take(std::int64_t end_us, std::int64_t sound_end_us, CutPart& part) {
  take_video(end_us, std::nullopt, part);
  take_audio(sound_end_us, false, part);
  note_captured(part);
}

void PartSamples::take_last(std::int64_t end_us, std::int64_t last_end_us, CutPart& part) {
  take_video(end_us, last_end_us, part);
  take_audio(end_us, true, part);
  note_captured(part);
}

void PartSamples::note_captured(CutPart& part) {
  if (!part.video.samples.empty()) {
    part.captured = part.video.samples.front().unit->captured;
  } else if (!part.audio.samples.empty()) {
    part.captured = part.audio.samples.front().unit->captured;
  } else {
    part.captured = gap_captured_;
  }
  gap_captured_ = part.captured + std::chrono::microseconds(part.duration_us);
}

void PartSamples::take_video(std::int64_t end_us, std::optional<std::int64_t> last_end_us,
                             CutPart& part) {
  const std::size_t stays = last_end_us ? 0 : 1;
  while (video_.size() > stays && video_.front()->dts_us < end_us) {
    const UnitPtr unit = video_.front();
    video_.pop_front();
    const std::int64_t dts = video_ticks(unit->dts_us);
    const std::int64_t next = video_ticks(video_.empty() ? *last_end_us : video_.front()->dts_us);
    if (part.video.samples.empty()) part.video.dts = dts;
    part.independent = part.independent || unit->keyframe;
    part.video.samples.push_back({unit, static_cast<std::uint32_t>(next - dts),
                                  static_cast<std::int32_t>(video_ticks(unit->pts_us) - dts)});
  }
}

void PartSamples::take_audio(std::int64_t end_us, bool is_last, CutPart& part) {
  while (!audio_.empty() && (is_last || audio_.front()->dts_us < end_us)) {
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
