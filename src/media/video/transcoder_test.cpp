// Real pictures with numbers in them: each is found again at its time.
#include "media/video/transcoder.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "media/testing/numbered_pictures.hpp"

namespace geili::media::video {
namespace {

using testing::decode_all;
using testing::numbered_pictures;
using testing::NumberedOptions;
using testing::SeenPicture;

constexpr std::int64_t kStartUs = 1'795'000'000'000'000;

std::vector<UnitPtr> transcode(Transcoder& transcoder, const std::vector<UnitPtr>& units) {
  std::vector<UnitPtr> made;
  for (const UnitPtr& unit : units) transcoder.push(*unit, made);
  transcoder.finish(made);
  return made;
}

std::vector<unsigned> keys_of(const std::vector<UnitPtr>& units) {
  std::vector<unsigned> keys;
  for (unsigned i = 0; i < units.size(); ++i) {
    if (units[i]->keyframe) keys.push_back(i);
  }
  return keys;
}

// All pictures from `first` on, 40 ms apart.
void expect_numbers(const std::vector<SeenPicture>& seen, unsigned first, std::size_t count) {
  ASSERT_EQ(seen.size(), count);
  for (unsigned i = 0; i < count; ++i) {
    EXPECT_EQ(seen[i].number, first + i);
    EXPECT_EQ(seen[i].pts_us, kStartUs + (first + i) * 40'000) << i;
  }
}

TEST(VideoTranscoder, KeepsEveryPictureItsTimeAndTheKeyFrames) {
  for (const Codec from : {Codec::vp8, Codec::h264}) {
    for (const Codec to : {Codec::h264, Codec::vp8}) {
      Transcoder transcoder({.codec = to});
      const auto made = transcode(
          transcoder, numbered_pictures({.codec = from, .count = 60, .start_us = kStartUs}));
      expect_numbers(decode_all(made), 0, 60);
      EXPECT_EQ(keys_of(made), (std::vector<unsigned>{0, 25, 50}));
      EXPECT_EQ(made.front()->config->codec, to);
      for (const UnitPtr& unit : made) {
        EXPECT_EQ(unit->config, made.front()->config);
        EXPECT_EQ(unit->captured.us, unit->pts_us);
        EXPECT_EQ(unit->publication, 1U);
      }
      EXPECT_EQ(transcoder.figures().pictures, 60U);
    }
  }
}

TEST(VideoTranscoder, TakesTheReorderingOut) {
  const auto source = numbered_pictures({.count = 60, .b_frames = 2, .start_us = kStartUs});
  ASSERT_NE(source[1]->pts_us, source[1]->dts_us);
  Transcoder transcoder({});
  const auto made = transcode(transcoder, source);
  expect_numbers(decode_all(made), 0, 60);
  EXPECT_FALSE(made.front()->config->reorders);
  EXPECT_EQ(keys_of(made), (std::vector<unsigned>{0, 25, 50}));
  for (const UnitPtr& unit : made) EXPECT_EQ(unit->dts_us, unit->pts_us);
}

TEST(VideoTranscoder, ScalesTheShorterSide) {
  struct Case {
    unsigned width, height, made_width, made_height;
  };
  for (const Case& size :
       {Case{640, 480, 320, 240}, Case{480, 854, 240, 426}, Case{200, 112, 200, 112}}) {
    Transcoder transcoder({.layer = Layer::low, .short_side_max = 240});
    const auto made = transcode(
        transcoder,
        numbered_pictures(
            {.width = size.width, .height = size.height, .count = 5, .start_us = kStartUs}));
    const auto seen = decode_all(made);
    expect_numbers(seen, 0, 5);
    EXPECT_EQ(seen.front().width, size.made_width);
    EXPECT_EQ(seen.front().height, size.made_height);
    EXPECT_EQ(made.front()->layer, Layer::low);
  }
}

TEST(VideoTranscoder, AddsKeyFramesWhereTheSourceHasFew) {
  Transcoder transcoder({.key_interval_us_max = 1'000'000});
  const auto source = numbered_pictures(
      {.codec = Codec::vp8, .count = 60, .keyframe_every = 40, .start_us = kStartUs});
  std::vector<UnitPtr> made;
  for (unsigned i = 0; i < source.size(); ++i) {
    if (i == 10) transcoder.want_key_frame();
    transcoder.push(*source[i], made);
  }
  EXPECT_EQ(keys_of(made), (std::vector<unsigned>{0, 10, 35, 40}));
}

TEST(VideoTranscoder, LeavesPicturesOutThatAreTooMany) {
  Transcoder transcoder({.step_us_min = 50'000});
  const auto made = transcode(
      transcoder, numbered_pictures({.count = 60, .keyframe_every = 25, .start_us = kStartUs}));
  const auto seen = decode_all(made);
  ASSERT_EQ(seen.size(), 31U);  // each second one, and the key frame at 25
  for (const UnitPtr& unit : made) EXPECT_GT(unit->payload->size(), 0U);
  EXPECT_EQ(keys_of(made).size(), 3U);
}

TEST(VideoTranscoder, GoesOnAtAKeyFrameAfterDamage) {
  for (const Codec codec : {Codec::h264, Codec::vp8}) {
    auto source = numbered_pictures({.codec = codec, .count = 75, .start_us = kStartUs});
    Unit damaged = *source[30];
    damaged.payload = std::make_shared<const Bytes>(*from_hex("00000005"));
    source[30] = std::make_shared<const Unit>(damaged);
    Transcoder transcoder({});
    const auto seen = decode_all(transcode(transcoder, source));
    ASSERT_EQ(seen.size(), 55U) << static_cast<int>(codec);
    EXPECT_EQ(seen[29].number, 29U);
    EXPECT_EQ(seen[30].number, 50U);
    EXPECT_EQ(transcoder.figures().damaged, 1U);
  }
}

TEST(VideoTranscoder, FollowsAnotherConfiguration) {
  auto source = numbered_pictures({.codec = Codec::vp8, .count = 10, .start_us = kStartUs});
  const auto more = numbered_pictures({.width = 180,
                                       .height = 320,
                                       .count = 10,
                                       .first_number = 10,
                                       .start_us = kStartUs + 400'000});
  source.insert(source.end(), more.begin(), more.end());
  Transcoder transcoder({});
  const auto made = transcode(transcoder, source);
  expect_numbers(decode_all(made), 0, 20);
  EXPECT_NE(made[9]->config, made[10]->config);
  EXPECT_EQ(made[10]->config->width, 180U);
  EXPECT_TRUE(made[10]->keyframe);
}

TEST(VideoTranscoder, RefusesPicturesOutOfBounds) {
  auto source = numbered_pictures({.count = 1});
  CodecConfig config = *source[0]->config;
  config.width = 7'680;
  config.height = 4'320;
  Unit unit = *source[0];
  unit.config = std::make_shared<const CodecConfig>(config);
  Transcoder transcoder({});
  std::vector<UnitPtr> made;
  transcoder.push(unit, made);
  EXPECT_TRUE(made.empty());
  ASSERT_TRUE(transcoder.refusal());
  EXPECT_EQ(transcoder.refusal()->code, "picture-size");
}

// The configuration says one size, the picture another: what counts is what would be decoded.
TEST(VideoTranscoder, IsNotFooledByAConfigurationThatLies) {
  auto source = numbered_pictures({.codec = Codec::vp8, .count = 1});
  Unit unit = *source[0];
  auto payload = std::make_shared<Bytes>(*unit.payload);
  for (const std::size_t at : {6U, 8U}) {  // both sides 16,383 (RFC 6386 section 9.1)
    (*payload)[at] = std::byte{0xFF};
    (*payload)[at + 1] = std::byte{0x3F};
  }
  unit.payload = payload;
  Transcoder transcoder({});
  std::vector<UnitPtr> made;
  transcoder.push(unit, made);
  EXPECT_TRUE(made.empty());
  EXPECT_EQ(transcoder.figures().damaged, 1U);
}

}  // namespace
}  // namespace geili::media::video
