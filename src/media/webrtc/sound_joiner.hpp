#pragma once
// Sound on its way to viewers: what comes between two pictures goes as one packet, with the second
// of them. A packet costs the sender more than the bytes in it do. Single-threaded.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "media/unit.hpp"

namespace geili::media::webrtc {

class SoundJoiner {
 public:
  static constexpr std::int64_t kJoinedUsMax = 60'000;  // of sound in one packet
  static constexpr std::int64_t kHeldUsMax = 40'000;    // without a picture to go along with

  // Whether the unit can be sent in one packet with those that wait; if not, take() comes first.
  bool joins(const Unit& unit) const;
  void add(const Unit& unit, Instant now);
  // What waits as one unit; none when nothing does.
  std::optional<Unit> take();
  bool is_due(Instant now) const {
    return !waiting_.empty() && (now - since_).count() >= kHeldUsMax;
  }

 private:
  std::vector<Unit> waiting_;
  std::int64_t end_us_ = 0;  // of what waits
  Instant since_;
};

}  // namespace geili::media::webrtc
