#pragma once
// The units that wait for the end of a part, and the samples that they become: how long each lasts
// is told by the next one.

#include <cstdint>
#include <deque>
#include <optional>

#include "base/clock.hpp"
#include "media/fmp4/fragment.hpp"
#include "media/unit.hpp"

namespace geili::media::llhls {

struct CutPart {
  fmp4::Run video;
  fmp4::Run audio;
  std::int64_t start_us = 0;
  std::int64_t duration_us = 0;
  Instant captured;          // UTC of the first sample
  bool independent = false;  // holds a frame that decoding can begin at
  bool ends_segment = false;
  // Nothing was captured in its time.
  bool is_gap() const { return video.samples.empty() && audio.samples.empty(); }
  std::int64_t end_us() const { return start_us + duration_us; }
};

// Single-threaded. Units of each track come in decoding order.
class PartSamples {
 public:
  // `audio_rate_hz` is 0 without audio.
  PartSamples(bool has_video, unsigned audio_rate_hz)
      : has_video_(has_video), audio_rate_hz_(audio_rate_hz) {}

  void set_audio_rate_hz(unsigned rate_hz) { audio_rate_hz_ = rate_hz; }

  void push(const UnitPtr& unit);
  bool is_empty() const { return video_.empty() && audio_.empty(); }
  // The next picture; null when none waits.
  UnitPtr next_picture() const { return video_.empty() ? nullptr : video_.front(); }
  // Of the newest unit of that track that still waits.
  std::optional<std::int64_t> newest_us(Track track) const;
  // Of the key frame nearest to `at_us`, where there is one within `slack_us`.
  std::optional<std::int64_t> key_near(std::int64_t at_us, std::int64_t slack_us) const;

  // Fills `part` with the samples before `end_us`; the last picture stays until the next tells how
  // long it lasted. Sound may have an end of its own.
  void take(std::int64_t end_us, CutPart& part) { take(end_us, end_us, part); }
  void take(std::int64_t end_us, std::int64_t sound_end_us, CutPart& part);
  // With nothing to come: the last picture lasts until `last_end_us`, and all sound goes along.
  void take_last(std::int64_t end_us, std::int64_t last_end_us, CutPart& part);
  void clear();

 private:
  void note_captured(CutPart& part);
  void take_video(std::int64_t end_us, std::optional<std::int64_t> last_end_us, CutPart& part);
  void take_audio(std::int64_t end_us, bool is_last, CutPart& part);

  const bool has_video_;
  unsigned audio_rate_hz_;
  std::deque<UnitPtr> video_;
  std::deque<UnitPtr> audio_;
  Instant gap_captured_;  // UTC of the next part, should it be a gap
};

}  // namespace geili::media::llhls
