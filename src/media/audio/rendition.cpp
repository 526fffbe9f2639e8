#include "media/audio/rendition.hpp"

#include <cstdlib>
#include <utility>

#include "media/ticks.hpp"

namespace geili::media::audio {
namespace {

// Half of the shortest usual frame; the stream places frames without holes to the microsecond.
constexpr std::int64_t kHoleUs = 10'000;

bool is_same(const CodecConfig& a, const CodecConfig& b) {
  return a.codec == b.codec && a.record == b.record && a.samples_per_frame == b.samples_per_frame;
}

UnitPtr shifted(const Unit& unit, std::int64_t by_us) {
  auto made = std::make_shared<Unit>(unit);
  made->dts_us += by_us;
  made->pts_us += by_us;
  return made;
}

}  // namespace

void Rendition::push(const Unit& in, std::vector<UnitPtr>& out) {
  const bool is_new = from_ != in.config;
  const bool is_hole = transcoder_ && std::abs(in.dts_us - transcoder_->expected_us()) > kHoleUs;
  if (is_new || is_hole) finish(out);
  if (run_ended_) begin(in);
  if (!transcoder_) return;
  std::vector<UnitPtr> made;
  transcoder_->push(in, made);
  hand_on(std::move(made), out);
}

void Rendition::begin(const Unit& in) {
  from_ = in.config;
  run_ended_ = false;
  shift_us_.reset();
  auto made = Transcoder::create(in.config, to_, in.dts_us);
  if (!made) return;
  transcoder_ = std::move(*made);
  if (config_ && is_same(*config_, *transcoder_->config())) {
    transcoder_->use_config(config_);
  } else {
    config_ = transcoder_->config();
  }
}

void Rendition::finish(std::vector<UnitPtr>& out) {
  run_ended_ = true;
  if (!transcoder_) return;
  std::vector<UnitPtr> made;
  transcoder_->finish(made);
  hand_on(std::move(made), out);
  transcoder_.reset();
}

// A run's priming reaches into the time of the run before. What is left of it begins where that one
// ended, which is half a frame away at most: where there is no hole in the source, there is none.
void Rendition::hand_on(std::vector<UnitPtr> made, std::vector<UnitPtr>& out) {
  for (UnitPtr& unit : made) {
    const std::int64_t length_us = us_of(unit->config->samples_per_frame, kOutputRateHz);
    if (!shift_us_) {
      const std::int64_t distance_us = end_us_ - unit->dts_us;
      if (distance_us > length_us / 2) continue;
      shift_us_ = distance_us >= -length_us / 2 ? distance_us : 0;
    }
    if (*shift_us_ != 0) unit = shifted(*unit, *shift_us_);
    end_us_ = unit->dts_us + length_us;
    out.push_back(std::move(unit));
  }
}

}  // namespace geili::media::audio
