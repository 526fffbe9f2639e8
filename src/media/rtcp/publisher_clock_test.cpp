#include "media/rtcp/publisher_clock.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "media/rtcp/ntp.hpp"

namespace geili::media::rtcp {
namespace {

using Verdict = PublisherClock::Verdict;

// A sender whose tracks reach us with different delays: sound at once, the picture 150 ms later.
class PublisherClockTest : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kVideoStart = 0xFFFFF000;
  static constexpr std::uint32_t kAudioStart = 7'000'000;
  static constexpr std::int64_t kStart = 1'795'000'000'000'000;

  static std::uint32_t stamp(Track track, std::int64_t captured_us) {
    return track == Track::video
               ? kVideoStart + static_cast<std::uint32_t>(captured_us * 9 / 100)
               : kAudioStart + static_cast<std::uint32_t>(captured_us * 48 / 1'000);
  }
  std::int64_t packet(Track track, std::int64_t captured_us) {
    const std::int64_t delay_us = track == Track::video ? 150'000 : 0;
    return clock_.time_us(track, stamp(track, captured_us), {kStart + captured_us + delay_us}) -
           kStart;
  }
  Verdict report(Track track, std::int64_t captured_us, std::int64_t ntp_error_us = 0) {
    // The sender's time of day is a year off.
    const std::uint64_t ntp = to_ntp({kStart + 31'536'000'000'000 + captured_us + ntp_error_us});
    return clock_.sender_report(track, ntp, stamp(track, captured_us), {kStart + captured_us});
  }
  void play(std::int64_t from_us, std::int64_t to_us) {
    for (std::int64_t at = from_us; at < to_us; at += 20'000) {
      sound_us_ = packet(Track::audio, at) - at;
      const std::int64_t picture_us = packet(Track::video, at);
      EXPECT_GT(picture_us, last_picture_us_);
      last_picture_us_ = picture_us;
      picture_us_ = picture_us - at;
    }
  }
  PublisherClock clock_{90'000, 48'000};
  std::int64_t sound_us_ = 0;  // how far the tracks stand behind their capture
  std::int64_t picture_us_ = 0;
  std::int64_t last_picture_us_ = -1;
};

TEST_F(PublisherClockTest, StartsAtTheFirstArrivalWithoutAReport) {
  play(0, 2'000'000);
  EXPECT_EQ(sound_us_, 0);
  EXPECT_NEAR(static_cast<double>(picture_us_), 150'000, 12);
}

TEST_F(PublisherClockTest, TheLowerPictureIsTakenToTheSourcesAndMovesNothing) {
  constexpr std::uint32_t kLowStart = 1'000;
  const auto low_stamp = [](std::int64_t captured_us) {
    return kLowStart + static_cast<std::uint32_t>(captured_us * 9 / 100);
  };
  // It comes 300 ms later than the other picture.
  const auto low_packet = [&](std::int64_t captured_us) {
    return clock_.time_us(Track::video, low_stamp(captured_us), {kStart + captured_us + 450'000},
                          Layer::low) -
           kStart - captured_us;
  };
  const auto low_report = [&](std::int64_t captured_us) {
    const std::uint64_t ntp = to_ntp({kStart + 31'536'000'000'000 + captured_us});
    return clock_.sender_report(Track::video, ntp, low_stamp(captured_us), {kStart + captured_us},
                                Layer::low);
  };
  play(0, 100'000);
  EXPECT_EQ(low_packet(100'000), 450'000);
  EXPECT_EQ(low_report(100'000), Verdict::early);
  EXPECT_EQ(report(Track::video, 100'000), Verdict::used);
  EXPECT_EQ(low_report(100'000), Verdict::used);
  EXPECT_EQ(clock_.to_slew_us(Track::video), 0);
  EXPECT_NEAR(static_cast<double>(clock_.to_slew_us(Track::video, Layer::low)), -300'000, 30);
  // With the sound's report all three stand together.
  EXPECT_EQ(report(Track::audio, 100'000), Verdict::used);
  EXPECT_NEAR(static_cast<double>(clock_.to_slew_us(Track::video)), -150'000, 30);
  EXPECT_NEAR(static_cast<double>(clock_.to_slew_us(Track::video, Layer::low)), -450'000, 30);
}

TEST_F(PublisherClockTest, SlewsThePictureToTheSound) {
  for (const bool sound_first : {true, false}) {
    clock_ = PublisherClock(90'000, 48'000);
    last_picture_us_ = -1;
    play(0, 500'000);
    EXPECT_EQ(report(sound_first ? Track::audio : Track::video, 500'000), Verdict::used);
    EXPECT_EQ(report(sound_first ? Track::video : Track::audio, 500'000), Verdict::used);
    EXPECT_NEAR(static_cast<double>(clock_.to_slew_us(Track::video)), -150'000, 30);
    play(500'000, 3'000'000);
    EXPECT_GT(picture_us_, 90'000);  // slowly
    play(3'000'000, 10'000'000);
    EXPECT_NEAR(static_cast<double>(sound_us_), 0, 30);
    EXPECT_NEAR(static_cast<double>(picture_us_), 0, 60);
  }
}

TEST_F(PublisherClockTest, RefusesInsaneReports) {
  EXPECT_EQ(report(Track::video, 0), Verdict::early);
  play(0, 500'000);
  const Instant now{kStart + 500'000};
  const std::uint64_t ntp = to_ntp(now);
  // The RTP time of a broken first report, far from the packets.
  clock_.time_us(Track::audio, stamp(Track::audio, 500'000), now);
  EXPECT_EQ(clock_.sender_report(Track::audio, ntp, 0xFFFFFFFF, now), Verdict::insane);
  EXPECT_EQ(clock_.sender_report(Track::audio, 0, stamp(Track::audio, 500'000), now),
            Verdict::insane);
  EXPECT_EQ(report(Track::video, 500'000 + 4'000'000), Verdict::insane);
  EXPECT_EQ(clock_.to_slew_us(Track::audio), 0);
  EXPECT_EQ(report(Track::audio, 500'000), Verdict::used);
  EXPECT_EQ(report(Track::video, 500'000), Verdict::used);
}

TEST_F(PublisherClockTest, DoesNotMoveForTracksWhoseClocksContradict) {
  play(0, 500'000);
  EXPECT_EQ(report(Track::audio, 500'000), Verdict::used);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(report(Track::video, 500'000, 30'000'000), Verdict::suspect);
  }
  play(500'000, 1'000'000);
  EXPECT_NEAR(static_cast<double>(picture_us_), 150'000, 30);
}

TEST_F(PublisherClockTest, FollowsASenderThatSetsItsTimeOfDay) {
  play(0, 500'000);
  for (const Track track : {Track::audio, Track::video}) {
    EXPECT_EQ(report(track, 500'000), Verdict::used);
  }
  play(500'000, 9'000'000);
  EXPECT_EQ(report(Track::audio, 9'000'000, -60'000'000), Verdict::suspect);
  EXPECT_EQ(report(Track::audio, 9'000'000, -60'000'000), Verdict::used);
  EXPECT_EQ(report(Track::video, 9'000'000, -60'000'000), Verdict::used);
  play(9'000'000, 10'000'000);
  EXPECT_NEAR(static_cast<double>(sound_us_), 0, 60);
  EXPECT_NEAR(static_cast<double>(picture_us_), 0, 60);
}

TEST_F(PublisherClockTest, ComesBackFromTimestampsThatJumped) {
  play(0, 500'000);
  for (const Track track : {Track::audio, Track::video}) {
    EXPECT_EQ(report(track, 500'000), Verdict::used);
  }
  play(500'000, 9'000'000);
  // The picture's timestamps run on 20 s further.
  const std::int64_t jump_us = 20'000'000;
  const auto jumped = [&](std::int64_t at) { return stamp(Track::video, at + jump_us); };
  const auto time = [&](std::int64_t at) {
    return clock_.time_us(Track::video, jumped(at), {kStart + at + 150'000}) - kStart - at;
  };
  EXPECT_NEAR(static_cast<double>(time(9'000'000)), jump_us, 60);
  const auto report_jumped = [&](std::int64_t at) {
    const std::uint64_t ntp = to_ntp({kStart + 31'536'000'000'000 + at});
    return clock_.sender_report(Track::video, ntp, jumped(at), {kStart + at});
  };
  EXPECT_EQ(report_jumped(9'000'000), Verdict::suspect);
  EXPECT_EQ(report_jumped(9'100'000), Verdict::used);
  EXPECT_NEAR(static_cast<double>(time(9'200'000)), 0, 60);
}

TEST_F(PublisherClockTest, BeginsAnewWhenTimestampsRunAway) {
  packet(Track::video, 0);
  const Instant now{kStart + 40'000};
  EXPECT_EQ(clock_.time_us(Track::video, kVideoStart + 0x7FFFFFFF, now), now.us);
  EXPECT_EQ(clock_.time_us(Track::video, kVideoStart + 0x7FFFFFFF + 3'600, {now.us + 40'000}),
            now.us + 40'000);
}

}  // namespace
}  // namespace geili::media::rtcp
