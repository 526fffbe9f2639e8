#include "media/rtcp/arrival_log.hpp"

#include <algorithm>

namespace geili::media::rtcp {
namespace {

constexpr std::int64_t kIntervalUsMin = 50'000;
constexpr std::int64_t kIntervalUsMax = 100'000;
constexpr std::size_t kSoonAt = 20;  // packets that make the shorter interval worth its bytes
constexpr std::int64_t kHistoryUs = 500'000;
constexpr std::size_t kHistoryMax = 4'096;
constexpr std::int64_t kJumpMax = 2'000;         // a larger step is a new beginning
constexpr std::size_t kStatusesPerPacket = 400;  // keeps a packet below 1,200 bytes
constexpr std::int64_t kTicksMax = 0x7FFF;

std::int64_t ticks_at(Instant arrival) {
  return arrival.us / kArrivalTickUs;
}

}  // namespace

void ArrivalLog::received(std::uint16_t number, Instant arrival) {
  if (!started_) last_sent_ = arrival;
  std::int64_t at = numbers_.peek(number);
  const bool jumps = started_ && (at > highest_ + kJumpMax || at < highest_ - kJumpMax);
  if (!started_ || jumps) {
    arrivals_.clear();
    untold_ = 0;
    at = numbers_.unwrap(number);
    next_ = highest_ = at;
    started_ = true;
  }
  // Older than what is remembered: its neighbours would be told as lost.
  const bool is_known_time = at >= next_ || (!arrivals_.empty() && at > arrivals_.begin()->first);
  if (!is_known_time) return;
  if (at >= highest_) highest_ = numbers_.unwrap(number);
  if (!arrivals_.emplace(at, arrival).second) return;
  ++untold_;
  next_ = std::min(next_, at);
}

void ArrivalLog::forget(Instant now) {
  while (!arrivals_.empty()) {
    const auto oldest = arrivals_.begin();
    const bool told = oldest->first < next_;
    const bool is_old = (now - oldest->second).count() > kHistoryUs;
    if (arrivals_.size() <= kHistoryMax && !(told && is_old)) return;
    next_ = std::max(next_, oldest->first + 1);
    arrivals_.erase(oldest);
  }
}

std::vector<TransportFeedback> ArrivalLog::due(Instant now) {
  if (untold_ == 0) return {};
  const std::int64_t waited_us = (now - last_sent_).count();
  if (waited_us < (untold_ >= kSoonAt ? kIntervalUsMin : kIntervalUsMax)) return {};
  last_sent_ = now;
  untold_ = 0;
  std::vector<TransportFeedback> feedback;
  while (next_ <= highest_) feedback.push_back(take(highest_ + 1));
  forget(now);
  return feedback;
}

// Tells the packets from next_ on, as many as fit.
TransportFeedback ArrivalLog::take(std::int64_t end) {
  TransportFeedback feedback;
  feedback.base_sequence = static_cast<std::uint16_t>(next_);
  feedback.count = count_++;
  auto arrival = arrivals_.lower_bound(next_);
  std::int64_t at_ticks = 0;
  bool has_reference = false;
  for (; next_ < end && feedback.deltas.size() < kStatusesPerPacket; ++next_) {
    if (arrival == arrivals_.end() || arrival->first != next_) {
      feedback.deltas.emplace_back();
      continue;
    }
    if (!has_reference) {
      const std::int64_t reference = arrival->second.us / kReferenceTickUs;
      // Sent with 24 bits, signed.
      feedback.reference_time = static_cast<std::int32_t>(reference << 40 >> 40);
      at_ticks = reference * (kReferenceTickUs / kArrivalTickUs);
      has_reference = true;
    }
    const std::int64_t delta = ticks_at(arrival->second) - at_ticks;
    if (delta > kTicksMax || delta < -kTicksMax) break;  // the next packet has its own reference
    feedback.deltas.emplace_back(static_cast<std::int16_t>(delta));
    at_ticks += delta;
    ++arrival;
  }
  return feedback;
}

}  // namespace geili::media::rtcp
