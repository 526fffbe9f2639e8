#pragma once
// When to ask a publisher for a key frame: many viewers and our own losses ask at once, and it is
// asked at most once a second, again and again until the key frame comes.

#include <cstdint>
#include <optional>

#include "base/clock.hpp"

namespace geili::media::rtcp {

inline constexpr std::int64_t kKeyFrameAskUs = 1'000'000;

// Single-threaded; one for each publisher's picture (or layer of it).
class KeyFrameRequests {
 public:
  void want() { wanted_ = true; }
  void arrived() { wanted_ = false; }
  // True when a PLI is to be sent now; it is then taken as sent.
  bool due(Instant now) {
    if (!wanted_ || (asked_ && (now - *asked_).count() < kKeyFrameAskUs)) return false;
    asked_ = now;
    ++sent_;
    return true;
  }
  std::uint64_t sent() const { return sent_; }

 private:
  bool wanted_ = false;
  std::optional<Instant> asked_;
  std::uint64_t sent_ = 0;
};

}  // namespace geili::media::rtcp
