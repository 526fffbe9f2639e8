#pragma once
// Which layer of simulcast a viewer's network carries, by what the viewer reports. A step down is
// quick, a step up is tried and takes longer to be tried again each time it failed.
// Single-threaded; one for each viewer.

#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "media/unit.hpp"

namespace geili::media::webrtc {

struct LayerConditions {
  bool has_low = false;  // it comes, and the viewer's decoder takes it
  std::uint64_t source_bps = 0;
  // Of the viewer.
  std::optional<std::uint64_t> estimate_bps;  // what it believes its network carries
  double fraction_lost = 0;
};

class LayerChoice {
 public:
  static constexpr std::int64_t kStrainUs = 2'000'000;   // so long before a step down
  static constexpr std::int64_t kTrialUs = 6'000'000;    // a step up that holds so long was right
  static constexpr std::int64_t kCalmUsMin = 8'000'000;  // so long before a step up
  static constexpr std::int64_t kCalmUsMax = 64'000'000;

  // To be asked some times a second.
  Layer decide(const LayerConditions& seen, Instant now);
  Layer chosen() const { return chosen_; }

 private:
  void move_to(Layer layer, Instant now);

  Layer chosen_ = Layer::source;
  std::optional<Instant> since_;           // the last step
  std::optional<Instant> strained_since_;  // without a pause
  std::optional<Instant> calm_since_;
  std::int64_t calm_us_ = kCalmUsMin;
};

}  // namespace geili::media::webrtc
