#include "media/webrtc/sound_joiner.hpp"

#include <gtest/gtest.h>

#include "media/opus/packet.hpp"

namespace geili::media::webrtc {
namespace {

class SoundJoinerTest : public ::testing::Test {
 protected:
  Unit sound(std::int64_t at_us, const char* hex = "fcaabb") const {
    Unit unit;
    unit.track = Track::audio;
    unit.keyframe = true;
    unit.dts_us = unit.pts_us = at_us;
    unit.config = config_;
    unit.payload = std::make_shared<const Bytes>(*from_hex(hex));
    return unit;
  }
  CodecConfigPtr config_ = std::make_shared<const CodecConfig>(opus::describe(2, 960));
  ManualClock clock_;
  SoundJoiner joiner_;
};

TEST_F(SoundJoinerTest, GivesOnePacketThatLastsAsLongAsThoseInIt) {
  joiner_.add(sound(0), clock_.now());
  ASSERT_TRUE(joiner_.joins(sound(20'000)));
  joiner_.add(sound(20'000), clock_.now());
  const auto joined = joiner_.take();
  ASSERT_TRUE(joined);
  EXPECT_EQ(joined->pts_us, 0);
  EXPECT_EQ(opus::samples_of(*joined->payload), 1'920U);
  EXPECT_FALSE(joiner_.take());
}

TEST_F(SoundJoinerTest, JoinsOnlyWhatFollowsAndFits) {
  joiner_.add(sound(0), clock_.now());
  EXPECT_FALSE(joiner_.joins(sound(40'000)));            // a hole
  EXPECT_FALSE(joiner_.joins(sound(20'000, "f8aa")));    // mono
  EXPECT_FALSE(joiner_.joins(sound(20'000, "fdaabb")));  // two frames already
  joiner_.add(sound(20'000), clock_.now());
  joiner_.add(sound(40'000), clock_.now());
  EXPECT_FALSE(joiner_.joins(sound(60'000)));  // would last too long
}

TEST_F(SoundJoinerTest, DoesNotWaitForAPictureForLong) {
  EXPECT_FALSE(joiner_.is_due(clock_.now()));
  joiner_.add(sound(0), clock_.now());
  clock_.advance(std::chrono::milliseconds(39));
  joiner_.add(sound(20'000), clock_.now());
  EXPECT_FALSE(joiner_.is_due(clock_.now()));
  clock_.advance(std::chrono::milliseconds(1));
  EXPECT_TRUE(joiner_.is_due(clock_.now()));
}

}  // namespace
}  // namespace geili::media::webrtc
