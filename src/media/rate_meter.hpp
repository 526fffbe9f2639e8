#pragma once
// How much of something comes in a second, over the last seconds.

#include <cstdint>

#include "base/clock.hpp"

namespace geili::media {

class RateMeter {
 public:
  void add(Instant now, std::uint64_t amount) {
    if (start_.us == 0) start_ = now;
    total_ += amount;
    window_ += amount;
    const std::int64_t span_us = (now - start_).count();
    if (span_us < kWindowUs) return;
    per_s_ = static_cast<double>(window_) * 1e6 / static_cast<double>(span_us);
    start_ = now;
    window_ = 0;
  }
  // 0 when nothing came for some windows.
  double per_s(Instant now) const { return (now - start_).count() > 3 * kWindowUs ? 0 : per_s_; }
  // Begins to measure anew; the total stays.
  void forget() {
    start_ = {};
    window_ = 0;
    per_s_ = 0;
  }
  std::uint64_t total() const { return total_; }

 private:
  static constexpr std::int64_t kWindowUs = 2'000'000;
  Instant start_;
  std::uint64_t window_ = 0;
  std::uint64_t total_ = 0;
  double per_s_ = 0;
};

}  // namespace geili::media
