#include "media/egress/llhls/low_packager.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "media/fmp4/fragment.hpp"
#include "media/fmp4/init_segment.hpp"

namespace geili::media::llhls {
namespace {

constexpr std::size_t kCutsMax = 256;
constexpr std::size_t kHeldMax = 4'096;
// A picture that is so late comes without its part.
constexpr std::int64_t kLateUs = 1'500'000;
// Key frames of two encoders, asked for at once, are so near to each other.
constexpr std::int64_t kKeySlackUs = 20'000;
constexpr std::int64_t kShortestUs = 1'000;

// Not the key frame that begins a very short part.
std::int64_t key_slack_us(const Cut& cut) {
  return std::min(kKeySlackUs, (cut.end_us - cut.start_us) / 2);
}

}  // namespace

LowPackager::LowPackager(const Packager& source)
    : source_(source), cuts_(source.recent_cuts().begin(), source.recent_cuts().end()) {}

void LowPackager::follow(const Cut& cut) {
  if (cuts_.size() >= kCutsMax) cuts_.pop_front();
  cuts_.push_back(cut);
}

void LowPackager::take(const StreamItem& item) {
  if (paused_us_) {
    if (held_.size() < kHeldMax) held_.push_back(item);
    return;
  }
  if (const Pause* pause = std::get_if<Pause>(&item)) {
    paused_us_ = pause->end_us;
    return;
  }
  samples_.push(std::get<UnitPtr>(item));
}

void LowPackager::advance() {
  do {
    if (!window_) begin();
    while (window_ && !cuts_.empty() && is_ready(cuts_.front())) {
      add(cuts_.front());
      cuts_.pop_front();
    }
    if (!has_paused()) break;
    resume();
  } while (!held_.empty() || paused_us_);
  if (!window_ || !cuts_.empty()) return;
  const Segment* same = source_.window().find(window_->next_segment());
  if (same != nullptr && same->complete) window_->end_segment();
  if (source_.window().is_ended()) window_->end();
}

// Behind a pause that both have come to.
void LowPackager::resume() {
  paused_us_.reset();
  samples_.clear();
  while (!held_.empty() && !paused_us_) {
    const StreamItem item = std::move(held_.front());
    held_.pop_front();
    take(item);
  }
}

void LowPackager::begin() {
  const UnitPtr first = samples_.next_picture();
  if (!first || source_.window().target_s() == 0) return;
  while (!cuts_.empty() && cuts_.front().end_us <= first->dts_us) cuts_.pop_front();
  if (cuts_.empty()) return;
  const Cut& cut = cuts_.front();
  const Segment* segment = source_.window().find(cut.number.segment);
  if (segment == nullptr) return cuts_.pop_front();
  window_.emplace(segment->number, source_.window().discontinuities_at(segment->number));
  window_->set_target_s(source_.window().target_s());
  open_segment(cut);
  for (std::size_t i = 0; i < cut.number.part; ++i) {
    window_->add_part({segment->parts[i].duration_us, false, true, nullptr}, segment->captured);
  }
}

bool LowPackager::is_ready(const Cut& cut) const {
  if (has_paused() || cuts_.back().end_us - cut.end_us >= kLateUs) return true;
  const auto newest_us = samples_.newest_us(Track::video);
  if (!newest_us) return false;
  if (!cut.ends_segment) return *newest_us >= cut.end_us;
  return *newest_us >= cut.end_us + kKeySlackUs ||
         samples_.key_near(cut.end_us, key_slack_us(cut)).has_value();
}

void LowPackager::open_segment(const Cut& cut) {
  if (const UnitPtr next = samples_.next_picture()) config_ = next->config;
  const CodecConfigPtr& audio = source_.config(Track::audio);
  samples_.set_audio_rate_hz(audio ? audio->sample_rate_hz : 0);
  std::string init = fmp4::write_init_segment(config_.get(), audio.get());
  if (!cut.discontinuity && init == init_) return;
  init_ = init;
  window_->set_init(std::move(init), cut.discontinuity);
}

void LowPackager::add(const Cut& cut) {
  if (cut.number.part == 0) {
    window_->end_segment();
    open_segment(cut);
  }
  CutPart part;
  part.start_us = cut.start_us;
  part.duration_us = cut.end_us - cut.start_us;
  std::int64_t end_us = cut.end_us;
  if (cut.ends_segment) {
    end_us = samples_.key_near(cut.end_us, key_slack_us(cut)).value_or(cut.end_us);
  }
  if (has_paused()) {
    const std::int64_t newest_us = samples_.newest_us(Track::video).value_or(0);
    samples_.take_last(end_us, std::max(cuts_.back().end_us, newest_us + kShortestUs), part);
  } else {
    // The sound of the source's part, so that who changes between the two misses none.
    samples_.take(end_us, cut.sound_end_us, part);
  }
  leave_out_strangers(part);
  Part made{part.duration_us, part.independent, part.is_gap(), nullptr};
  if (!made.gap) {
    made.body = std::make_shared<const std::string>(
        fmp4::write_fragment(++fragments_, part.video, part.audio));
  }
  window_->add_part(std::move(made), part.captured);
  if (cut.ends_segment) window_->end_segment();
}

// Another configuration comes into effect with a segment, which names it.
void LowPackager::leave_out_strangers(CutPart& part) const {
  const auto remove = [](fmp4::Run& run, const CodecConfigPtr& config) {
    std::erase_if(run.samples,
                  [&config](const fmp4::Sample& sample) { return sample.unit->config != config; });
  };
  remove(part.video, config_);
  remove(part.audio, source_.config(Track::audio));
  part.independent = std::ranges::any_of(
      part.video.samples, [](const fmp4::Sample& sample) { return sample.unit->keyframe; });
}

}  // namespace geili::media::llhls
