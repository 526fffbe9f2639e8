#include "media/egress/llhls/packager.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "media/fmp4/fragment.hpp"
#include "media/fmp4/init_segment.hpp"

namespace geili::media::llhls {
namespace {

// How long a second track is waited for.
constexpr std::int64_t kSettleUs = 1'000'000;
// The same for a picture that was there before and comes back with its next key frame.
constexpr std::int64_t kSettleForVideoUs = 10'000'000;
constexpr std::size_t kWaitingMax = 2'000;
// EXTINF rounded to the nearest second must not exceed the target duration.
constexpr std::int64_t kRoundingUs = 490'000;

}  // namespace

void Packager::take(const StreamItem& item) {
  if (const Pause* paused = std::get_if<Pause>(&item)) {
    pause(*paused);
    return;
  }
  const UnitPtr& unit = std::get<UnitPtr>(item);
  if (!cutter_) {
    settle(unit);
    return;
  }
  if (unit->config == config(unit->track)) {
    push(unit);
    return;
  }
  // A new configuration takes effect at a picture that decoding can begin at.
  close(unit->dts_us);
  settle(unit);
}

void Packager::settle(const UnitPtr& unit) {
  const bool is_key = unit->track == Track::video && unit->keyframe;
  std::array<bool, kTrackCount> has{};
  for (const UnitPtr& held : waiting_) has[index_of(held->track)] = true;
  // Pictures before the first key frame cannot be shown.
  if (unit->track == Track::video && !has[index_of(Track::video)] && !is_key) return;
  waiting_.push_back(unit);
  has[index_of(unit->track)] = true;
  const std::int64_t span_us = unit->dts_us - waiting_.front()->dts_us;
  const bool video_comes = had_video_ && !has[index_of(Track::video)];
  const std::int64_t patience_us = video_comes ? kSettleForVideoUs : kSettleUs;
  if ((has[0] && has[1]) || span_us >= patience_us || waiting_.size() >= kWaitingMax) {
    const auto key = std::ranges::find_if(
        waiting_, [](const UnitPtr& held) { return held->track == Track::video; });
    begin(key == waiting_.end() ? 0 : static_cast<std::size_t>(key - waiting_.begin()));
  }
}

// Begins the presentation at waiting_[first], a key frame where there is video.
void Packager::begin(std::size_t first) {
  const std::vector<UnitPtr> units = std::exchange(waiting_, {});
  configs_ = {};
  for (const UnitPtr& unit : units) configs_[index_of(unit->track)] = unit->config;
  const CodecConfigPtr& video = config(Track::video);
  const CodecConfigPtr& audio = config(Track::audio);
  had_video_ = video != nullptr;
  std::string init = fmp4::write_init_segment(video.get(), audio.get());
  if (init != init_) {
    init_ = init;
    window_.set_init(std::move(init));
  }
  const std::int64_t start_us = units[first]->dts_us;
  cutter_.emplace(video != nullptr, audio ? audio->sample_rate_hz : 0, start_us);
  cutter_->set_segment_us_max(segment_us_max_);
  for (const UnitPtr& unit : units) {
    if (unit->dts_us >= start_us) push(unit);
  }
}

void Packager::push(const UnitPtr& unit) {
  std::vector<CutPart> parts;
  cutter_->push(unit, parts);
  store(std::move(parts));
}

void Packager::store(std::vector<CutPart> parts) {
  for (CutPart& cut : parts) {
    Part part{cut.duration_us, cut.independent, cut.is_gap(), nullptr};
    if (!part.gap) {
      part.body = std::make_shared<const std::string>(
          fmp4::write_fragment(++fragments_, cut.video, cut.audio));
    }
    window_.add_part(std::move(part), cut.captured);
    if (cut.ends_segment) window_.end_segment();
    if (window_.is_ready() && cutter_) {
      segment_us_max_ = window_.target_s() * 1'000'000 + kRoundingUs;
      cutter_->set_segment_us_max(segment_us_max_);
    }
  }
}

void Packager::close(std::int64_t end_us) {
  std::vector<CutPart> parts;
  cutter_->flush(end_us, parts);
  store(std::move(parts));
  window_.end_segment();
  cutter_.reset();
}

void Packager::pause(const Pause& pause) {
  waiting_.clear();
  if (cutter_) {
    std::vector<CutPart> parts;
    cutter_->flush(pause.end_us, parts);
    store(std::move(parts));
    window_.end_segment();
  }
  if (pause.state == StreamState::ended) window_.end();
}

}  // namespace geili::media::llhls
