#pragma once
// Requests counted by method, route and class of status.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ops/metrics.hpp"

namespace geili::ops {

// Thread-safe and lock-free. Routes are found in a table of fixed size that is filled as they are
// first seen; when it is full, further routes are counted as route "other".
class RouteMetrics {
 public:
  // `metrics` outlives this object.
  explicit RouteMetrics(Metrics& metrics);
  ~RouteMetrics();
  RouteMetrics(const RouteMetrics&) = delete;
  RouteMetrics& operator=(const RouteMetrics&) = delete;

  // `pattern` is the route's ("/products/{id}"), never a visitor's path.
  void observe(std::string_view method, std::string_view pattern, unsigned status,
               std::uint64_t duration_us, std::uint64_t response_bytes);

  static constexpr std::size_t kRoutesMax = 1'024;

 private:
  struct Entry;
  Entry* find_or_add(std::string_view method, std::string_view pattern, unsigned status_class);
  std::unique_ptr<Entry> make(std::string_view method, std::string_view pattern,
                              unsigned status_class);

  Metrics& metrics_;
  std::array<std::atomic<Entry*>, kRoutesMax> slots_{};
  std::unique_ptr<Entry> other_;
};

}  // namespace geili::ops
