#pragma once
// The figures of /metrics, in Prometheus' text form. Counting is lock-free and cheap enough for
// every request and every frame: a counter is spread over cells, so that threads do not fight for
// one cache line, and summed when it is read.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace geili::ops {

inline constexpr std::size_t kMetricCells = 8;

// The cell of the calling thread.
std::size_t metric_cell() noexcept;

class Counter {
 public:
  void add(std::uint64_t n = 1) noexcept {
    cells_[metric_cell()].value.fetch_add(n, std::memory_order_relaxed);
  }
  std::uint64_t value() const noexcept;

 private:
  struct alignas(64) Cell {
    std::atomic<std::uint64_t> value{0};
  };
  std::array<Cell, kMetricCells> cells_;
};

class Gauge {
 public:
  void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t n) noexcept { value_.fetch_add(n, std::memory_order_relaxed); }
  std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

// Counts by upper bounds that are fixed at the start; at most kBucketsMax bounds. Observations are
// whole numbers in the unit of the name (latency_us); they are exposed divided by `scale`.
class Histogram {
 public:
  static constexpr std::size_t kBucketsMax = 20;

  Histogram(std::span<const std::uint64_t> bounds, double scale);
  void observe(std::uint64_t value) noexcept;

  struct Snapshot {
    std::vector<double> bounds;
    std::vector<std::uint64_t> cumulative;  // one more than bounds: the last is the count
    double sum = 0;
  };
  Snapshot snapshot() const;

 private:
  struct alignas(64) Cell {
    std::array<std::atomic<std::uint64_t>, kBucketsMax + 1> buckets{};
    std::atomic<std::uint64_t> sum{0};
  };
  std::array<std::uint64_t, kBucketsMax> bounds_{};
  std::size_t bound_count_;
  double scale_;
  std::array<Cell, kMetricCells> cells_;
};

using MetricLabels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// The registry. Registering and exposing are safe on any thread and take no lock; what is
// registered lives as long as the registry. Registering the same name and labels again is allowed:
// the figures are summed when exposed. Labels come from code (a route's pattern, a codec), never
// from a visitor.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  Counter& counter(std::string_view name, std::string_view help, MetricLabels labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, MetricLabels labels = {});
  // Bounds ascend, in the unit of observe(); `scale` turns it into the unit of the name, e.g. 1e6
  // from microseconds to a name that ends in _seconds.
  Histogram& histogram(std::string_view name, std::string_view help,
                       std::span<const std::uint64_t> bounds, double scale,
                       MetricLabels labels = {});

  enum class ReadAs : bool { counter, gauge };
  // A figure that another part keeps: read when exposed, on the exposing thread; it must not block
  // and must outlive the registry's last expose().
  void read_from(ReadAs as, std::string_view name, std::string_view help,
                 std::function<double()> figure, MetricLabels labels = {});

  // Prometheus' text format, version 0.0.4.
  std::string expose() const;

  struct Series;

 private:
  Series& add(std::unique_ptr<Series> series);
  std::atomic<Series*> newest_{nullptr};
};

// Memory, processor time, open files and age of this process.
void register_process_metrics(Metrics& metrics);

// Latency bounds in microseconds from 1 ms to 10 s, for scale 1e6.
std::span<const std::uint64_t> latency_bounds_us();

}  // namespace geili::ops
