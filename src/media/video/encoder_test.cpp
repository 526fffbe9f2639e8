#include "media/video/encoder.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "media/testing/numbered_pictures.hpp"
#include "media/video/decoder.hpp"
#include "media/video/scaler.hpp"

namespace geili::media::video {
namespace {

using testing::decode_all;
using testing::numbered_pictures;
using testing::SeenPicture;

std::vector<libav::Frame> decoded(const testing::NumberedOptions& options) {
  const auto units = numbered_pictures(options);
  auto decoder = Decoder::create(*units.front()->config, false);
  std::vector<libav::Frame> pictures;
  for (const UnitPtr& unit : units) EXPECT_TRUE(decoder->decode(*unit, pictures));
  decoder->finish(pictures);
  return pictures;
}

UnitPtr unit_of(const EncodedPicture& picture, const CodecConfigPtr& config, std::int64_t at_us) {
  Unit unit;
  unit.keyframe = picture.keyframe;
  unit.dts_us = unit.pts_us = at_us;
  unit.config = config;
  unit.payload = picture.payload;
  return std::make_shared<const Unit>(std::move(unit));
}

TEST(Encoder, GivesEachPictureAtOnceAndKeysWhereTheyAreAskedFor) {
  for (const Codec codec : {Codec::h264, Codec::vp8}) {
    auto pictures = decoded({.count = 60, .keyframe_every = 60});
    ASSERT_EQ(pictures.size(), 60U);
    auto encoder = Encoder::create({.codec = codec, .size = {320, 180}}, *pictures.front());
    ASSERT_TRUE(encoder);
    std::vector<UnitPtr> units;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const auto encoded = encoder->encode(*pictures[i], i == 17 || i == 40);
      ASSERT_TRUE(encoded) << i;
      EXPECT_EQ(encoded->keyframe, i == 0 || i == 17 || i == 40) << i;
      units.push_back(unit_of(*encoded, encoder->config(), pictures[i]->pts));
    }
    const auto seen = decode_all(units);
    ASSERT_EQ(seen.size(), 60U);
    for (unsigned i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i].number, i);
  }
}

TEST(Encoder, MakesConstrainedBaselineWithoutReordering) {
  auto pictures = decoded({.width = 1280, .height = 720, .count = 1});
  auto encoder = Encoder::create({.size = {1280, 720}}, *pictures.front());
  ASSERT_TRUE(encoder->encode(*pictures.front(), false));
  EXPECT_EQ(encoder->config()->rfc6381, "avc1.42C01F");
  EXPECT_FALSE(encoder->config()->reorders);
  EXPECT_EQ(encoder->config()->width, 1280U);
  auto again = Encoder::create({.size = {1280, 720}}, *pictures.front());
  ASSERT_TRUE(again->encode(*pictures.front(), false));
  EXPECT_EQ(again->config()->record, encoder->config()->record);
}

TEST(Encoder, RefusesSizesOutOfBounds) {
  const auto pictures = decoded({.count = 1});
  for (const Size size : {Size{0, 0}, Size{8, 200}, Size{4'096, 4'096}}) {
    const auto encoder = Encoder::create({.size = size}, *pictures.front());
    ASSERT_FALSE(encoder);
    EXPECT_EQ(encoder.error().code, "picture-size");
  }
}

}  // namespace
}  // namespace geili::media::video
