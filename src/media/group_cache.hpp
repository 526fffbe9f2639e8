#pragma once
// The units since the last key frame, with which a new reader begins.

#include <cstddef>
#include <vector>

#include "media/unit.hpp"

namespace geili::media {

struct GroupLimits {
  std::size_t units_max = 3'000;  // a longer group of pictures is not kept
  std::size_t bytes_max = 32 * 1024 * 1024;
};

// Single-threaded.
class GroupCache {
 public:
  explicit GroupCache(GroupLimits limits) : limits_(limits) {}

  // A key frame begins the group anew; before the first nothing is kept.
  void add(const UnitPtr& unit) {
    if (unit->track == Track::video && unit->keyframe) {
      clear();
      is_whole_ = true;
    }
    if (!is_whole_) return;
    bytes_ += unit->payload->size();
    if (units_.size() >= limits_.units_max || bytes_ > limits_.bytes_max) return clear();
    units_.push_back(unit);
  }
  void clear() {
    units_.clear();
    bytes_ = 0;
    is_whole_ = false;
  }
  const std::vector<UnitPtr>& units() const { return units_; }
  // For what goes into the group or out of it later; never a key frame.
  std::vector<UnitPtr>& units() { return units_; }

 private:
  GroupLimits limits_;
  std::vector<UnitPtr> units_;
  std::size_t bytes_ = 0;
  bool is_whole_ = false;
};

}  // namespace geili::media
