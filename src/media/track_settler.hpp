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
  // Sound from before `start_us`: the end of what was presented before, where something was.
  std::vector<UnitPtr> sound_before;
};

// Single-threaded.
class TrackSettler {
 public:
  // Once it is clear; the settler is then as new, but for knowing whether there was video.
  std::optional<Beginning> take(const UnitPtr& unit) { return take(unit, INT64_MIN); }
  // The same for a presentation that follows another one with sound: what is still to come of that
  // one's sound is waited for, too. Where a frame of it is missing, a browser may pass over all
  // pictures up to the next key frame (Media Source Extensions, coded frame processing, step 1.6).
  std::optional<Beginning> take_next(const UnitPtr& unit);
  bool is_waiting() const { return !waiting_.empty(); }
  void clear() { waiting_.clear(); }

 private:
  std::optional<Beginning> take(const UnitPtr& unit, std::int64_t sound_from_us);
  Beginning begin();

  std::vector<UnitPtr> waiting_;  // bounded in time and number
  bool had_video_ = false;
};

}  // namespace geili::media
