#include "base/rate_limiter.hpp"

#include <algorithm>

namespace geili {

RateLimiter::Bucket& RateLimiter::touch(std::string_view key, Instant now) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    recent_first_.splice(recent_first_.begin(), recent_first_, found->second);
    return recent_first_.front();
  }
  if (by_key_.size() >= settings_.keys_max) {
    by_key_.erase(recent_first_.back().key);
    recent_first_.pop_back();
  }
  recent_first_.push_front({std::string(key), now});
  by_key_.emplace(recent_first_.front().key, recent_first_.begin());
  return recent_first_.front();
}

std::chrono::microseconds RateLimiter::take(std::string_view key) {
  const Instant now = clock_.now();
  const std::scoped_lock lock(mutex_);
  Bucket& bucket = touch(key, now);
  const Instant full_at = std::max(bucket.full_at, now) + settings_.refill;
  const auto wait = (full_at - now) - settings_.refill * settings_.burst;
  if (wait > std::chrono::microseconds::zero()) return wait;
  bucket.full_at = full_at;
  return std::chrono::microseconds::zero();
}

void RateLimiter::forgive(std::string_view key) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  const auto bucket = found->second;
  by_key_.erase(found);
  recent_first_.erase(bucket);
}

}  // namespace geili
