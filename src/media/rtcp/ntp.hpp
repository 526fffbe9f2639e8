#pragma once
// NTP timestamps as RTCP carries them, and the round trip that reports tell.

#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "media/rtcp/packet.hpp"

namespace geili::media::rtcp {

// 32.32 fixed point seconds since 1900; begins again in 2036.
inline std::uint64_t to_ntp(Instant instant) {
  constexpr std::uint64_t kUnixEpoch = 2'208'988'800;  // 1970 since 1900
  const auto us = static_cast<std::uint64_t>(instant.us);
  const std::uint64_t fraction = (us % 1'000'000 << 32) / 1'000'000;
  return (us / 1'000'000 + kUnixEpoch) << 32 | fraction;
}

// The bits in the middle, which reports give back: 16.16 fixed point seconds.
inline std::uint32_t ntp_middle(std::uint64_t ntp) {
  return static_cast<std::uint32_t>(ntp >> 16);
}

// Microseconds from `earlier` to `later`, within 68 years of each other.
inline std::int64_t ntp_distance_us(std::uint64_t later, std::uint64_t earlier) {
  const auto distance = static_cast<std::int64_t>(later - earlier);
  constexpr std::int64_t kOne = std::int64_t{1} << 32;
  const std::int64_t seconds = distance >> 32;
  return seconds * 1'000'000 + ((distance - seconds * kOne) * 1'000'000 >> 32);
}

// RFC 3550 section 6.4.1. None before the reporter has got a sender report, and for values no
// network has (10 s and more).
inline std::optional<std::int64_t> round_trip_us(const ReportBlock& report, Instant now) {
  if (report.last_sr == 0) return std::nullopt;
  const std::uint32_t trip = ntp_middle(to_ntp(now)) - report.last_sr - report.delay_since_sr;
  // Clocks that round differently may make a short trip negative.
  if (static_cast<std::int32_t>(trip) < 0 && static_cast<std::int32_t>(trip) > -0x1000) return 0;
  if (trip >= 10U << 16) return std::nullopt;
  return static_cast<std::int64_t>(std::uint64_t{trip} * 1'000'000 >> 16);
}

// For delay_since_sr.
inline std::uint32_t to_ntp_interval(std::chrono::microseconds interval) {
  return static_cast<std::uint32_t>((interval.count() << 16) / 1'000'000);
}

}  // namespace geili::media::rtcp
