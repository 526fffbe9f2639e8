#pragma once
// Puts a publisher's timestamps on the stream's timeline: strictly increasing for each track,
// without a hole between publications, and without the jumps that encoders make when they are
// paused or restarted.

#include <array>
#include <cstdint>
#include <optional>

#include "media/unit.hpp"

namespace geili::media {

// Beyond these a timestamp is a jump and not a gap.
inline constexpr std::int64_t kForwardJumpUs = 5'000'000;
inline constexpr std::int64_t kBackwardJumpUs = 500'000;

// Single-threaded. Times are microseconds.
class Timeline {
 public:
  struct Placed {
    std::int64_t dts_us;
    bool jumped;  // the publisher's clock jumped here and was re-stamped
  };

  // The next unit placed stands at `at_us`, which is not before any unit placed so far.
  void begin_publication(std::int64_t at_us);
  Placed place(Track track, std::int64_t source_dts_us);
  // The lower picture keeps its distance to the source's and never moves the timeline; none where
  // it cannot: before the publication's first unit, and behind a jump until the source has jumped.
  std::optional<std::int64_t> place_low(std::int64_t source_dts_us);
  // Where the track's next unit is expected; none before its first.
  std::optional<std::int64_t> end_us(Track track) const;

 private:
  struct Lane {
    std::optional<std::int64_t> last_us;
    std::int64_t step_us = 20'000;  // the last distance between two units
  };
  bool fits(std::int64_t distance_us) const {
    return distance_us <= kForwardJumpUs && distance_us >= -kBackwardJumpUs;
  }

  std::array<Lane, kTrackCount> lanes_;
  std::optional<std::int64_t> last_low_us_;
  std::int64_t anchor_us_ = 0;
  std::optional<std::int64_t> offset_us_;  // stream time minus source time
  // The offset before the last jump: the other track may still be on the old clock for some units,
  // and keeps its distance to this one only if both use the same two offsets.
  std::optional<std::int64_t> previous_offset_us_;
};

}  // namespace geili::media
