#include "ops/metrics.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <variant>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace geili::ops {
namespace {

constexpr std::array<std::uint64_t, 13> kLatencyBoundsUs{
    1'000,   2'500,   5'000,     10'000,    25'000,    50'000,    100'000,
    250'000, 500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};

using Labels = std::vector<std::pair<std::string, std::string>>;

struct Reader {
  Metrics::ReadAs as;
  std::function<double()> figure;
};

}  // namespace

std::size_t metric_cell() noexcept {
  static std::atomic<std::size_t> threads{0};
  thread_local const std::size_t cell =
      threads.fetch_add(1, std::memory_order_relaxed) % kMetricCells;
  return cell;
}

std::uint64_t Counter::value() const noexcept {
  std::uint64_t sum = 0;
  for (const auto& cell : cells_) sum += cell.value.load(std::memory_order_relaxed);
  return sum;
}

Histogram::Histogram(std::span<const std::uint64_t> bounds, double scale)
    : bound_count_(bounds.size()), scale_(scale) {
  assert(bounds.size() <= kBucketsMax && std::ranges::is_sorted(bounds));
  std::ranges::copy(bounds, bounds_.begin());
}

void Histogram::observe(std::uint64_t value) noexcept {
  const auto bounds = std::span(bounds_).first(bound_count_);
  const auto bucket =
      static_cast<std::size_t>(std::ranges::lower_bound(bounds, value) - bounds.begin());
  auto& cell = cells_[metric_cell()];
  cell.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
  cell.sum.fetch_add(value, std::memory_order_relaxed);
}

Histogram::Snapshot Histogram::snapshot() const {
  Snapshot snapshot;
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i <= bound_count_; ++i) {
    for (const auto& cell : cells_) count += cell.buckets[i].load(std::memory_order_relaxed);
    snapshot.cumulative.push_back(count);
    if (i < bound_count_) snapshot.bounds.push_back(static_cast<double>(bounds_[i]) / scale_);
  }
  for (const auto& cell : cells_) sum += cell.sum.load(std::memory_order_relaxed);
  snapshot.sum = static_cast<double>(sum) / scale_;
  return snapshot;
}

// One name with one set of labels; a link of a list that only grows.
struct Metrics::Series {
  template <class Figure, class... Args>
  Series(std::string_view name, std::string_view help, MetricLabels labels,
         std::in_place_type_t<Figure> kind, Args&&... args)
      : name(name), help(help), figure(kind, std::forward<Args>(args)...) {
    for (const auto& [label, value] : labels) this->labels.emplace_back(label, value);
    std::ranges::sort(this->labels);
  }
  std::string name;
  std::string help;
  Labels labels;
  std::variant<Counter, Gauge, Histogram, Reader> figure;
  Series* older = nullptr;
};

namespace {

prometheus::MetricType type_of(const Metrics::Series& series) {
  if (std::holds_alternative<Histogram>(series.figure)) return prometheus::MetricType::Histogram;
  if (std::holds_alternative<Counter>(series.figure)) return prometheus::MetricType::Counter;
  const auto* reader = std::get_if<Reader>(&series.figure);
  const bool counts = reader != nullptr && reader->as == Metrics::ReadAs::counter;
  return counts ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
}

double single_value(const Metrics::Series& series) {
  if (const auto* counter = std::get_if<Counter>(&series.figure))
    return static_cast<double>(counter->value());
  if (const auto* gauge = std::get_if<Gauge>(&series.figure))
    return static_cast<double>(gauge->value());
  return std::get<Reader>(series.figure).figure();
}

void add_histogram(const Histogram& histogram, prometheus::ClientMetric& metric) {
  const auto now = histogram.snapshot();
  auto& into = metric.histogram;
  into.bucket.resize(now.bounds.size());
  for (std::size_t i = 0; i < now.bounds.size(); ++i) {
    into.bucket[i].upper_bound = now.bounds[i];
    into.bucket[i].cumulative_count += now.cumulative[i];
  }
  into.sample_count += now.cumulative.back();
  into.sample_sum += now.sum;
}

prometheus::ClientMetric merged(const std::vector<const Metrics::Series*>& same,
                                prometheus::MetricType type) {
  prometheus::ClientMetric metric;
  for (const auto& [name, value] : same.front()->labels) metric.label.push_back({name, value});
  for (const auto* series : same) {
    if (type == prometheus::MetricType::Histogram) {
      add_histogram(std::get<Histogram>(series->figure), metric);
    } else if (type == prometheus::MetricType::Counter) {
      metric.counter.value += single_value(*series);
    } else {
      metric.gauge.value += single_value(*series);
    }
  }
  return metric;
}

// What prometheus-cpp asks for; it writes the text.
class Collector final : public prometheus::Collectable {
 public:
  explicit Collector(const Metrics::Series* newest) : newest_(newest) {}

  std::vector<prometheus::MetricFamily> Collect() const override {
    std::map<std::string_view, std::map<Labels, std::vector<const Metrics::Series*>>> by_name;
    for (const auto* series = newest_; series != nullptr; series = series->older) {
      by_name[series->name][series->labels].push_back(series);
    }
    std::vector<prometheus::MetricFamily> families;
    for (const auto& [name, by_labels] : by_name) {
      const auto& first = *by_labels.begin()->second.front();
      prometheus::MetricFamily family{first.name, first.help, type_of(first), {}};
      for (const auto& [labels, same] : by_labels) {
        assert(type_of(*same.front()) == family.type);
        family.metric.push_back(merged(same, family.type));
      }
      families.push_back(std::move(family));
    }
    return families;
  }

 private:
  const Metrics::Series* newest_;
};

}  // namespace

Metrics::Metrics() = default;

Metrics::~Metrics() {
  for (auto* series = newest_.load(); series != nullptr;) {
    const std::unique_ptr<Series> owned(series);
    series = owned->older;
  }
}

Metrics::Series& Metrics::add(std::unique_ptr<Series> series) {
  auto* added = series.release();
  added->older = newest_.load(std::memory_order_relaxed);
  while (!newest_.compare_exchange_weak(added->older, added, std::memory_order_release,
                                        std::memory_order_relaxed)) {
  }
  return *added;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, MetricLabels labels) {
  return std::get<Counter>(
      add(std::make_unique<Series>(name, help, labels, std::in_place_type<Counter>)).figure);
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, MetricLabels labels) {
  return std::get<Gauge>(
      add(std::make_unique<Series>(name, help, labels, std::in_place_type<Gauge>)).figure);
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help,
                              std::span<const std::uint64_t> bounds, double scale,
                              MetricLabels labels) {
  return std::get<Histogram>(
      add(std::make_unique<Series>(name, help, labels, std::in_place_type<Histogram>, bounds,
                                   scale))
          .figure);
}

void Metrics::read_from(ReadAs as, std::string_view name, std::string_view help,
                        std::function<double()> figure, MetricLabels labels) {
  add(std::make_unique<Series>(name, help, labels, std::in_place_type<Reader>,
                               Reader{as, std::move(figure)}));
}

std::string Metrics::expose() const {
  const Collector collector(newest_.load(std::memory_order_acquire));
  return prometheus::TextSerializer().Serialize(collector.Collect());
}

std::span<const std::uint64_t> latency_bounds_us() {
  return kLatencyBoundsUs;
}

}  // namespace geili::ops
