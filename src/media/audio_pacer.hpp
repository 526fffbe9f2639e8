#pragma once
// Audio frames last exactly as long as their samples. The pacer counts samples, so that players see
// no seam from the rounded or jittering timestamps of an encoder, and tells when frames are missing
// or too many.

#include <cstdint>
#include <optional>

namespace geili::media {

// Single-threaded.
class AudioPacer {
 public:
  struct Plan {
    unsigned missing_frames = 0;  // to be filled with silence before this frame
    bool drop = false;            // this frame is too many
  };

  AudioPacer(unsigned sample_rate_hz, unsigned samples_per_frame)
      : rate_(sample_rate_hz), frame_(samples_per_frame) {}

  // A new publication: the next frame may stand off by more than the drift of a clock, and is
  // trusted.
  void restart() { fresh_ = true; }
  // What to do with a frame stamped `stamp_us`.
  Plan plan(std::int64_t stamp_us);
  // Takes the place of the next frame, silent or not, and returns its time.
  std::int64_t next_us();
  // Leaves a hole instead of filling it.
  void skip_to(std::int64_t stamp_us) { position_ = to_ticks(stamp_us); }
  // Where the next frame goes; none before the first plan().
  std::optional<std::int64_t> end_us() const;

 private:
  std::int64_t to_ticks(std::int64_t us) const;

  std::int64_t rate_;
  std::int64_t frame_;
  std::optional<std::int64_t> position_;  // samples since the epoch, at rate_
  double drift_ = 0;  // smoothed distance of the stamps from position_, in samples
  bool fresh_ = true;
};

}  // namespace geili::media
