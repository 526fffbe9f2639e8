#pragma once
// The abs-send-time header extension of WebRTC: when a packet left, in 6.18 fixed point seconds,
// which begin again every 64 s.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/clock.hpp"

namespace geili::media::rtp {

inline constexpr std::size_t kAbsSendTimeBytes = 3;

inline std::array<std::byte, kAbsSendTimeBytes> abs_send_time(Instant now) {
  constexpr std::uint64_t kPeriodUs = 64'000'000;
  const std::uint64_t us = static_cast<std::uint64_t>(now.us) % kPeriodUs;
  const auto value = static_cast<std::uint32_t>((us << 18) / 1'000'000);
  return {static_cast<std::byte>(value >> 16 & 0xFF), static_cast<std::byte>(value >> 8 & 0xFF),
          static_cast<std::byte>(value & 0xFF)};
}

// Makes one clock out of the values of a sender's packets; steps of less than 32 s either way.
class AbsSendClock {
 public:
  // In microseconds, of the sender's clock with an unknown origin.
  std::int64_t us_of(std::uint32_t value) {
    constexpr std::uint32_t kMask = 0xFF'FFFF;
    constexpr std::uint32_t kHalf = 0x80'0000;
    if (last_) {
      const std::uint32_t step = (value - *last_) & kMask;
      ticks_ += step < kHalf ? std::int64_t{step} : std::int64_t{step} - (kMask + 1);
    }
    last_ = value;
    return ticks_ * 1'000'000 >> 18;
  }

 private:
  std::optional<std::uint32_t> last_;
  std::int64_t ticks_ = 0;
};

}  // namespace geili::media::rtp
