#pragma once
// Which of a publisher's two layers is the picture for everybody. A browser whose network carries
// little stops sending the better one, without a word; the lower one then takes its place until the
// better one is there again.

#include <cstdint>
#include <optional>
#include <span>

#include "base/clock.hpp"
#include "media/unit.hpp"

namespace geili::media::webrtc {

// Single-threaded; one for each publisher.
class LayerFallback {
 public:
  static constexpr std::int64_t kSilenceUs = 700'000;

  // A packet of the layer's picture came, which may be of a picture that is not whole yet.
  void heard(Layer layer, Instant now);
  // The lower layer is to take over and waits for a key frame of its own.
  bool wants_low_key(Instant now) const { return !is_low_ && source_is_silent(now); }
  // As what a picture of `layer` goes on; none for one that nothing can begin with.
  std::span<const Layer> places(Layer layer, bool keyframe, Instant now);

 private:
  bool source_is_silent(Instant now) const;

  std::optional<Instant> source_heard_;  // before any: when the lower one was first
  std::optional<Instant> low_heard_;
  bool is_low_ = false;
};

}  // namespace geili::media::webrtc
