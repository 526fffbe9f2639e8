#pragma once
// Which packets of a source are missing and when to ask for them again (RFC 4585 section 6.2.1).

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/clock.hpp"

namespace geili::media::rtp {

struct NackLimits {
  std::size_t missing_max = 512;  // beyond it the oldest are given up
  std::int64_t give_up_us = 500'000;
  std::int64_t retry_us_min = 20'000;
  std::int64_t retry_us_max = 500'000;
};

// Single-threaded. Sequence numbers are unwrapped.
class NackTracker {
 public:
  explicit NackTracker(NackLimits limits = {}) : limits_(limits) {}

  // Any packet that came. One that was missing is missing no longer. `is_answer`: it came as a
  // retransmission, and not late by itself.
  void received(std::int64_t sequence, Instant now, bool is_answer = false);
  // The source has begun anew at `sequence`.
  void restart(std::int64_t sequence);
  // What to ask for now, oldest first: each at once, again after a round trip, and then twice
  // as often, until it is too old: few need a third try, and they are urgent. Call it after each
  // batch of packets, so that reordering within one asks nothing, and every 20 ms or so.
  std::vector<std::uint16_t> due(Instant now, std::int64_t round_trip_us);

  // How long a packet is asked for at most, from now on.
  void set_give_up(std::int64_t give_up_us) { limits_.give_up_us = give_up_us; }

  // From asking to the answer, smoothed; none before one came that was asked for once.
  std::optional<std::int64_t> round_trip_us() const { return round_trip_us_; }
  std::size_t missing() const { return missing_.size(); }
  std::uint64_t recovered() const { return recovered_; }
  std::uint64_t given_up() const { return given_up_; }

 private:
  struct Ask {
    Instant since;
    Instant next;
    Instant asked;       // the last time
    unsigned times = 0;  // it was asked for
  };
  void measure(const Ask& answered, Instant now);

  NackLimits limits_;
  std::map<std::int64_t, Ask> missing_;
  std::int64_t highest_ = 0;
  bool started_ = false;
  std::optional<std::int64_t> round_trip_us_;
  std::uint64_t recovered_ = 0;
  std::uint64_t given_up_ = 0;
};

}  // namespace geili::media::rtp
