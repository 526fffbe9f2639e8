#include "media/audio_pacer.hpp"

#include <algorithm>
#include <cstdlib>

#include <gtest/gtest.h>

namespace geili::media {
namespace {

constexpr std::int64_t kStart = 1'795'000'000'000'000;
constexpr double kFrameUs = 1024e6 / 48'000;

std::int64_t stamp(int frame, std::int64_t off_us = 0) {
  return kStart + static_cast<std::int64_t>(frame * kFrameUs) / 1'000 * 1'000 + off_us;
}

TEST(AudioPacer, EvensOutRoundedAndJitteringStamps) {
  AudioPacer pacer(48'000, 1'024);
  for (int i = 0; i < 5'000; ++i) {
    const std::int64_t jitter_us = (i * 37 % 91 - 45) * 1'000;
    const auto plan = pacer.plan(stamp(i, i == 0 ? 0 : jitter_us));
    ASSERT_EQ(plan.missing_frames, 0U) << i;
    ASSERT_FALSE(plan.drop) << i;
    EXPECT_NEAR(static_cast<double>(pacer.next_us() - kStart), i * kFrameUs, 2);
  }
}

TEST(AudioPacer, FindsMissingFrames) {
  AudioPacer pacer(48'000, 1'024);
  for (int i = 0; i < 10; ++i) {
    pacer.plan(stamp(i));
    pacer.next_us();
  }
  EXPECT_EQ(pacer.plan(stamp(20)).missing_frames, 10U);
}

TEST(AudioPacer, DropsOverlappingFrames) {
  AudioPacer pacer(48'000, 1'024);
  for (int i = 0; i < 20; ++i) {
    pacer.plan(stamp(i));
    pacer.next_us();
  }
  int dropped = 0;
  for (int i = 10; i < 30; ++i) {
    if (pacer.plan(stamp(i)).drop)
      ++dropped;
    else
      pacer.next_us();
  }
  EXPECT_NEAR(dropped, 10, 1);
}

TEST(AudioPacer, FollowsADriftingClock) {
  // The encoder's stamps run 0.1 % faster than its samples: three frames in a minute.
  AudioPacer pacer(48'000, 1'024);
  unsigned missing = 0;
  std::int64_t distance_us_max = 0;
  for (int i = 0; i < 2'812; ++i) {
    const auto at = kStart + static_cast<std::int64_t>(i * kFrameUs * 1.001);
    const auto plan = pacer.plan(at);
    for (unsigned k = 0; k < plan.missing_frames; ++k, ++missing) pacer.next_us();
    distance_us_max = std::max(distance_us_max, std::abs(at - pacer.next_us()));
  }
  EXPECT_NEAR(missing, 2, 1);
  EXPECT_LT(distance_us_max, 40'000);
}

}  // namespace
}  // namespace geili::media
