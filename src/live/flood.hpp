#pragma once
// Flood control: paces of people and addresses, in bounded memory.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>

#include "base/clock.hpp"

namespace geili::live {

// `count` at once, refilled evenly over `per`.
struct Rate {
  std::int64_t count = 1;
  std::chrono::microseconds per = std::chrono::seconds(1);
};

// A token bucket kept as one time: when the bucket would be full again (the generic cell rate
// algorithm). A clock that steps back makes it stricter by that step, never looser.
class Pace {
 public:
  // Zero when `amount` tokens are there, otherwise how long until they are. `amount` is at most
  // rate.count.
  std::chrono::microseconds wait(const Rate& rate, std::int64_t amount, Instant now) const {
    const std::int64_t full_at = std::max(full_at_us_, now.us);
    const std::int64_t over = full_at + cost_us(rate, amount) - now.us - rate.per.count();
    return std::chrono::microseconds(std::max<std::int64_t>(over, 0));
  }
  void take(const Rate& rate, std::int64_t amount, Instant now) {
    full_at_us_ = std::max(full_at_us_, now.us) + cost_us(rate, amount);
  }

 private:
  static std::int64_t cost_us(const Rate& rate, std::int64_t amount) {
    return rate.per.count() / rate.count * amount;
  }
  std::int64_t full_at_us_ = 0;
};

// Remembers the `count_max` keys that were used last.
template <class T>
class Recent {
 public:
  explicit Recent(std::size_t count_max) : count_max_(count_max) {}

  // The entry of `key`, new when it was not there; valid until the next call.
  T& use(std::uint64_t key) {
    if (const auto found = index_.find(key); found != index_.end()) {
      order_.splice(order_.begin(), order_, found->second);
      return order_.front().second;
    }
    if (order_.size() >= count_max_) {
      index_.erase(order_.back().first);
      order_.pop_back();
    }
    order_.emplace_front(key, T{});
    index_.emplace(key, order_.begin());
    return order_.front().second;
  }
  std::size_t size() const { return order_.size(); }

 private:
  using Order = std::list<std::pair<std::uint64_t, T>>;
  std::size_t count_max_;
  Order order_;  // last used first
  std::unordered_map<std::uint64_t, typename Order::iterator> index_;
};

}  // namespace geili::live
