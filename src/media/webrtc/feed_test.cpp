#include "media/webrtc/feed.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::webrtc {
namespace {

using Io = std::shared_ptr<boost::asio::io_context>;

// The threads are the test's own: it runs their queues when it wants to.
class FeedTest : public ::testing::Test {
 protected:
  void push(int picture) {
    constexpr std::int64_t kPicture_us = 40'000;
    (*publication_)->push(testing::picture(testing::video_config(), picture * kPicture_us, true));
  }

  Io media_ = std::make_shared<boost::asio::io_context>(1);
  Io viewers_ = std::make_shared<boost::asio::io_context>(1);
  ManualClock clock_;
  std::shared_ptr<Stream> stream_ = std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{});
  Result<std::unique_ptr<Publication>> publication_ = stream_->publish(nullptr);
};

TEST_F(FeedTest, UnitsAreDeliveredOnTheThreadOfViewers) {
  unsigned delivered = 0;
  const auto feed = Feed::start(stream_, media_, viewers_, [&](const Unit&) { ++delivered; });
  media_->run();
  push(0);
  push(1);
  EXPECT_EQ(delivered, 0U);
  viewers_->run();
  EXPECT_EQ(delivered, 2U);
  feed->stop();
}

TEST_F(FeedTest, NothingIsDeliveredAfterStop) {
  unsigned delivered = 0;
  const auto feed = Feed::start(stream_, media_, viewers_, [&](const Unit&) { ++delivered; });
  media_->run();
  push(0);
  feed->stop();
  viewers_->run();
  EXPECT_EQ(delivered, 0U);
}

TEST_F(FeedTest, WhatWaitsForAThreadThatHasEndedIsFreedWithItsQueue) {
  auto feed = Feed::start(stream_, media_, viewers_, [](const Unit&) {});
  media_->run();
  feed->stop();
  push(0);
  const std::weak_ptr<Feed> freed = feed;
  const std::weak_ptr<boost::asio::io_context> queues[] = {media_, viewers_};
  feed.reset();
  viewers_.reset();
  media_.reset();
  for (const auto& queue : queues) EXPECT_TRUE(queue.expired());
  EXPECT_TRUE(freed.expired());
}

}  // namespace
}  // namespace geili::media::webrtc
