#include "media/rtp/reception.hpp"

#include <algorithm>

#include "media/ticks.hpp"

namespace geili::media::rtp {
namespace {

constexpr std::int64_t kLostMax = 0x7FFFFF;  // 24 bits, signed

}  // namespace

void ReceptionStatistics::received(std::int64_t sequence, bool restarted, std::uint32_t timestamp,
                                   Instant arrival) {
  if (restarted || packets_ == 0) {
    first_ = highest_ = sequence;
    received_ = expected_before_ = received_before_ = 0;
    last_transit_.reset();
  }
  ++packets_;
  ++received_;
  first_ = std::min(first_, sequence);
  highest_ = std::max(highest_, sequence);
  measure_jitter(timestamp, arrival);
}

void ReceptionStatistics::measure_jitter(std::uint32_t timestamp, Instant arrival) {
  // The packets of one picture share a timestamp and are paced: their spread is no jitter.
  if (last_transit_ && timestamp == last_timestamp_) return;
  last_timestamp_ = timestamp;
  const auto arrival_ticks = static_cast<std::uint32_t>(ticks_of(arrival.us, rate_hz_));
  const std::uint32_t transit = arrival_ticks - timestamp;
  if (last_transit_) {
    const auto step = static_cast<std::int32_t>(transit - *last_transit_);
    // A step of more than a minute is a changed clock.
    const std::int64_t distance = step < 0 ? -std::int64_t{step} : std::int64_t{step};
    if (distance < std::int64_t{60} * rate_hz_) {
      const std::int64_t smoothed =
          std::int64_t{jitter_x16_} + distance - ((std::int64_t{jitter_x16_} + 8) >> 4);
      jitter_x16_ = static_cast<std::uint32_t>(smoothed);
    }
  }
  last_transit_ = transit;
}

std::int64_t ReceptionStatistics::lost() const {
  return packets_ == 0 ? 0 : expected() - received_;
}

std::int64_t ReceptionStatistics::jitter_us() const {
  return us_of(jitter_x16_ >> 4, rate_hz_);
}

std::optional<ReceptionStatistics::Interval> ReceptionStatistics::next_interval() {
  if (packets_ == 0) return std::nullopt;
  Interval interval;
  const std::int64_t expected_now = expected() - expected_before_;
  const std::int64_t lost_now = expected_now - (received_ - received_before_);
  expected_before_ = expected();
  received_before_ = received_;
  if (expected_now > 0 && lost_now > 0) {
    interval.fraction_lost =
        static_cast<std::uint8_t>(std::min<std::int64_t>(255, (lost_now << 8) / expected_now));
  }
  interval.lost =
      static_cast<std::int32_t>(std::clamp<std::int64_t>(lost(), -kLostMax - 1, kLostMax));
  interval.highest_sequence = static_cast<std::uint32_t>(highest_);
  interval.jitter = jitter_x16_ >> 4;
  return interval;
}

}  // namespace geili::media::rtp
