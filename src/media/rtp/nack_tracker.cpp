#include "media/rtp/nack_tracker.hpp"

#include <algorithm>

namespace geili::media::rtp {
namespace {

constexpr std::int64_t kRoundTripSmoothing = 8;

}  // namespace

void NackTracker::restart(std::int64_t sequence) {
  given_up_ += missing_.size();
  missing_.clear();
  highest_ = sequence;
  started_ = true;
}

// Of one that was asked for again nobody knows which asking was answered.
void NackTracker::measure(const Ask& answered, Instant now) {
  if (answered.times != 1) return;
  const std::int64_t took_us = (now - answered.asked).count();
  const std::int64_t before_us = round_trip_us_.value_or(took_us);
  round_trip_us_ = before_us + (took_us - before_us) / kRoundTripSmoothing;
}

void NackTracker::received(std::int64_t sequence, Instant now, bool is_answer) {
  if (!started_) restart(sequence);
  if (sequence <= highest_) {
    const auto found = missing_.find(sequence);
    if (found == missing_.end()) return;
    if (is_answer) measure(found->second, now);
    missing_.erase(found);
    ++recovered_;
    return;
  }
  // Of a hole larger than the limit only the newest end is worth asking for.
  const std::int64_t hole = sequence - highest_ - 1;
  const auto kept = std::min(hole, static_cast<std::int64_t>(limits_.missing_max));
  given_up_ += static_cast<std::uint64_t>(hole - kept);
  for (std::int64_t at = sequence - kept; at < sequence; ++at) missing_[at] = {now, now, {}, 0};
  while (missing_.size() > limits_.missing_max) {
    missing_.erase(missing_.begin());
    ++given_up_;
  }
  highest_ = sequence;
}

std::vector<std::uint16_t> NackTracker::due(Instant now, std::int64_t round_trip_us) {
  given_up_ += std::erase_if(missing_, [&](const auto& entry) {
    return (now - entry.second.since).count() >= limits_.give_up_us;
  });
  // A little more than a round trip, so that an answer under way is not asked for again.
  const std::chrono::microseconds retry(
      std::clamp(round_trip_us + round_trip_us / 8, limits_.retry_us_min, limits_.retry_us_max));
  const std::chrono::microseconds retry_min(limits_.retry_us_min);
  std::vector<std::uint16_t> asked;
  for (auto& [sequence, ask] : missing_) {
    if (now < ask.next) continue;
    ask.next = now + (ask.times > 0 ? std::max(retry / 2, retry_min) : retry);
    ask.asked = now;
    ++ask.times;
    asked.push_back(static_cast<std::uint16_t>(sequence));
  }
  return asked;
}

}  // namespace geili::media::rtp
