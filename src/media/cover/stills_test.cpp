#include "media/cover/stills.hpp"

#include <chrono>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/numbered_pictures.hpp"

namespace geili::media {
namespace {

class StillsTest : public ::testing::Test {
 protected:
  StillsTest() { covers_.start(); }

  // Asks once, and runs until that is answered: the picture, or "!" and the problem's code.
  std::string ask() {
    std::string text;
    stills_->ask(
        [&](Result<HlsBody> body) { text = body ? *body->body : "!" + body.error().code; });
    io_->restart();
    while (text.empty()) io_->run_one();
    return text;
  }

  ManualClock clock_;
  CoverWorker covers_;
  std::shared_ptr<boost::asio::io_context> io_ = std::make_shared<boost::asio::io_context>();
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ =
      boost::asio::make_work_guard(*io_);
  std::shared_ptr<Stills> stills_ = Stills::create(covers_, clock_, io_);
  std::vector<UnitPtr> pictures_ =
      testing::numbered_pictures({.width = 640, .count = 3, .keyframe_every = 1});
};

TEST_F(StillsTest, ThereIsNoneBeforeTheFirstKeyFrame) {
  EXPECT_EQ(ask(), "!no-cover");
}

TEST_F(StillsTest, TheSameForAllUntilItIsOld) {
  stills_->take(pictures_.at(0));
  const std::string first = ask();
  EXPECT_TRUE(first.starts_with("\xFF\xD8\xFF"));
  stills_->take(pictures_.at(1));
  clock_.advance(std::chrono::microseconds(Stills::kEveryUs - 1));
  EXPECT_EQ(ask(), first);
  clock_.advance(std::chrono::microseconds(1));
  EXPECT_NE(ask(), first);
}

TEST_F(StillsTest, WhatStandsStillIsNotMadeAgain) {
  stills_->take(pictures_.at(0));
  const std::string first = ask();
  clock_.advance(std::chrono::hours(1));
  covers_.stop();
  EXPECT_EQ(ask(), first);
}

TEST_F(StillsTest, WhoWaitsIsAnsweredWhenTheShowGoes) {
  covers_.stop();
  stills_->take(pictures_.at(0));
  std::string code;
  stills_->ask([&](const Result<HlsBody>& body) { code = body ? "" : body.error().code; });
  EXPECT_EQ(code, "");
  stills_.reset();
  EXPECT_EQ(code, "hls-waiting");
}

TEST_F(StillsTest, NotMoreThanSoManyWait) {
  covers_.stop();
  stills_->take(pictures_.at(0));
  std::size_t refused = 0;
  for (std::size_t i = 0; i <= Stills::kWaitingMax; ++i) {
    stills_->ask([&](const Result<HlsBody>&) { ++refused; });
  }
  EXPECT_EQ(refused, 1U);
}

}  // namespace
}  // namespace geili::media
