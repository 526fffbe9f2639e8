#include "media/egress/llhls/packager.hpp"

#include <memory>
#include <utility>

#include "media/fmp4/fragment.hpp"
#include "media/fmp4/init_segment.hpp"

namespace geili::media::llhls {
namespace {

// EXTINF rounded to the nearest second must not exceed the target duration.
constexpr std::int64_t kRoundingUs = 490'000;

}  // namespace

void Packager::take(const StreamItem& item) {
  if (const Pause* paused = std::get_if<Pause>(&item)) {
    pause(*paused);
    return;
  }
  const UnitPtr& unit = std::get<UnitPtr>(item);
  if (is_refused(*unit)) return;
  if (cutter_ && !settler_.is_waiting()) {
    if (unit->config == config(unit->track)) return push(unit);
    // A new configuration takes effect at a picture that decoding can begin at. Until the sound has
    // come so far, too, that of the pictures before goes on.
    const bool sound_goes_on = unit->track == Track::video && config(Track::audio);
    if (!sound_goes_on) close(unit->dts_us);
  }
  settle(unit);
}

bool Packager::is_refused(const Unit& unit) {
  CodecConfigPtr& refused = refused_[index_of(unit.track)];
  if (refused == unit.config) return true;
  auto checked = fmp4::check_codec(*unit.config);
  if (checked) return false;
  refused = unit.config;
  refusal_ = std::move(checked.error());
  return true;
}

void Packager::settle(const UnitPtr& unit) {
  const auto beginning = cutter_ ? settler_.take_next(unit) : settler_.take(unit);
  if (beginning) begin(*beginning);
}

// What goes before a beginning, with the rest of its sound.
void Packager::finish(const Beginning& beginning) {
  for (const UnitPtr& unit : beginning.sound_before) {
    const bool belongs = unit->dts_us >= paused_us_ && unit->config == config(Track::audio);
    if (belongs) push(unit);
  }
  close(beginning.start_us);
}

void Packager::begin(const Beginning& beginning) {
  if (cutter_) finish(beginning);
  configs_ = beginning.configs;
  const CodecConfigPtr& video = config(Track::video);
  const CodecConfigPtr& audio = config(Track::audio);
  std::string init = fmp4::write_init_segment(video.get(), audio.get());
  if (init != init_) {
    init_ = init;
    window_.set_init(std::move(init));
  }
  cutter_.emplace(video != nullptr, audio ? audio->sample_rate_hz : 0, beginning.start_us);
  cutter_->set_segment_us_max(segment_us_max_);
  for (const UnitPtr& unit : beginning.units) push(unit);
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
    note(cut);
    if (cut.ends_segment) window_.end_segment();
    if (window_.is_ready() && cutter_) {
      segment_us_max_ = window_.target_s() * 1'000'000 + kRoundingUs;
      cutter_->set_segment_us_max(segment_us_max_);
    }
  }
}

void Packager::note(const CutPart& cut) {
  const Segment& segment = window_.segments().back();
  const PartNumber number{segment.number, segment.parts.size() - 1};
  while (!recent_cuts_.empty() && recent_cuts_.front().number.segment + 1 < number.segment) {
    recent_cuts_.pop_front();
  }
  if (!cut.audio.samples.empty()) sound_end_us_ = cut.audio.samples.back().unit->dts_us + 1;
  recent_cuts_.push_back({.number = number,
                          .start_us = cut.start_us,
                          .end_us = cut.end_us(),
                          .sound_end_us = sound_end_us_,
                          .ends_segment = cut.ends_segment,
                          .discontinuity = segment.discontinuity && number.part == 0});
  if (on_cut_) on_cut_(recent_cuts_.back());
}

void Packager::close(std::int64_t end_us) {
  std::vector<CutPart> parts;
  cutter_->flush(end_us, parts);
  store(std::move(parts));
  window_.end_segment();
  cutter_.reset();
}

void Packager::pause(const Pause& pause) {
  settler_.clear();
  if (cutter_) {
    std::vector<CutPart> parts;
    cutter_->flush(pause.end_us, parts);
    store(std::move(parts));
    window_.end_segment();
  }
  paused_us_ = pause.end_us;
  if (pause.state == StreamState::ended) window_.end();
}

}  // namespace geili::media::llhls
