#pragma once
// What the store lost, for the operator: counted, and told in the log.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "ops/log.hpp"
#include "store/lost_transaction.hpp"

namespace geili::app {

// A full disk fails every commit: not each is a line of the log.
inline constexpr std::chrono::seconds kStoreLossToldEvery{10};

class StoreLosses {
 public:
  StoreLosses(const ops::Log& log, const Clock& clock) : log_(log), clock_(clock) {}

  // On the thread of the store's writer, one at a time.
  void note(const store::LostTransaction& lost);
  // Transactions; thread-safe.
  std::uint64_t count() const { return count_; }

 private:
  const ops::Log& log_;
  const Clock& clock_;
  std::atomic<std::uint64_t> count_ = 0;
  std::uint64_t told_count_ = 0;  // of them, at the last line
  std::optional<Instant> told_at_;
};

}  // namespace geili::app
