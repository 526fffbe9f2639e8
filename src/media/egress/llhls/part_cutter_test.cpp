#include "media/egress/llhls/part_cutter.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/source_units.hpp"

namespace geili::media::llhls {
namespace {

constexpr std::int64_t kStart = 1'795'000'000'000'000;

class PartCutterTest : public ::testing::Test {
 protected:
  UnitPtr video(std::int64_t at_us, bool key) const {
    Unit unit;
    unit.track = Track::video;
    unit.keyframe = key;
    unit.dts_us = unit.pts_us = kStart + at_us;
    unit.captured = {unit.pts_us};
    unit.config = video_;
    unit.payload = payload_;
    return std::make_shared<const Unit>(std::move(unit));
  }
  UnitPtr audio(std::int64_t at_us) const {
    Unit unit = *video(at_us, true);
    unit.track = Track::audio;
    unit.config = audio_;
    return std::make_shared<const Unit>(std::move(unit));
  }
  // Cuts `seconds` of pictures `step_us(i)` apart with a key frame each `key_us`, and sound.
  std::vector<CutPart> cut(const std::function<std::int64_t(int)>& step_us, std::int64_t key_us,
                           int seconds, bool with_sound = true) {
    PartCutter cutter(true, with_sound ? 48'000 : 0, kStart);
    std::vector<CutPart> parts;
    std::int64_t at_us = 0;
    std::int64_t next_key_us = 0;
    std::int64_t sound_us = 0;
    for (int i = 0; at_us < seconds * 1'000'000LL; at_us += step_us(i++)) {
      const bool key = at_us >= next_key_us;
      if (key) next_key_us += key_us;
      cutter.push(video(at_us, key), parts);
      for (; with_sound && sound_us <= at_us; sound_us += 21'333)
        cutter.push(audio(sound_us), parts);
    }
    cutter.flush(kStart + at_us, parts);
    return parts;
  }
  static void expect_rules(const std::vector<CutPart>& parts, const std::string& what) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const CutPart& part = parts[i];
      EXPECT_LE(part.duration_us, kPartUsMax) << what << " " << i;
      if (!part.ends_segment && !part.independent && !part.is_gap()) {
        EXPECT_GE(part.duration_us, kPartUsMin) << what << " " << i;
      }
    }
    std::int64_t end = -1;
    for (const CutPart& part : parts) {
      if (part.video.samples.empty()) continue;
      if (end >= 0) EXPECT_EQ(part.video.dts, end) << what;
      end = part.video.dts;
      for (const auto& sample : part.video.samples) end += sample.duration;
    }
  }
  static std::vector<std::int64_t> segments_us(const std::vector<CutPart>& parts) {
    std::vector<std::int64_t> lengths{0};
    for (const CutPart& part : parts) {
      lengths.back() += part.duration_us;
      if (part.ends_segment) lengths.push_back(0);
    }
    lengths.pop_back();
    return lengths;
  }

  CodecConfigPtr video_ = testing::video_config();
  CodecConfigPtr audio_ = testing::audio_config();
  std::shared_ptr<const Bytes> payload_ = std::make_shared<const Bytes>(*from_hex("0000000165"));
};

TEST_F(PartCutterTest, KeepsTheRulesAtEveryFrameRate) {
  for (const double rate :
       {5.0, 7.5, 10.0, 12.0, 15.0, 20.0, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0}) {
    // Rounded to milliseconds, as RTMP has them.
    const auto step = [rate](int i) {
      const auto ms = [rate](int k) { return static_cast<std::int64_t>(k * 1'000.0 / rate + 0.5); };
      return (ms(i + 1) - ms(i)) * 1'000;
    };
    const auto parts = cut(step, 2'000'000, 20);
    expect_rules(parts, std::to_string(rate));
    EXPECT_EQ(segments_us(parts).size(), 10U) << rate;
  }
}

TEST_F(PartCutterTest, KeepsTheRulesWithAnUnsteadyCamera) {
  unsigned state = 1;
  const auto step = [&state](int) {
    state = state * 1'103'515'245 + 12'345;
    return static_cast<std::int64_t>(20 + state / 65'536 % 90) * 1'000;
  };
  expect_rules(cut(step, 1'000'000, 60), "unsteady");
}

TEST_F(PartCutterTest, CutsSegmentsAtKeyFrames) {
  const auto step = [](int) { return 40'000; };
  for (const auto& [key_us, segment_us] :
       std::vector<std::pair<std::int64_t, std::int64_t>>{{500'000, 2'000'000},
                                                          {1'000'000, 2'000'000},
                                                          {2'000'000, 2'000'000},
                                                          {1'200'000, 2'400'000},
                                                          {4'000'000, 4'000'000}}) {
    const auto parts = cut(step, key_us, 24);
    const auto lengths = segments_us(parts);
    for (std::size_t i = 0; i + 1 < lengths.size(); ++i)
      EXPECT_NEAR(lengths[i], segment_us, 100'000) << key_us;
    EXPECT_TRUE(parts[0].independent);
  }
}

TEST_F(PartCutterTest, BoundsSegmentsWithoutKeyFrames) {
  const auto parts = cut([](int) { return 33'333; }, 100'000'000, 30);
  expect_rules(parts, "no keys");
  for (const std::int64_t length : segments_us(parts)) EXPECT_LE(length, kTargetSMax * 1'000'000);
}

TEST_F(PartCutterTest, MarksTimeWithoutSamplesAsGap) {
  const auto parts = cut([](int i) { return i == 10 ? 3'000'000 : 40'000; }, 2'000'000, 8, false);
  expect_rules(parts, "gap");
  EXPECT_GE(std::ranges::count_if(parts, [](const CutPart& part) { return part.is_gap(); }), 7);
  for (const CutPart& part : parts) EXPECT_GE(part.captured.us, kStart);
}

TEST_F(PartCutterTest, FlushesNoPartWithoutSamples) {
  PartCutter cutter(true, 0, kStart);
  std::vector<CutPart> parts;
  cutter.push(video(0, true), parts);
  cutter.push(video(40'000, false), parts);
  cutter.flush(kStart + 900'000, parts);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].video.samples.size(), 2U);
  EXPECT_EQ(parts[0].video.samples[1].duration, 860'000 * 9 / 100);
}

TEST_F(PartCutterTest, SoundGoesOnWhenThePictureStands) {
  PartCutter cutter(true, 48'000, kStart);
  std::vector<CutPart> parts;
  cutter.push(video(0, true), parts);
  cutter.push(video(40'000, false), parts);
  for (std::int64_t at_us = 0; at_us < 4'000'000; at_us += 21'333) cutter.push(audio(at_us), parts);
  EXPECT_GE(parts.size(), 7U);
  cutter.push(video(4'000'000, true), parts);
  cutter.flush(kStart + 4'040'000, parts);
  expect_rules(parts, "stall");
}

TEST_F(PartCutterTest, CutsSoundAlone) {
  PartCutter cutter(false, 48'000, kStart);
  std::vector<CutPart> parts;
  for (std::int64_t at_us = 0; at_us < 10'000'000; at_us += 21'333)
    cutter.push(audio(at_us), parts);
  expect_rules(parts, "sound");
  for (const CutPart& part : parts) EXPECT_TRUE(part.independent);
  EXPECT_GE(segments_us(parts).size(), 4U);
}

}  // namespace
}  // namespace geili::media::llhls
