#include "media/rtcp/receiver_estimator.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "media/rtcp/key_frame_requests.hpp"

namespace geili::media::rtcp {
namespace {

// A sender that sends as much as it was told over a link with a queue of 400 ms.
class LinkTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kBytes = 1'200;

  // Returns the average of what was sent in the last quarter.
  double run(double seconds) {
    const double end_s = now_s_ + seconds;
    double sent_bits = 0;
    double counted_s = 0;
    while (now_s_ < end_s) {
      const double rate = std::min(static_cast<double>(told_bps_), encoder_bps_);
      const double step_s = kBytes * 8 / rate;
      now_s_ += step_s;
      send(now_s_);
      if (now_s_ > end_s - seconds / 4) {
        sent_bits += kBytes * 8;
        counted_s += step_s;
      }
      if (const auto told = estimator_.due(at(now_s_))) told_bps_ = *told;
    }
    return sent_bits / counted_s;
  }
  void send(double sent_s) {
    queue_free_s_ = std::max(queue_free_s_, sent_s);
    ++sent_;
    const bool overflows = queue_free_s_ - sent_s > 0.4;
    if (overflows || chance_(random_) < loss_) {
      ++lost_;
    } else {
      queue_free_s_ += kBytes * 8 / link_bps_;
      const double jitter_s = chance_(random_) * 0.004;
      estimator_.received(static_cast<std::int64_t>(sent_s * 1e6), kBytes,
                          at(queue_free_s_ + 0.05 + jitter_s));
    }
    if (sent_s >= next_loss_s_) {
      estimator_.report_loss(static_cast<double>(lost_) / sent_, at(sent_s));
      next_loss_s_ = sent_s + 1;
      sent_ = lost_ = 0;
    }
  }
  static Instant at(double seconds) {
    return {1'795'000'000'000'000 + static_cast<std::int64_t>(seconds * 1e6)};
  }

  double link_bps_ = 2e6;
  double encoder_bps_ = 1e8;
  double loss_ = 0;
  std::mt19937 random_{5};
  std::uniform_real_distribution<double> chance_{0, 1};
  ReceiverEstimator estimator_;
  std::uint64_t told_bps_ = 300'000;
  double now_s_ = 0;
  double queue_free_s_ = 0;
  double next_loss_s_ = 1;
  int sent_ = 0;
  int lost_ = 0;
};

TEST_F(LinkTest, FillsTheLinkAndNotTheQueue) {
  const double sent = run(60);
  EXPECT_GT(sent, 0.75 * link_bps_);
  EXPECT_LT(sent, 1.05 * link_bps_);
  EXPECT_LT(queue_free_s_ - now_s_, 0.25);
}

TEST_F(LinkTest, ReachesTheMostAndStaysThere) {
  link_bps_ = 50e6;
  run(40);
  EXPECT_EQ(told_bps_, 4'000'000U);
}

TEST_F(LinkTest, FollowsALinkThatNarrowsAndWidens) {
  run(30);
  link_bps_ = 600e3;
  EXPECT_LT(run(20), 1.1 * link_bps_);
  EXPECT_GT(told_bps_, 300'000U);
  link_bps_ = 3e6;
  EXPECT_GT(run(60), 1.8e6);
}

TEST_F(LinkTest, DoesNotRaiseOnASenderThatSendsLittle) {
  link_bps_ = 50e6;
  encoder_bps_ = 200e3;
  run(60);
  EXPECT_EQ(told_bps_, 1'000'000U);
}

TEST_F(LinkTest, MindsHeavyLossAndNotALittle) {
  link_bps_ = 50e6;
  loss_ = 0.01;
  run(30);
  EXPECT_GT(told_bps_, 3'000'000U);
  loss_ = 0.3;
  run(10);
  EXPECT_LT(told_bps_, 1'500'000U);
  EXPECT_GE(told_bps_, 150'000U);
}

TEST_F(LinkTest, IsNotWornDownBySteadyLossInFewPackets) {
  link_bps_ = 50e6;
  encoder_bps_ = 200e3;
  loss_ = 0.05;
  run(120);
  EXPECT_EQ(told_bps_, 1'000'000U);
}

TEST(KeyFrameRequests, AskOnceASecondUntilTheKeyComes) {
  const auto at_ms = [](std::int64_t ms) { return Instant{ms * 1'000}; };
  KeyFrameRequests requests;
  EXPECT_FALSE(requests.due(at_ms(0)));
  for (int i = 0; i < 50; ++i) requests.want();
  EXPECT_TRUE(requests.due(at_ms(10)));
  requests.want();
  EXPECT_FALSE(requests.due(at_ms(1'009)));
  EXPECT_TRUE(requests.due(at_ms(1'010)));
  requests.arrived();
  EXPECT_FALSE(requests.due(at_ms(3'000)));
  requests.want();
  EXPECT_TRUE(requests.due(at_ms(3'001)));
  requests.arrived();
  requests.want();
  EXPECT_FALSE(requests.due(at_ms(3'500)));  // at most one a second, whoever asks
  EXPECT_EQ(requests.sent(), 3U);
}

}  // namespace
}  // namespace geili::media::rtcp
