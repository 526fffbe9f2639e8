#pragma once
// Waits until it is clear which tracks a presentation has: pictures and sound of one camera begin
// at different times, and a player must be told of both before the first frame.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/unit.hpp"

namespace geili::media {

// What a presentation begins with. `units` begins with a key frame where there is video.
struct Beginning {
  std::array<CodecConfigPtr, kTrackCount> configs;  // null without such a track
  std::int64_t start_us = 0;
  std::vector<UnitPtr> units;
};

// Single-threaded.
class TrackSettler {
 public:
  // Once it is clear; the settler is then as new, but for knowing whether there was video.
  std::optional<Beginning> take(const UnitPtr& unit);
  void clear() { waiting_.clear(); }

 private:
  Beginning begin();

  std::vector<UnitPtr> waiting_;  // bounded in time and number
  bool had_video_ = false;
};

}  // namespace geili::media
