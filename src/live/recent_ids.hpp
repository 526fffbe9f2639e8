#pragma once
// Tells what was seen before among the last ids, whatever order they come in.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_set>

namespace geili::live {

class RecentIds {
 public:
  explicit RecentIds(std::size_t count_max) : count_max_(count_max) {}

  bool contains(std::int64_t id) const { return seen_.contains(id); }
  void add(std::int64_t id) {
    if (!seen_.insert(id).second) return;
    order_.push_back(id);
    if (order_.size() <= count_max_) return;
    seen_.erase(order_.front());
    order_.pop_front();
  }

 private:
  std::size_t count_max_;
  std::deque<std::int64_t> order_;
  std::unordered_set<std::int64_t> seen_;
};

}  // namespace geili::live
