#include "ops/health.hpp"

#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace geili::ops {
namespace {

std::optional<std::string> fine() {
  return std::nullopt;
}
std::optional<std::string> broken() {
  return "The \"disk\" is full.";
}

TEST(HealthTest, OneFailingCheckFailsTheReportAndNamesItself) {
  Health health;
  health.add_readiness("store", fine);
  health.add_readiness("disk", broken);
  const auto report = health.ready();
  EXPECT_FALSE(report.ok);
  EXPECT_EQ(report.to_json(), R"({"status":"failing","checks":[{"name":"store","ok":true},)"
                              R"({"name":"disk","ok":false,"detail":"The \"disk\" is full."}]})");
}

TEST(HealthTest, NotReadyIsStillAlive) {
  Health health;
  health.add_liveness("store", fine);
  health.add_readiness("disk", broken);
  EXPECT_TRUE(health.live().ok);
  EXPECT_FALSE(health.ready().ok);
}

TEST(HealthTest, StoppingIsNotReady) {
  Health health;
  EXPECT_TRUE(health.ready().ok);
  health.set_stopping();
  EXPECT_FALSE(health.ready().ok);
  EXPECT_TRUE(health.live().ok);
}

}  // namespace
}  // namespace geili::ops
