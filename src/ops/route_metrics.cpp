#include "ops/route_metrics.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>

namespace geili::ops {
namespace {

// How far from its place an entry may lie before the table counts as full.
constexpr std::size_t kProbesMax = 64;
constexpr std::array<std::string_view, 6> kClasses{"0xx", "1xx", "2xx", "3xx", "4xx", "5xx"};

}  // namespace

struct RouteMetrics::Entry {
  std::string method;
  std::string pattern;
  unsigned status_class;
  Counter& requests;
  Counter& bytes;
  Histogram& duration;
};

RouteMetrics::RouteMetrics(Metrics& metrics) : metrics_(metrics), other_(make("any", "other", 0)) {}

RouteMetrics::~RouteMetrics() {
  for (auto& slot : slots_) const std::unique_ptr<Entry> owned(slot.load());
}

std::unique_ptr<RouteMetrics::Entry> RouteMetrics::make(std::string_view method,
                                                        std::string_view pattern,
                                                        unsigned status_class) {
  const MetricLabels labels{
      {"method", method}, {"route", pattern}, {"status", kClasses[status_class]}};
  return std::unique_ptr<Entry>(new Entry{
      std::string(method), std::string(pattern), status_class,
      metrics_.counter("geili_http_requests_total", "Answered requests.", labels),
      metrics_.counter("geili_http_response_bytes_total", "Bytes of response bodies.", labels),
      metrics_.histogram("geili_http_request_duration_seconds",
                         "From the header's end to the last byte sent.", latency_bounds_us(), 1e6,
                         labels)});
}

RouteMetrics::Entry* RouteMetrics::find_or_add(std::string_view method, std::string_view pattern,
                                               unsigned status_class) {
  const std::hash<std::string_view> hash;
  std::size_t at = hash(pattern) ^ (hash(method) * 31) ^ (status_class * 0x9E3779B9U);
  std::unique_ptr<Entry> made;
  for (std::size_t probe = 0; probe < kProbesMax; ++probe, ++at) {
    auto& slot = slots_[at % kRoutesMax];
    auto* entry = slot.load(std::memory_order_acquire);
    if (entry == nullptr) {
      if (!made) made = make(method, pattern, status_class);
      if (slot.compare_exchange_strong(entry, made.get(), std::memory_order_acq_rel))
        return made.release();
    }
    if (entry->status_class == status_class && entry->pattern == pattern &&
        entry->method == method) {
      return entry;
    }
  }
  return other_.get();
}

void RouteMetrics::observe(std::string_view method, std::string_view pattern, unsigned status,
                           std::uint64_t duration_us, std::uint64_t response_bytes) {
  const unsigned status_class = status / 100 < kClasses.size() ? status / 100 : 0;
  auto* entry = find_or_add(method, pattern, status_class);
  entry->requests.add();
  entry->bytes.add(response_bytes);
  entry->duration.observe(duration_us);
}

}  // namespace geili::ops
