// Real AAC and Opus by libavcodec, both ways; the times of clicks in the sound are compared.
#include "media/audio/rendition.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "media/aac/audio_specific_config.hpp"
#include "media/opus/packet.hpp"
#include "media/testing/clicks.hpp"
#include "media/ticks.hpp"

namespace geili::media::audio {
namespace {

using testing::click_times_us;
using testing::clicks;

constexpr std::int64_t kStartUs = 1'790'000'000'000'000;

// A click each second, at half a second first.
void expect_clicks(const std::vector<UnitPtr>& units, std::size_t count, double slack_ms) {
  const std::vector<std::int64_t> times = click_times_us(units);
  ASSERT_EQ(times.size(), count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto expected = kStartUs + 500'000 + static_cast<std::int64_t>(i) * 1'000'000;
    EXPECT_NEAR(static_cast<double>(times[i] - expected) / 1e3, 0, slack_ms) << i;
  }
}

std::vector<UnitPtr> transcode(const std::vector<UnitPtr>& units, Codec to) {
  Rendition rendition(to);
  std::vector<UnitPtr> out;
  for (const UnitPtr& unit : units) rendition.push(*unit, out);
  rendition.finish(out);
  return out;
}

void expect_no_hole(const std::vector<UnitPtr>& units) {
  for (std::size_t i = 1; i < units.size(); ++i) {
    const double step = static_cast<double>(units[i]->dts_us - units[i - 1]->dts_us);
    ASSERT_NEAR(step, 1e6 * units[i]->config->samples_per_frame / kOutputRateHz, 1.5) << i;
    ASSERT_EQ(units[i]->config, units[0]->config);
  }
}

TEST(AudioRendition, KeepsTheTimesOfAac) {
  for (const unsigned rate : {48'000U, 44'100U, 32'000U}) {
    const auto source = clicks(Codec::aac, rate, 2, kStartUs, 5);
    const auto made = transcode(source, Codec::opus);
    ASSERT_FALSE(made.empty());
    EXPECT_EQ(made[0]->config->codec, Codec::opus);
    EXPECT_EQ(made[0]->config->samples_per_frame, kOpusFrameMs * 48);
    expect_no_hole(made);
    expect_clicks(source, 5, 3);
    expect_clicks(made, 5, 3);
  }
}

TEST(AudioRendition, KeepsTheTimesOfOpus) {
  for (const unsigned channels : {1U, 2U}) {
    const auto source = clicks(Codec::opus, 48'000, channels, kStartUs, 5);
    const auto made = transcode(source, Codec::aac);
    ASSERT_FALSE(made.empty());
    EXPECT_EQ(made[0]->config->codec, Codec::aac);
    EXPECT_EQ(made[0]->config->channels, channels);
    expect_no_hole(made);
    expect_clicks(made, 5, 8);  // the source's own look-ahead is 6.5 ms
  }
}

// The last seconds of an hour stand where they belong: nothing adds up.
TEST(AudioRendition, KeepsTheTimesForAnHour) {
  constexpr int kLoops = 720;
  constexpr std::int64_t kLoopUs = 5'000'000;
  const auto loop = clicks(Codec::opus, 48'000, 2, kStartUs, 5);
  Rendition rendition(Codec::aac);
  std::vector<UnitPtr> out;
  for (int i = 0; i < kLoops; ++i) {
    if (i < kLoops - 1) out.clear();
    for (const UnitPtr& unit : loop) {
      Unit later = *unit;
      later.dts_us = later.pts_us = unit->dts_us + i * kLoopUs;
      rendition.push(later, out);
    }
  }
  const auto times = click_times_us(out);
  ASSERT_GE(times.size(), 5U);
  const std::int64_t expected_us = kStartUs + kLoops * kLoopUs - 500'000;
  EXPECT_NEAR(static_cast<double>(times.back() - expected_us) / 1e3, 0, 8);
}

TEST(AudioRendition, BeginsAnewAfterAHole) {
  auto source = clicks(Codec::aac, 48'000, 2, kStartUs, 5);
  std::erase_if(source, [](const UnitPtr& unit) {
    const std::int64_t at_us = unit->dts_us - kStartUs;
    return at_us > 1'700'000 && at_us < 2'300'000;
  });
  const auto made = transcode(source, Codec::opus);
  expect_clicks(made, 5, 3);
  for (std::size_t i = 1; i < made.size(); ++i) EXPECT_GT(made[i]->dts_us, made[i - 1]->dts_us);
  EXPECT_EQ(made.front()->config, made.back()->config);
}

// Where a publisher goes and a slate or another one goes on at the same moment.
TEST(AudioRendition, RunsFollowOneAnotherWithoutHoleOrOverlap) {
  for (const Codec to : {Codec::aac, Codec::opus}) {
    const auto source = clicks(to == Codec::aac ? Codec::opus : Codec::aac, 48'000, 2, kStartUs, 5);
    Rendition rendition(to);
    std::vector<UnitPtr> made;
    for (std::size_t i = 0; i < source.size(); ++i) {
      if (i % 37 == 36) rendition.finish(made);
      rendition.push(*source[i], made);
    }
    rendition.finish(made);
    expect_no_hole(made);
    EXPECT_NEAR(static_cast<double>(made.back()->dts_us - kStartUs), 5e6, 5e4);
  }
}

TEST(AudioRendition, DamagedFramesBecomeSilence) {
  auto source = clicks(Codec::aac, 48'000, 2, kStartUs, 5);
  for (std::size_t i = 70; i < 75; ++i) {
    Unit damaged = *source[i];
    damaged.payload = std::make_shared<const Bytes>(*from_hex("ffffffffffffff"));
    source[i] = std::make_shared<const Unit>(damaged);
  }
  const auto made = transcode(source, Codec::opus);
  expect_no_hole(made);
  EXPECT_NEAR(static_cast<double>(made.back()->dts_us - kStartUs), 5e6, 1e5);
}

TEST(AudioRendition, GivesNothingOfWhatItCannotRead) {
  CodecConfig config = *clicks(Codec::aac, 48'000, 2, kStartUs, 1).front()->config;
  config.record = *from_hex("ffff");
  Unit unit;
  unit.track = Track::audio;
  unit.dts_us = unit.pts_us = kStartUs;
  unit.config = std::make_shared<const CodecConfig>(config);
  unit.payload = std::make_shared<const Bytes>(*from_hex("21004990"));
  std::vector<UnitPtr> out;
  Rendition rendition(Codec::opus);
  rendition.push(unit, out);
  rendition.finish(out);
  EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace geili::media::audio
