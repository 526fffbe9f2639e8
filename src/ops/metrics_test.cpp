#include "ops/metrics.hpp"

#include <array>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "ops/route_metrics.hpp"

namespace geili::ops {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(MetricsTest, ExposesCountersGaugesAndHelp) {
  Metrics metrics;
  metrics.counter("geili_orders_total", "Orders placed.", {{"shop", "pearl"}}).add(12);
  metrics.gauge("geili_viewers", "Viewers now.").set(-3);
  const auto text = metrics.expose();
  EXPECT_TRUE(has_line(text, "# HELP geili_orders_total Orders placed.")) << text;
  EXPECT_TRUE(has_line(text, "# TYPE geili_orders_total counter")) << text;
  EXPECT_TRUE(has_line(text, "geili_orders_total{shop=\"pearl\"} 12")) << text;
  EXPECT_TRUE(has_line(text, "# TYPE geili_viewers gauge")) << text;
  EXPECT_TRUE(has_line(text, "geili_viewers -3")) << text;
}

TEST(MetricsTest, TheSameSeriesRegisteredTwiceIsSummed) {
  Metrics metrics;
  metrics.counter("geili_a_total", "A.", {{"x", "1"}, {"y", "2"}}).add(1);
  metrics.counter("geili_a_total", "A.", {{"y", "2"}, {"x", "1"}}).add(2);
  EXPECT_TRUE(has_line(metrics.expose(), "geili_a_total{x=\"1\",y=\"2\"} 3")) << metrics.expose();
}

TEST(MetricsTest, HistogramCountsUpToAndIncludingItsBounds) {
  Metrics metrics;
  constexpr std::array<std::uint64_t, 2> kBounds{1'000, 2'000};
  auto& histogram = metrics.histogram("geili_latency_seconds", "Latency.", kBounds, 1e3);
  for (const std::uint64_t value : {0, 1'000, 1'001, 2'000, 2'001}) histogram.observe(value);
  const auto text = metrics.expose();
  EXPECT_TRUE(has_line(text, "geili_latency_seconds_bucket{le=\"1\"} 2")) << text;
  EXPECT_TRUE(has_line(text, "geili_latency_seconds_bucket{le=\"2\"} 4")) << text;
  EXPECT_TRUE(has_line(text, "geili_latency_seconds_bucket{le=\"+Inf\"} 5")) << text;
  EXPECT_TRUE(has_line(text, "geili_latency_seconds_count 5")) << text;
  EXPECT_TRUE(has_line(text, "geili_latency_seconds_sum 6.002")) << text;
}

TEST(MetricsTest, LabelsAreEscaped) {
  Metrics metrics;
  metrics.counter("geili_b_total", "B.", {{"x", "a\"b\\c\nd"}}).add();
  EXPECT_TRUE(has_line(metrics.expose(), R"(geili_b_total{x="a\"b\\c\nd"} 1)")) << metrics.expose();
}

TEST(MetricsTest, NothingIsLostBetweenThreads) {
  Metrics metrics;
  auto& shared = metrics.counter("geili_c_total", "C.");
  RouteMetrics routes(metrics);
  constexpr int kThreads = 12;
  constexpr int kRounds = 5'000;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < kRounds; ++i) {
          shared.add();
          routes.observe("GET", i % 2 == 0 ? "/a" : "/b", 200, 5, 10);
        }
      });
    }
  }
  const auto text = metrics.expose();
  EXPECT_TRUE(has_line(text, "geili_c_total 60000")) << text;
  EXPECT_TRUE(
      has_line(text, R"(geili_http_requests_total{method="GET",route="/a",status="2xx"} 30000)"))
      << text;
  EXPECT_TRUE(has_line(
      text, R"(geili_http_response_bytes_total{method="GET",route="/b",status="2xx"} 300000)"));
}

TEST(RouteMetricsTest, AFullTableCountsAsOther) {
  Metrics metrics;
  RouteMetrics routes(metrics);
  for (int i = 0; i < 3'000; ++i) routes.observe("GET", "/" + std::to_string(i), 200, 1, 1);
  const auto text = metrics.expose();
  const auto at =
      text.find(R"(geili_http_requests_total{method="any",route="other",status="0xx"} )");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GT(std::stoi(text.substr(text.find('}', at) + 1)), 1'900);
}

TEST(RouteMetricsTest, StrangeStatusesAreCounted) {
  Metrics metrics;
  RouteMetrics routes(metrics);
  routes.observe("GET", "/", 999, 1, 1);
  EXPECT_NE(metrics.expose().find(R"(route="/",status="0xx"} 1)"), std::string::npos);
}

TEST(ProcessMetricsTest, HoldThisProcess) {
  Metrics metrics;
  register_process_metrics(metrics);
  const auto text = metrics.expose();
  for (const char* name :
       {"process_resident_memory_bytes ", "process_open_fds ", "process_max_fds "}) {
    const auto at = text.find(std::string("\n") + name);
    ASSERT_NE(at, std::string::npos) << text;
    EXPECT_GT(std::stod(text.substr(text.find(' ', at))), 0) << name;
  }
}

}  // namespace
}  // namespace geili::ops
