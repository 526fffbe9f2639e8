#include "media/egress/llhls/packager.hpp"

#include <memory>

#include <gtest/gtest.h>

#include "media/opus/packet.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::llhls {
namespace {

UnitPtr unit(const SourceUnit& source) {
  Unit made;
  made.track = source.track;
  made.keyframe = source.keyframe;
  made.dts_us = made.pts_us = source.dts_us;
  made.config = source.config;
  made.payload = source.payload;
  return std::make_shared<const Unit>(std::move(made));
}

TEST(Packager, PassesOverWhatMp4DoesNotCarry) {
  const auto video = testing::video_config();
  const auto opus = std::make_shared<const CodecConfig>(opus::describe(2, 960));
  Packager packager(1);
  EXPECT_FALSE(packager.refusal());
  for (std::int64_t us = 0; us < 4'000'000; us += 20'000) {
    if (us % 40'000 == 0) packager.take(unit(testing::picture(video, us, us % 1'000'000 == 0)));
    packager.take(unit(testing::sound(opus, us)));
  }
  ASSERT_TRUE(packager.refusal());
  EXPECT_EQ(packager.refusal()->code, "codec-not-in-mp4");
  EXPECT_FALSE(packager.window().segments().empty());
  EXPECT_TRUE(packager.config(Track::video));
  EXPECT_FALSE(packager.config(Track::audio));
}

}  // namespace
}  // namespace geili::media::llhls
