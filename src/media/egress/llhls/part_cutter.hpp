#pragma once
// Decides where parts and segments of one presentation begin and end (RFC 8216bis sections 4.4.4.9
// and 6.2.2): every part lasts at most kPartUsMax and at least 85 % of it, but for a segment's
// last; segments are cut at key frames, and without one when they would grow too long.

#include <cstdint>
#include <deque>
#include <vector>

#include "base/clock.hpp"
#include "media/fmp4/fragment.hpp"
#include "media/unit.hpp"

namespace geili::media::llhls {

inline constexpr std::int64_t kPartUsMax = 334'000;
inline constexpr std::int64_t kPartUsMin = kPartUsMax * 85 / 100;
inline constexpr std::int64_t kSegmentUsGoal = 2'000'000;
inline constexpr std::int64_t kTargetSMax = 6;

struct CutPart {
  fmp4::Run video;
  fmp4::Run audio;
  std::int64_t duration_us = 0;
  Instant captured;          // UTC of the first sample
  bool independent = false;  // holds a frame that decoding can begin at
  bool ends_segment = false;
  // Nothing was captured in its time.
  bool is_gap() const { return video.samples.empty() && audio.samples.empty(); }
};

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
  void take_video(std::int64_t end_us, CutPart& part);
  void take_audio(std::int64_t end_us, CutPart& part);
  bool key_ends_segment(std::int64_t at_us);
  bool is_full(std::int64_t at_us) const;

  const bool has_video_;
  const unsigned audio_rate_hz_;
  std::int64_t segment_us_max_ = kTargetSMax * 1'000'000;
  std::int64_t part_start_us_;
  std::int64_t segment_start_us_;
  std::int64_t last_key_us_;
  std::deque<UnitPtr> video_;  // the last one stays until the next tells how long it lasted
  std::deque<UnitPtr> audio_;
  Instant gap_captured_;  // UTC of the next part, should it be a gap
  bool flushing_ = false;
  std::int64_t flush_end_us_ = 0;
};

}  // namespace geili::media::llhls
