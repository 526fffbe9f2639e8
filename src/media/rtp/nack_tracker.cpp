#include "media/rtp/nack_tracker.hpp"

#include <algorithm>

namespace geili::media::rtp {

void NackTracker::restart(std::int64_t sequence) {
  given_up_ += missing_.size();
  missing_.clear();
  highest_ = sequence;
  started_ = true;
}

void NackTracker::received(std::int64_t sequence, Instant now) {
  if (!started_) restart(sequence);
  if (sequence <= highest_) {
    recovered_ += missing_.erase(sequence);
    return;
  }
  // Of a hole larger than the limit only the newest end is worth asking for.
  const std::int64_t hole = sequence - highest_ - 1;
  const auto kept = std::min(hole, static_cast<std::int64_t>(limits_.missing_max));
  given_up_ += static_cast<std::uint64_t>(hole - kept);
  for (std::int64_t at = sequence - kept; at < sequence; ++at) missing_[at] = {now, now, false};
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
    ask.next = now + (ask.again ? std::max(retry / 2, retry_min) : retry);
    ask.again = true;
    asked.push_back(static_cast<std::uint16_t>(sequence));
  }
  return asked;
}

}  // namespace geili::media::rtp
