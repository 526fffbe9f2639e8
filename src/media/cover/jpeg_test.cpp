#include "media/cover/jpeg.hpp"

#include <gtest/gtest.h>

#include "media/testing/source_units.hpp"

namespace geili::media {
namespace {

TEST(KeyFrameToJpeg, RefusesWhatCannotBeDecoded) {
  const auto config = testing::video_config();
  for (const char* frame : {"", "00", "000000026588", "ffffffff65", "00000005654110aabb"}) {
    const auto jpeg = key_frame_to_jpeg(*config, *from_hex(frame), 1'280);
    ASSERT_FALSE(jpeg) << frame;
    EXPECT_EQ(jpeg.error().code, "cover-decode") << frame;
  }
}

}  // namespace
}  // namespace geili::media
