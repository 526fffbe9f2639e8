#include "media/video/slate.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "media/testing/numbered_pictures.hpp"
#include "media/video/decoder.hpp"

namespace geili::media::video {
namespace {

using testing::numbered_pictures;

std::vector<UnitPtr> shown(const Slate& slate, unsigned count) {
  std::vector<UnitPtr> units;
  for (unsigned i = 0; i < count; ++i) {
    const EncodedPicture& picture = slate.pictures[i % slate.pictures.size()];
    Unit unit;
    unit.keyframe = picture.keyframe;
    unit.dts_us = unit.pts_us = i * kSlateStepUs;
    unit.config = slate.config;
    unit.payload = picture.payload;
    units.push_back(std::make_shared<const Unit>(std::move(unit)));
  }
  return units;
}

int luma(const AVFrame& picture, int x, int y) {
  return picture.data[0][y * picture.linesize[0] + x];
}

TEST(Slate, IsACorrectStreamAsLongAsItIsShown) {
  for (const Codec codec : {Codec::h264, Codec::vp8}) {
    for (const auto& [width, height] : {std::pair{640U, 360U}, std::pair{360U, 640U}}) {
      const auto key =
          numbered_pictures({.codec = codec, .width = width, .height = height, .count = 1});
      const auto slate = make_slate(*key.front());
      ASSERT_TRUE(slate) << slate.error().code;
      EXPECT_EQ(slate->config->codec, codec);
      EXPECT_EQ(slate->config->width, width);
      EXPECT_EQ(slate->config->height, height);
      EXPECT_TRUE(slate->pictures.front().keyframe);
      auto decoder = Decoder::create(*slate->config, false);
      std::vector<libav::Frame> pictures;
      for (const UnitPtr& unit : shown(*slate, 30)) ASSERT_TRUE(decoder->decode(*unit, pictures));
      EXPECT_EQ(pictures.size(), 30U);
    }
  }
}

TEST(Slate, IsDimmedAndCarriesTheSign) {
  const auto key =
      numbered_pictures({.width = 640, .height = 360, .count = 1, .first_number = 0xA5A});
  const auto slate = make_slate(*key.front());
  ASSERT_TRUE(slate);
  auto decoder = Decoder::create(*slate->config, false);
  std::vector<libav::Frame> pictures;
  for (const UnitPtr& unit : shown(*slate, 2)) ASSERT_TRUE(decoder->decode(*unit, pictures));
  for (const libav::Frame& picture : pictures) {
    EXPECT_NE(testing::number_in(*picture), 0xA5AU);  // nothing of it can be read any more
    EXPECT_LT(luma(*picture, 100, 60), 110);
    EXPECT_GT(luma(*picture, 300, 180), 200);  // a bar
    EXPECT_LT(luma(*picture, 320, 180), 130);  // between the bars
    EXPECT_GT(luma(*picture, 340, 180), 200);  // the other one
  }
}

TEST(Slate, CostsHardlyAnything) {
  const auto key = numbered_pictures({.width = 1280, .height = 720, .count = 1});
  const auto slate = make_slate(*key.front());
  ASSERT_TRUE(slate);
  std::size_t bytes = 0;
  for (const EncodedPicture& picture : slate->pictures) bytes += picture.payload->size();
  EXPECT_LT(bytes, 40'000U);  // in four seconds
  EXPECT_EQ(std::ranges::count(slate->pictures, true, &EncodedPicture::keyframe), 2);
}

TEST(Slate, RefusesWhatCannotBeDecoded) {
  const auto key = numbered_pictures({.count = 1});
  Unit damaged = *key.front();
  damaged.payload = std::make_shared<const Bytes>(*from_hex("000000026588"));
  const auto slate = make_slate(damaged);
  ASSERT_FALSE(slate);
  EXPECT_EQ(slate.error().code, "picture-decode");
}

}  // namespace
}  // namespace geili::media::video
