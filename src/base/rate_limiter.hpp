#pragma once
// Token buckets by key, in bounded memory: "at most `burst` at once, then one each `refill`".

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"

namespace geili {

// Thread-safe. The clock outlives it.
class RateLimiter {
 public:
  struct Settings {
    int burst = 10;
    std::chrono::microseconds refill = std::chrono::seconds(1);
    std::size_t keys_max = 10'000;  // beyond it the key that rested longest is forgotten
  };

  RateLimiter(const Settings& settings, const Clock& clock) : settings_(settings), clock_(clock) {}

  // Takes one for `key`: zero when it may go on, otherwise how long until it may, and nothing is
  // taken.
  std::chrono::microseconds take(std::string_view key);
  // Gives `key` a full bucket.
  void forgive(std::string_view key);

 private:
  struct Bucket {
    std::string key;
    Instant full_at;  // when it will be full if nothing is taken
  };
  using Buckets = std::list<Bucket>;

  Bucket& touch(std::string_view key, Instant now);

  const Settings settings_;
  const Clock& clock_;
  std::mutex mutex_;
  Buckets recent_first_;
  std::unordered_map<std::string_view, Buckets::iterator> by_key_;  // keys: Bucket::key
};

}  // namespace geili
