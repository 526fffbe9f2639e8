#include "ops/health.hpp"

#include <utility>

#include <fmt/format.h>

#include "ops/json_text.hpp"

namespace geili::ops {

std::string HealthReport::to_json() const {
  std::string checks;
  for (const auto& line : lines) {
    if (!checks.empty()) checks += ',';
    checks += fmt::format(R"({{"name":{},"ok":{})", json_quoted(line.name), !line.fault);
    if (line.fault) checks += fmt::format(R"(,"detail":{})", json_quoted(*line.fault));
    checks += '}';
  }
  return fmt::format(R"({{"status":"{}","checks":[{}]}})", ok ? "ok" : "failing", checks);
}

void Health::add_liveness(std::string_view name, Check check) {
  liveness_.push_back({std::string(name), std::move(check)});
}

void Health::add_readiness(std::string_view name, Check check) {
  readiness_.push_back({std::string(name), std::move(check)});
}

HealthReport Health::ask(const std::vector<Named>& checks) {
  HealthReport report;
  for (const auto& [name, check] : checks) {
    report.lines.push_back({name, check()});
    if (report.lines.back().fault) report.ok = false;
  }
  return report;
}

HealthReport Health::live() const {
  return ask(liveness_);
}

HealthReport Health::ready() const {
  auto report = ask(readiness_);
  if (stopping_.load(std::memory_order_relaxed)) {
    report.ok = false;
    report.lines.push_back({"stopping", "The program is ending."});
  }
  return report;
}

}  // namespace geili::ops
