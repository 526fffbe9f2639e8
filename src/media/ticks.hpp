#pragma once
// Between microseconds and the clock of a media timescale, rounded to the nearest; us_of then
// ticks_of gives the same ticks back for every timescale below 500 kHz.

#include <cstdint>

namespace geili::media {

inline constexpr std::int64_t kUsPerS = 1'000'000;

// Split so that no product leaves 64 bits for times of centuries. `us` >= 0, `ticks` >= 0.
inline std::int64_t ticks_of(std::int64_t us, std::int64_t rate_hz) {
  return us / kUsPerS * rate_hz + (us % kUsPerS * rate_hz + kUsPerS / 2) / kUsPerS;
}
inline std::int64_t us_of(std::int64_t ticks, std::int64_t rate_hz) {
  return ticks / rate_hz * kUsPerS + (ticks % rate_hz * kUsPerS + rate_hz / 2) / rate_hz;
}

}  // namespace geili::media
