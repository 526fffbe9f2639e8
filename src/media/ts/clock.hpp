#pragma once
// The 33-bit clock of 90 kHz, which begins again after 26.5 hours (ISO/IEC 13818-1
// section 2.4.3.7).

#include <cstdint>
#include <optional>

namespace geili::media::ts {

inline constexpr std::int64_t kClockHz = 90'000;
inline constexpr unsigned kClockBits = 33;
inline constexpr std::int64_t kClockWrap = std::int64_t{1} << kClockBits;

// How far `to` is ahead of `from`, the short way round: -2^32 to 2^32 - 1.
inline std::int64_t clock_distance(std::uint64_t from, std::uint64_t to) {
  const auto distance = static_cast<std::int64_t>((to - from) & (kClockWrap - 1));
  return distance < kClockWrap / 2 ? distance : distance - kClockWrap;
}

// One clock for all times of a program, so that sound and picture wrap together. Single-threaded.
class Clock33 {
 public:
  // `ticks` below kClockWrap. Not negative; begins anew after some centuries of jumps to and fro.
  std::int64_t unwrap(std::uint64_t ticks) {
    if (last_) unwrapped_ += clock_distance(*last_, ticks);
    if (!last_ || unwrapped_ < 0 || unwrapped_ >= kFarthest) {
      unwrapped_ = kClockWrap + static_cast<std::int64_t>(ticks);
    }
    last_ = ticks;
    return unwrapped_;
  }

 private:
  static constexpr std::int64_t kFarthest = std::int64_t{1} << 50;
  std::optional<std::uint64_t> last_;
  std::int64_t unwrapped_ = 0;
};

}  // namespace geili::media::ts
