#include "media/egress/rtmp/programme.hpp"

#include <gtest/gtest.h>

#include "media/flv/flv_tag.hpp"
#include "media/testing/record_units.hpp"

namespace geili::media::rtmp {
namespace {

using testing::as_unit;
using testing::audio_config;
using testing::kShowStartUs;
using testing::other_video_config;
using testing::picture;
using testing::sound;
using testing::video_config;

class RtmpProgrammeTest : public ::testing::Test {
 protected:
  Result<void> give(const SourceUnit& unit) {
    return programme_.take(as_unit(unit, Instant{unit.dts_us}), out_);
  }
  // "V0c" a configuration at 0, "V0k" a key frame, "V33" a picture, "A0c", "A11", "M".
  std::string told() {
    std::string all;
    for (const ProgrammeMessage& message : out_) {
      if (!all.empty()) all += ' ';
      all += name_of(message);
    }
    out_.clear();
    return all;
  }
  static std::string name_of(const ProgrammeMessage& message) {
    const std::string at = std::to_string(message.timestamp_ms);
    if (message.kind == ProgrammeMessage::Kind::metadata) return "M";
    if (message.kind == ProgrammeMessage::Kind::audio) {
      const auto tag = flv::parse_audio_tag(as_bytes(message.body));
      return "A" + at + (tag->kind == flv::AudioTag::Kind::config ? "c" : "");
    }
    const auto tag = flv::parse_video_tag(as_bytes(message.body));
    if (tag->kind == flv::VideoTag::Kind::config) return "V" + at + "c";
    return "V" + at + (tag->keyframe ? "k" : "");
  }

  Programme programme_;
  std::vector<ProgrammeMessage> out_;
  CodecConfigPtr video_ = video_config();
  CodecConfigPtr audio_ = audio_config();
};

TEST_F(RtmpProgrammeTest, BeginsAtZeroWithAKeyFrame) {
  ASSERT_TRUE(give(picture(video_, kShowStartUs - 100'000, false)));
  ASSERT_TRUE(give(sound(audio_, kShowStartUs - 20'000)));
  EXPECT_EQ(told(), "");
  ASSERT_TRUE(give(picture(video_, kShowStartUs, true)));
  ASSERT_TRUE(give(sound(audio_, kShowStartUs + 1'400)));
  ASSERT_TRUE(give(picture(video_, kShowStartUs + 33'333, false)));
  EXPECT_EQ(told(), "M V0c V0k A1c A1 V33");
}

TEST_F(RtmpProgrammeTest, ANewConfigurationWaitsForItsKeyFrame) {
  ASSERT_TRUE(give(picture(video_, kShowStartUs, true)));
  ASSERT_TRUE(give(sound(audio_, kShowStartUs)));
  told();
  const auto other = other_video_config();
  ASSERT_TRUE(give(picture(other, kShowStartUs + 33'000, false)));
  ASSERT_TRUE(give(picture(other, kShowStartUs + 66'000, false)));
  ASSERT_TRUE(give(sound(audio_, kShowStartUs + 70'000)));
  ASSERT_TRUE(give(picture(other, kShowStartUs + 99'000, true)));
  ASSERT_TRUE(give(picture(other, kShowStartUs + 132'000, false)));
  EXPECT_EQ(told(), "A70 V99c V99k V132");
}

TEST_F(RtmpProgrammeTest, TimesNeverGoBack) {
  ASSERT_TRUE(give(picture(video_, kShowStartUs, true)));
  ASSERT_TRUE(give(sound(audio_, kShowStartUs)));
  told();
  ASSERT_TRUE(give(picture(video_, kShowStartUs + 50'000, false)));
  ASSERT_TRUE(give(picture(video_, kShowStartUs + 40'000, false)));
  EXPECT_EQ(told(), "V50 V50");
}

TEST_F(RtmpProgrammeTest, ShowsWithOneTrackBeginAfterAWhile) {
  ASSERT_TRUE(give(picture(video_, kShowStartUs, true)));
  for (int i = 1; i <= 31; ++i) {
    ASSERT_TRUE(give(picture(video_, kShowStartUs + i * 33'000, false)));
  }
  EXPECT_TRUE(told().starts_with("M V0c V0k V33 V66"));
}

TEST_F(RtmpProgrammeTest, OtherCodecsAreNamed) {
  auto vp8 = std::make_shared<CodecConfig>();
  vp8->codec = Codec::vp8;
  const auto picture_failed = give(picture(vp8, kShowStartUs, true));
  ASSERT_FALSE(picture_failed);
  EXPECT_EQ(picture_failed.error().code, "video-codec");
  auto opus = std::make_shared<CodecConfig>();
  opus->codec = Codec::opus;
  const auto sound_failed = give(sound(opus, kShowStartUs));
  ASSERT_FALSE(sound_failed);
  EXPECT_EQ(sound_failed.error().code, "audio-codec");
}

}  // namespace
}  // namespace geili::media::rtmp
