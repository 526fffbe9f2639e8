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

std::optional<Beginning> TrackSettler::take(const UnitPtr& unit) {
  const bool is_key = unit->track == Track::video && unit->keyframe;
  std::array<bool, kTrackCount> has{};
  for (const UnitPtr& held : waiting_) has[index_of(held->track)] = true;
  // Pictures before the first key frame cannot be shown.
  if (unit->track == Track::video && !has[index_of(Track::video)] && !is_key) return std::nullopt;
  waiting_.push_back(unit);
  has[index_of(unit->track)] = true;
  const std::int64_t span_us = unit->dts_us - waiting_.front()->dts_us;
  const bool video_comes = had_video_ && !has[index_of(Track::video)];
  const std::int64_t patience_us = video_comes ? kSettleForVideoUs : kSettleUs;
  const bool is_clear =
      (has[0] && has[1]) || span_us >= patience_us || waiting_.size() >= kWaitingMax;
  if (!is_clear) return std::nullopt;
  return begin();
}

Beginning TrackSettler::begin() {
  Beginning beginning;
  beginning.units = std::exchange(waiting_, {});
  for (const UnitPtr& unit : beginning.units) {
    beginning.configs[index_of(unit->track)] = unit->config;
  }
  const auto key = std::ranges::find_if(
      beginning.units, [](const UnitPtr& held) { return held->track == Track::video; });
  had_video_ = key != beginning.units.end();
  beginning.start_us = (had_video_ ? *key : beginning.units.front())->dts_us;
  std::erase_if(beginning.units, [start_us = beginning.start_us](const UnitPtr& unit) {
    return unit->dts_us < start_us;
  });
  return beginning;
}

}  // namespace geili::media
