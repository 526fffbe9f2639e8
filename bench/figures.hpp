#pragma once
// What every benchmark prints, and how it counts latencies.

#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <ctime>

namespace geili::bench {

// One JSON object a line on standard output.
inline void report(const char* bench, const char* figure, double value, const char* unit) {
  std::printf("{\"bench\":\"%s\",\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", bench,
              figure, value, unit);
  std::fflush(stdout);
}

// Monotonic, and the same for all processes of a machine.
inline std::uint64_t now_us() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec) / 1000;
}

// Latencies with an error below 4 %: 32 steps to each doubling.
class LatencyHistogram {
 public:
  void record_us(std::uint64_t us) {
    ++counts_[index_of(us)];
    ++total_;
  }
  void merge(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    total_ += other.total_;
  }
  std::uint64_t count() const { return total_; }
  // `share` 0.99 is the 99th percentile; 0 when nothing was recorded.
  double percentile_ms(double share) const {
    const auto wanted = static_cast<std::uint64_t>(static_cast<double>(total_) * share);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted) return static_cast<double>(value_of(i)) / 1000.0;
    }
    return 0;
  }

 private:
  static constexpr std::size_t kSteps = 32;
  static std::size_t index_of(std::uint64_t us) {
    if (us < kSteps) return us;
    const auto doubling = static_cast<std::size_t>(std::bit_width(us)) - 5;
    const std::size_t index = doubling * kSteps + ((us >> (doubling - 1)) & (kSteps - 1));
    return index < kBuckets ? index : kBuckets - 1;
  }
  static std::uint64_t value_of(std::size_t index) {
    if (index < kSteps) return index;
    const std::size_t doubling = index / kSteps;
    return (kSteps + index % kSteps) << (doubling - 1);
  }
  static constexpr std::size_t kBuckets = 32 * 32;
  std::array<std::uint64_t, kBuckets> counts_{};
  std::uint64_t total_ = 0;
};

}  // namespace geili::bench
