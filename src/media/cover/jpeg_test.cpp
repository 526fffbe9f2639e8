#include "media/cover/jpeg.hpp"

#include <gtest/gtest.h>

#include "media/testing/numbered_pictures.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media {
namespace {

TEST(KeyFrameToJpeg, RefusesWhatCannotBeDecoded) {
  const auto config = testing::video_config();
  for (const char* frame : {"", "00", "000000026588", "ffffffff65", "00000005654110aabb"}) {
    Unit unit;
    unit.keyframe = true;
    unit.config = config;
    unit.payload = std::make_shared<const Bytes>(*from_hex(frame));
    const auto jpeg = key_frame_to_jpeg(unit, 1'280);
    ASSERT_FALSE(jpeg) << frame;
    EXPECT_EQ(jpeg.error().code, "cover-decode") << frame;
  }
}

TEST(KeyFrameToJpeg, TakesBothCodecs) {
  for (const Codec codec : {Codec::h264, Codec::vp8}) {
    const auto units = testing::numbered_pictures({.codec = codec, .width = 640, .count = 1});
    const auto jpeg = key_frame_to_jpeg(*units.front(), 320);
    ASSERT_TRUE(jpeg) << jpeg.error().code;
    EXPECT_TRUE(jpeg->starts_with("\xFF\xD8\xFF"));
  }
}

}  // namespace
}  // namespace geili::media
