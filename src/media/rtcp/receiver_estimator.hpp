#pragma once
// How much a publisher's network seems to carry, for REMB: raised while all goes well, lowered when
// packets queue up on the way or are lost (additive increase, multiplicative decrease).

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "base/clock.hpp"

namespace geili::media::rtcp {

struct EstimatorLimits {
  std::uint64_t bitrate_bps_min = 150'000;
  std::uint64_t bitrate_bps_start = 1'000'000;
  std::uint64_t bitrate_bps_max = 4'000'000;
};

// Single-threaded; one for each session. `sent_us` is the sender's clock of any origin: the
// abs-send-time extension, or the timestamps of the picture.
class ReceiverEstimator {
 public:
  explicit ReceiverEstimator(EstimatorLimits limits = {})
      : limits_(limits), estimate_bps_(static_cast<double>(limits.bitrate_bps_start)) {}

  // Of packets on their first way; `bytes` with all headers.
  void received(std::int64_t sent_us, std::size_t bytes, Instant arrival);
  // The share of packets lost since the last call, 0 to 1; about twice a second. Not for a sender
  // that gets arrival times: it judges losses for itself, and knows more of them.
  void report_loss(double fraction, Instant now);
  // What to tell the sender now: after each second, and at once when the estimate has fallen.
  std::optional<std::uint64_t> due(Instant now);

  std::uint64_t estimate_bps() const { return static_cast<std::uint64_t>(estimate_bps_); }
  std::uint64_t received_bps() const { return static_cast<std::uint64_t>(received_bps_); }
  // What packets wait on the way, beyond the least they waited in the last seconds.
  std::int64_t queueing_us() const { return static_cast<std::int64_t>(queueing_us_); }

 private:
  struct Low {
    Instant at;
    double delay_us;
  };
  void measure_delay(std::int64_t sent_us, Instant arrival);
  void measure_rate(std::size_t bytes, Instant arrival);
  void raise(Instant now);
  void lower(double factor, Instant now);

  EstimatorLimits limits_;
  double estimate_bps_;
  double received_bps_ = 0;
  std::uint64_t window_bytes_ = 0;
  std::optional<Instant> window_start_;
  std::deque<Low> lows_;            // ascending: the least delay of the last seconds is in front
  std::optional<double> delay_us_;  // smoothed, of unknown origin
  std::int64_t delay_origin_us_ = 0;
  double queueing_us_ = 0;
  double queueing_before_us_ = 0;
  double loss_ = 0;
  std::optional<Instant> raised_;
  std::optional<Instant> lowered_;
  std::optional<Instant> told_;
  double told_bps_ = 0;
};

}  // namespace geili::media::rtcp
