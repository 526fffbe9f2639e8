#pragma once
// What a receiver reports about one source (RFC 3550 section 6.4.1, appendices A.3 and A.8).

#include <cstdint>
#include <optional>

#include "base/clock.hpp"

namespace geili::media::rtp {

// Single-threaded; for packets on their first way only, not for retransmissions.
class ReceptionStatistics {
 public:
  // `rate_hz`: of the RTP timestamps.
  explicit ReceptionStatistics(std::uint32_t rate_hz) : rate_hz_(rate_hz) {}

  // `sequence` unwrapped. `restarted`: the source has begun anew, and what was lost is forgotten.
  void received(std::int64_t sequence, bool restarted, std::uint32_t timestamp, Instant arrival);

  struct Interval {
    std::uint8_t fraction_lost = 0;  // since the last interval, in 1/256
    std::int32_t lost = 0;           // since the beginning; negative with duplicates; 24 bits
    std::uint32_t highest_sequence = 0;
    std::uint32_t jitter = 0;  // in timestamp units
  };
  // Ends an interval. None before the first packet.
  std::optional<Interval> next_interval();

  std::uint64_t packets() const { return packets_; }
  std::int64_t lost() const;
  std::int64_t jitter_us() const;

 private:
  std::int64_t expected() const { return highest_ - first_ + 1; }
  void measure_jitter(std::uint32_t timestamp, Instant arrival);

  std::uint32_t rate_hz_;
  std::uint64_t packets_ = 0;  // of all
  std::int64_t received_ = 0;  // since first_
  std::int64_t first_ = 0;
  std::int64_t highest_ = 0;
  std::int64_t expected_before_ = 0;
  std::int64_t received_before_ = 0;
  std::optional<std::uint32_t> last_transit_;
  std::uint32_t last_timestamp_ = 0;
  std::uint32_t jitter_x16_ = 0;
};

}  // namespace geili::media::rtp
