#include "media/track_settler.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace geili::media {
namespace {

// How long a second track is waited for.
constexpr std::int64_t kSettleUs = 1'000'000;
// The same for a picture that was there before and comes back with its next key frame.
constexpr std::int64_t kSettleForVideoUs = 10'000'000;
constexpr std::size_t kWaitingMax = 2'000;

}  // namespace

std::optional<Beginning> TrackSettler::take_next(const UnitPtr& unit) {
  const UnitPtr& first = waiting_.empty() ? unit : waiting_.front();
  return take(unit, first->track == Track::video ? first->dts_us : INT64_MIN);
}

std::optional<Beginning> TrackSettler::take(const UnitPtr& unit, std::int64_t sound_from_us) {
  const bool is_key = unit->track == Track::video && unit->keyframe;
  bool has_video = false;
  bool has_sound = false;
  const auto note = [&](const Unit& held) {
    if (held.track == Track::video)
      has_video = true;
    else
      has_sound = has_sound || held.dts_us >= sound_from_us;
  };
  for (const UnitPtr& held : waiting_) note(*held);
  // Pictures before the first key frame cannot be shown.
  if (unit->track == Track::video && !has_video && !is_key) return std::nullopt;
  waiting_.push_back(unit);
  note(*unit);
  const std::int64_t span_us = unit->dts_us - waiting_.front()->dts_us;
  const std::int64_t patience_us = had_video_ && !has_video ? kSettleForVideoUs : kSettleUs;
  const bool is_clear =
      (has_video && has_sound) || span_us >= patience_us || waiting_.size() >= kWaitingMax;
  if (!is_clear) return std::nullopt;
  return begin();
}

Beginning TrackSettler::begin() {
  Beginning beginning;
  std::vector<UnitPtr> units = std::exchange(waiting_, {});
  for (const UnitPtr& unit : units) beginning.configs[index_of(unit->track)] = unit->config;
  const auto key =
      std::ranges::find_if(units, [](const UnitPtr& held) { return held->track == Track::video; });
  had_video_ = key != units.end();
  beginning.start_us = (had_video_ ? *key : units.front())->dts_us;
  for (UnitPtr& unit : units) {
    const bool is_before = unit->dts_us < beginning.start_us;
    (is_before ? beginning.sound_before : beginning.units).push_back(std::move(unit));
  }
  return beginning;
}

}  // namespace geili::media
