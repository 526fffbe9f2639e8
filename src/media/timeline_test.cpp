#include "media/timeline.hpp"

#include <gtest/gtest.h>

namespace geili::media {
namespace {

constexpr std::int64_t kStart = 1'795'000'000'000'000;
constexpr std::int64_t kS = 1'000'000;

TEST(Timeline, KeepsDistancesWithinAPublication) {
  Timeline timeline;
  timeline.begin_publication(kStart);
  EXPECT_EQ(timeline.place(Track::video, 70'000).dts_us, kStart);
  EXPECT_EQ(timeline.place(Track::audio, 60'000).dts_us, kStart - 10'000);
  EXPECT_EQ(timeline.place(Track::video, 103'000).dts_us, kStart + 33'000);
  EXPECT_EQ(timeline.place(Track::video, 4 * kS).dts_us, kStart + 3'930'000);  // a gap is no jump
  EXPECT_EQ(timeline.end_us(Track::audio), kStart - 10'000 + 20'000);
}

TEST(Timeline, GoesOnAsBeforeBehindAGap) {
  for (const std::int64_t gap : {300'000, 800'000, 4'000'000}) {
    Timeline timeline;
    timeline.begin_publication(kStart);
    timeline.place(Track::audio, 0);
    timeline.place(Track::audio, 21'000);
    EXPECT_EQ(timeline.place(Track::audio, 21'000 + gap).dts_us, kStart + 21'000 + gap);
    EXPECT_EQ(timeline.place(Track::audio, 42'000 + gap).dts_us, kStart + 42'000 + gap);
  }
}

TEST(Timeline, RisesStrictlyWhenTheSourceDoesNot) {
  Timeline timeline;
  timeline.begin_publication(kStart);
  timeline.place(Track::video, 100'000);
  EXPECT_EQ(timeline.place(Track::video, 100'000).dts_us, kStart + 1'000);
  EXPECT_EQ(timeline.place(Track::video, 90'000).dts_us, kStart + 2'000);
  EXPECT_EQ(timeline.place(Track::video, 133'000).dts_us, kStart + 33'000);
}

TEST(Timeline, TakesJumpsOutAndKeepsTracksTogether) {
  for (const std::int64_t jump : {60 * kS, -60 * kS, -1 * kS}) {
    Timeline timeline;
    timeline.begin_publication(kStart);
    const std::int64_t origin = 100 * kS;
    for (int i = 0; i < 30; ++i) timeline.place(Track::video, origin + i * 40'000);
    timeline.place(Track::audio, origin + 1'160'000);
    const auto jumped = timeline.place(Track::video, origin + jump + 1'200'000);
    EXPECT_TRUE(jumped.jumped);
    EXPECT_EQ(jumped.dts_us, kStart + 1'200'000);
    if (jump != -1 * kS) {  // audio still comes with the old times for a while
      EXPECT_FALSE(timeline.place(Track::audio, origin + 1'181'000).jumped);
    }
    const auto audio = timeline.place(Track::audio, origin + jump + 1'202'000);
    EXPECT_NEAR(static_cast<double>(audio.dts_us - kStart), 1'202'000, 1'000) << jump;
    EXPECT_EQ(timeline.place(Track::video, origin + jump + 1'240'000).dts_us, kStart + 1'240'000);
  }
}

TEST(Timeline, ContinuesWithTheNextPublication) {
  Timeline timeline;
  timeline.begin_publication(kStart);
  for (int i = 0; i < 10; ++i) timeline.place(Track::video, i * 40'000);
  const std::int64_t end = *timeline.end_us(Track::video);
  EXPECT_EQ(end, kStart + 400'000);
  timeline.begin_publication(end);
  EXPECT_EQ(timeline.place(Track::video, 777 * kS).dts_us, end);
  EXPECT_EQ(timeline.place(Track::audio, 777 * kS + 5'000).dts_us, end + 5'000);
}

}  // namespace
}  // namespace geili::media
