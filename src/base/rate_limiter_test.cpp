#include "base/rate_limiter.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geili {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

class RateLimiterTest : public ::testing::Test {
 protected:
  ManualClock clock_;
  RateLimiter limiter_{{.burst = 3, .refill = seconds(10), .keys_max = 2}, clock_};

  void use_up(std::string_view key) {
    for (int i = 0; i < 3; ++i) ASSERT_EQ(limiter_.take(key), microseconds::zero());
  }
};

TEST_F(RateLimiterTest, LetsTheBurstGoAndNamesTheWait) {
  use_up("a");
  EXPECT_EQ(limiter_.take("a"), seconds(10));
  clock_.advance(seconds(4));
  EXPECT_EQ(limiter_.take("a"), seconds(6));
  clock_.advance(seconds(6));
  EXPECT_EQ(limiter_.take("a"), microseconds::zero());
  EXPECT_EQ(limiter_.take("a"), seconds(10));
}

TEST_F(RateLimiterTest, RestNeverSavesMoreThanTheBurst) {
  use_up("a");
  clock_.advance(std::chrono::hours(24));
  use_up("a");
  EXPECT_GT(limiter_.take("a"), microseconds::zero());
}

TEST_F(RateLimiterTest, KeysAreApart) {
  use_up("a");
  EXPECT_EQ(limiter_.take("b"), microseconds::zero());
}

TEST_F(RateLimiterTest, ForgivenKeysStartAnew) {
  use_up("a");
  limiter_.forgive("a");
  limiter_.forgive("never seen");
  use_up("a");
}

TEST_F(RateLimiterTest, ForgetsTheKeyThatRestedLongest) {
  use_up("a");
  use_up("b");
  EXPECT_GT(limiter_.take("a"), microseconds::zero());
  EXPECT_EQ(limiter_.take("c"), microseconds::zero());
  EXPECT_GT(limiter_.take("a"), microseconds::zero());
  use_up("b");
}

}  // namespace
}  // namespace geili
