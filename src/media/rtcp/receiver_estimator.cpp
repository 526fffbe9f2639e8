#include "media/rtcp/receiver_estimator.hpp"

#include <algorithm>
#include <cmath>

namespace geili::media::rtcp {
namespace {

constexpr double kDelaySmoothing = 1.0 / 16;
constexpr std::int64_t kLowWindowUs = 10'000'000;
constexpr std::int64_t kLowSpacingUs = 100'000;  // bounds how many are kept
constexpr std::int64_t kRateWindowUs = 500'000;
constexpr double kQueueingUsMax = 60'000;   // above it the sender is too fast
constexpr double kQueueingUsCalm = 25'000;  // below it it may be faster
constexpr double kDelayJumpUs = 5e6;        // a changed clock, not a queue
constexpr double kDecrease = 0.85;          // of what arrives
constexpr double kIncreasePerS = 0.08;
constexpr double kLossHigh = 0.10;
constexpr double kLossLow = 0.02;
// Half a second holds few packets, and two of twenty lost are no full network.
constexpr double kLossSmoothing = 1.0 / 8;
// A sender that has less to send proves nothing beyond this multiple of it.
constexpr double kHeadroom = 2.0;
constexpr std::int64_t kLowerIntervalUs = 300'000;
constexpr std::int64_t kTellIntervalUs = 1'000'000;
constexpr double kTellAtOnce = 0.97;  // of what was told last

}  // namespace

void ReceiverEstimator::received(std::int64_t sent_us, std::size_t bytes, Instant arrival) {
  measure_rate(bytes, arrival);
  measure_delay(sent_us, arrival);
  const bool grows = queueing_us_ >= queueing_before_us_;
  if (queueing_us_ > kQueueingUsMax && grows) {
    lower(kDecrease, arrival);
  } else if (queueing_us_ < kQueueingUsCalm && loss_ < kLossLow) {
    raise(arrival);
  } else {
    raised_ = arrival;  // holds; the time does not count
  }
}

void ReceiverEstimator::measure_rate(std::size_t bytes, Instant arrival) {
  if (!window_start_) window_start_ = arrival;
  window_bytes_ += bytes;
  const std::int64_t span_us = (arrival - *window_start_).count();
  if (span_us < kRateWindowUs) return;
  received_bps_ = static_cast<double>(window_bytes_) * 8e6 / static_cast<double>(span_us);
  queueing_before_us_ = queueing_us_;
  window_bytes_ = 0;
  window_start_ = arrival;
}

void ReceiverEstimator::measure_delay(std::int64_t sent_us, Instant arrival) {
  if (!delay_us_) delay_origin_us_ = arrival.us - sent_us;
  auto delay_us = static_cast<double>(arrival.us - sent_us - delay_origin_us_);
  if (!delay_us_ || std::abs(delay_us - *delay_us_) > kDelayJumpUs) {
    delay_origin_us_ = arrival.us - sent_us;
    delay_us = 0;
    delay_us_ = 0;
    lows_.clear();
  }
  *delay_us_ += (delay_us - *delay_us_) * kDelaySmoothing;
  while (!lows_.empty() && lows_.back().delay_us >= *delay_us_) lows_.pop_back();
  const bool spaced = lows_.empty() || (arrival - lows_.back().at).count() >= kLowSpacingUs;
  if (spaced) lows_.push_back({arrival, *delay_us_});
  while (lows_.size() > 1 && (arrival - lows_.front().at).count() > kLowWindowUs) {
    lows_.pop_front();
  }
  queueing_us_ = *delay_us_ - lows_.front().delay_us;
}

void ReceiverEstimator::raise(Instant now) {
  const double elapsed_s =
      raised_ ? std::min(1.0, static_cast<double>((now - *raised_).count()) / 1e6) : 0;
  raised_ = now;
  const double ceiling =
      std::max(kHeadroom * received_bps_, static_cast<double>(limits_.bitrate_bps_start));
  if (estimate_bps_ >= ceiling) return;
  const double raised = estimate_bps_ * (1 + kIncreasePerS * elapsed_s);
  estimate_bps_ = std::min({raised, ceiling, static_cast<double>(limits_.bitrate_bps_max)});
}

void ReceiverEstimator::lower(double factor, Instant now) {
  raised_ = now;
  if (lowered_ && (now - *lowered_).count() < kLowerIntervalUs) return;
  lowered_ = now;
  const double from = received_bps_ > 0 ? std::min(estimate_bps_, received_bps_) : estimate_bps_;
  estimate_bps_ = std::max(from * factor, static_cast<double>(limits_.bitrate_bps_min));
}

void ReceiverEstimator::report_loss(double fraction, Instant now) {
  loss_ += (std::clamp(fraction, 0.0, 1.0) - loss_) * kLossSmoothing;
  if (loss_ > kLossHigh) lower(1 - loss_ / 2, now);
}

std::optional<std::uint64_t> ReceiverEstimator::due(Instant now) {
  const bool fell = told_ && estimate_bps_ < told_bps_ * kTellAtOnce;
  if (told_ && !fell && (now - *told_).count() < kTellIntervalUs) return std::nullopt;
  told_ = now;
  told_bps_ = estimate_bps_;
  return estimate_bps();
}

}  // namespace geili::media::rtcp
