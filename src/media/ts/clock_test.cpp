#include "media/ts/clock.hpp"

#include <gtest/gtest.h>

namespace geili::media::ts {
namespace {

constexpr std::uint64_t kLast = kClockWrap - 1;

TEST(Clock33, DistanceGoesTheShortWay) {
  EXPECT_EQ(clock_distance(0, 3'000), 3'000);
  EXPECT_EQ(clock_distance(3'000, 0), -3'000);
  EXPECT_EQ(clock_distance(kLast, 0), 1);
  EXPECT_EQ(clock_distance(0, kLast), -1);
  EXPECT_EQ(clock_distance(0, kClockWrap / 2 - 1), kClockWrap / 2 - 1);
  EXPECT_EQ(clock_distance(0, kClockWrap / 2), -kClockWrap / 2);
}

TEST(Clock33, GoesOnOverTheWrap) {
  Clock33 clock;
  const std::int64_t start = clock.unwrap(kLast - 2'999);
  EXPECT_EQ(clock.unwrap(0) - start, 3'000);
  EXPECT_EQ(clock.unwrap(3'000) - start, 6'000);
  // A picture that is shown before the one that was sent before it.
  EXPECT_EQ(clock.unwrap(kLast) - start, 2'999);
  EXPECT_EQ(clock.unwrap(6'000) - start, 9'000);
}

TEST(Clock33, CountsEveryWrap) {
  Clock33 clock;
  const std::int64_t start = clock.unwrap(0);
  constexpr std::int64_t kQuarter = kClockWrap / 4;
  for (std::int64_t i = 1; i <= 40; ++i) {
    EXPECT_EQ(clock.unwrap(static_cast<std::uint64_t>(i * kQuarter % kClockWrap)) - start,
              i * kQuarter);
  }
}

TEST(Clock33, IsNeverNegative) {
  Clock33 clock;
  EXPECT_GE(clock.unwrap(5), 0);
  for (std::uint64_t i = 1; i < 40; ++i) {
    EXPECT_GE(clock.unwrap(kClockWrap - i * (kClockWrap / 50)), 0) << i;
  }
}

}  // namespace
}  // namespace geili::media::ts
