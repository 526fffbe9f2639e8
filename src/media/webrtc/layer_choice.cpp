#include "media/webrtc/layer_choice.hpp"

#include <algorithm>

namespace geili::media::webrtc {
namespace {

constexpr double kLossMax = 0.10;  // more is not repaired in time
constexpr double kLossCalm = 0.02;
constexpr double kCarriedMin = 0.85;  // of the source's bit rate

bool is_strained(const LayerConditions& seen) {
  const double needed_bps = kCarriedMin * static_cast<double>(seen.source_bps);
  return seen.fraction_lost > kLossMax ||
         (seen.estimate_bps && static_cast<double>(*seen.estimate_bps) < needed_bps);
}

// Keeps `since` at the beginning of the time that `holds` has held without a pause.
bool held_for(bool holds, std::optional<Instant>& since, Instant now, std::int64_t us) {
  if (!holds) {
    since.reset();
    return false;
  }
  if (!since) since = now;
  return (now - *since).count() >= us;
}

}  // namespace

void LayerChoice::move_to(Layer layer, Instant now) {
  chosen_ = layer;
  since_ = now;
  strained_since_.reset();
  calm_since_.reset();
}

Layer LayerChoice::decide(const LayerConditions& seen, Instant now) {
  if (!seen.has_low) {
    if (chosen_ == Layer::low) move_to(Layer::source, now);
    return chosen_;
  }
  if (chosen_ == Layer::source) {
    if (held_for(is_strained(seen), strained_since_, now, kStrainUs)) {
      const bool was_trial = since_ && (now - *since_).count() < kTrialUs + kStrainUs;
      calm_us_ = was_trial ? std::min(2 * calm_us_, kCalmUsMax) : kCalmUsMin;
      move_to(Layer::low, now);
    }
    return chosen_;
  }
  // What the viewer estimates while it gets little says little about more: only loss holds it back.
  if (held_for(seen.fraction_lost <= kLossCalm, calm_since_, now, calm_us_)) {
    move_to(Layer::source, now);
  }
  return chosen_;
}

}  // namespace geili::media::webrtc
