#pragma once
// Decides where parts and segments of one presentation begin and end (RFC 8216bis sections 4.4.4.9
// and 6.2.2): every part lasts at most kPartUsMax and at least 85 % of it, but for a segment's
// last; segments are cut at key frames, and without one when they would grow too long.

#include <cstdint>
#include <optional>
#include <vector>

#include "media/egress/llhls/part_samples.hpp"
#include "media/unit.hpp"

namespace geili::media::llhls {

inline constexpr std::int64_t kPartUsMax = 334'000;
inline constexpr std::int64_t kPartUsMin = kPartUsMax * 85 / 100;
inline constexpr std::int64_t kSegmentUsGoal = 2'000'000;
inline constexpr std::int64_t kTargetSMax = 6;

// Single-threaded. Units of each track come in decoding order; the two tracks may be interleaved in
// any way.
class PartCutter {
 public:
  // `audio_rate_hz` is 0 without audio. The presentation begins at `start_us`.
  PartCutter(bool has_video, unsigned audio_rate_hz, std::int64_t start_us);

  void push(const UnitPtr& unit, std::vector<CutPart>& cut);
  // Gives out all that is left; the last picture lasts until `end_us`, where the next unit will
  // begin.
  void flush(std::int64_t end_us, std::vector<CutPart>& cut);
  // The longest a segment may become; applies to the segment that is being cut.
  void set_segment_us_max(std::int64_t us) { segment_us_max_ = us; }

 private:
  void advance(std::int64_t at_us, bool ends_segment, std::int64_t step_us,
               std::vector<CutPart>& cut);
  void emit(std::int64_t end_us, bool ends_segment, std::vector<CutPart>& cut);
  bool key_ends_segment(std::int64_t at_us);
  bool is_full(std::int64_t at_us) const;

  const bool has_video_;
  std::int64_t segment_us_max_ = kTargetSMax * 1'000'000;
  std::int64_t part_start_us_;
  std::int64_t segment_start_us_;
  std::int64_t last_key_us_;
  PartSamples samples_;
  std::optional<std::int64_t> flush_end_us_;  // while what is left is given out
};

}  // namespace geili::media::llhls
