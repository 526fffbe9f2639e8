#pragma once
// The sound of one stream in the other codec: one transcoder after another, a new one wherever the
// source has a hole or changes its configuration.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "media/audio/transcoder.hpp"
#include "media/unit.hpp"

namespace geili::media::audio {

// Single-threaded.
class Rendition {
 public:
  // `to` is aac or opus.
  explicit Rendition(Codec to) : to_(to) {}

  Codec codec() const { return to_; }
  // `in` is of the other codec. Units given out go on rising over all runs, without a hole or an
  // overlap where the source has none, within half a frame of their time. Nothing comes of sound
  // that cannot be transcoded.
  void push(const Unit& in, std::vector<UnitPtr>& out);
  // Gives out all that is left; the next unit begins a new run.
  void finish(std::vector<UnitPtr>& out);

 private:
  void begin(const Unit& in);
  void hand_on(std::vector<UnitPtr> made, std::vector<UnitPtr>& out);

  Codec to_;
  CodecConfigPtr from_;
  CodecConfigPtr config_;
  std::unique_ptr<Transcoder> transcoder_;  // null as well when the source cannot be transcoded
  bool run_ended_ = true;
  std::int64_t end_us_ = INT64_MIN / 2;   // of what was given out
  std::optional<std::int64_t> shift_us_;  // of the run's times; none before its first unit
};

}  // namespace geili::media::audio
