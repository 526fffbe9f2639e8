#include "media/audio_pacer.hpp"

#include <cassert>

#include "media/ticks.hpp"

namespace geili::media {
namespace {

// A distance beyond this is a gap at once. Below it only a distance that lasts is believed, because
// phones stamp audio with the time of a callback.
constexpr std::int64_t kGapUs = 150'000;
constexpr double kSmoothing = 1.0 / 24;
// A clock that runs wrong is corrected by a whole frame when it is so far off: early enough that
// sound and picture stay within 20 ms of each other, late enough not to go back and forth.
constexpr double kCorrectedFrames = 0.75;

}  // namespace

std::int64_t AudioPacer::to_ticks(std::int64_t us) const {
  return ticks_of(us, rate_);
}

std::optional<std::int64_t> AudioPacer::end_us() const {
  if (!position_) return std::nullopt;
  return us_of(*position_, rate_);
}

AudioPacer::Plan AudioPacer::plan(std::int64_t stamp_us) {
  const std::int64_t stamp = to_ticks(stamp_us);
  if (!position_) position_ = stamp;
  const std::int64_t distance = stamp - *position_;
  const std::int64_t gap = fresh_ ? frame_ : to_ticks(kGapUs);
  fresh_ = false;
  if (distance >= gap) {
    drift_ = 0;
    return {static_cast<unsigned>((distance + frame_ / 2) / frame_), false};
  }
  if (distance <= -gap) {
    // Overlapping frames go one by one until the stamps have caught up.
    fresh_ = true;
    return {0, true};
  }
  drift_ += (static_cast<double>(distance) - drift_) * kSmoothing;
  const auto frame = static_cast<double>(frame_);
  if (drift_ >= kCorrectedFrames * frame) {
    drift_ -= frame;
    return {1, false};
  }
  if (drift_ <= -kCorrectedFrames * frame) {
    drift_ += frame;
    return {0, true};
  }
  return {};
}

std::int64_t AudioPacer::next_us() {
  assert(position_);
  const std::int64_t at = *position_;
  *position_ += frame_;
  return us_of(at, rate_);
}

}  // namespace geili::media
