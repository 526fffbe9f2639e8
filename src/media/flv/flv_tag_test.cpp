#include "media/flv/flv_tag.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geili::media::flv {
namespace {

TEST(FlvTag, ReadsVideo) {
  const Bytes bytes = *from_hex("2701fffff60000000165");
  const auto tag = parse_video_tag(bytes);
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->kind, VideoTag::Kind::frame);
  EXPECT_FALSE(tag->keyframe);
  EXPECT_EQ(tag->composition_ms, -10);
  EXPECT_EQ(to_hex(tag->body), "0000000165");

  EXPECT_TRUE(parse_video_tag(*from_hex("1701000000"))->keyframe);
  EXPECT_EQ(parse_video_tag(*from_hex("1700000000"))->kind, VideoTag::Kind::config);
  EXPECT_EQ(parse_video_tag(*from_hex("1702000000"))->kind, VideoTag::Kind::end_of_sequence);
  EXPECT_EQ(parse_video_tag(*from_hex("5700"))->kind, VideoTag::Kind::ignored);
}

TEST(FlvTag, ReadsAudio) {
  const Bytes config = *from_hex("af001190");
  EXPECT_EQ(parse_audio_tag(config)->kind, AudioTag::Kind::config);
  EXPECT_EQ(to_hex(parse_audio_tag(config)->body), "1190");
  EXPECT_EQ(parse_audio_tag(*from_hex("af0121"))->kind, AudioTag::Kind::frame);
}

TEST(FlvTag, ReadsEnhancedForms) {
  const Bytes frame = *from_hex("a161766331fffff60000000165");
  const auto picture = parse_video_tag(frame);
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->kind, VideoTag::Kind::frame);
  EXPECT_FALSE(picture->keyframe);
  EXPECT_EQ(picture->composition_ms, -10);
  EXPECT_EQ(to_hex(picture->body), "0000000165");
  const Bytes in_order = *from_hex("93617663310000000165");
  EXPECT_TRUE(parse_video_tag(in_order)->keyframe);
  EXPECT_EQ(to_hex(parse_video_tag(in_order)->body), "0000000165");
  EXPECT_EQ(parse_video_tag(*from_hex("906176633101"))->kind, VideoTag::Kind::config);
  EXPECT_EQ(parse_video_tag(*from_hex("9461766331"))->kind, VideoTag::Kind::ignored);

  const Bytes packet = *from_hex("914f707573fcfffe");
  const auto sound = parse_audio_tag(packet);
  ASSERT_TRUE(sound);
  EXPECT_EQ(sound->codec, Codec::opus);
  EXPECT_EQ(sound->kind, AudioTag::Kind::frame);
  EXPECT_EQ(to_hex(sound->body), "fcfffe");
  EXPECT_EQ(parse_audio_tag(*from_hex("904f7075734f70"))->kind, AudioTag::Kind::config);
  EXPECT_EQ(parse_audio_tag(*from_hex("906d7034611190"))->codec, Codec::aac);
  EXPECT_EQ(parse_audio_tag(*from_hex("944f707573"))->kind, AudioTag::Kind::ignored);
}

TEST(FlvTag, RefusesBadInput) {
  const struct {
    const char* hex;
    bool video;
    const char* code;
    const char* names;  // what the detail has to say
  } cases[] = {
      {"", true, "flv-truncated", ""},
      {"17", true, "flv-truncated", ""},
      {"17010000", true, "flv-truncated", ""},
      {"1703000000", true, "flv-packet-type", ""},
      {"1200", true, "video-codec", "H.263"},
      {"1c00", true, "video-codec", "HEVC"},
      {"9068766331", true, "video-codec", "HEVC"},
      {"9061763031", true, "video-codec", "AV1"},
      {"9076703039", true, "video-codec", "VP9"},
      {"9661766331", true, "video-codec", "several pictures"},
      {"916176633100", true, "flv-truncated", ""},
      {"9861766331", true, "flv-packet-type", ""},
      {"90", true, "video-codec", "unknown"},
      {"90000aff7f", true, "video-codec", "????"},
      {"", false, "flv-truncated", ""},
      {"af", false, "flv-truncated", ""},
      {"af02", false, "flv-packet-type", ""},
      {"2f00", false, "audio-codec", "MP3"},
      {"9061632d33", false, "audio-codec", "AC-3"},
      {"90664c6143", false, "audio-codec", "FLAC"},
      {"90", false, "audio-codec", "unknown"},
      {"954f707573", false, "audio-codec", "several sounds"},
      {"934f707573", false, "flv-packet-type", ""},
  };
  for (const auto& bad : cases) {
    const Bytes bytes = *from_hex(bad.hex);
    Error error;
    if (bad.video) {
      const auto tag = parse_video_tag(bytes);
      ASSERT_FALSE(tag) << bad.hex;
      error = tag.error();
    } else {
      const auto tag = parse_audio_tag(bytes);
      ASSERT_FALSE(tag) << bad.hex;
      error = tag.error();
    }
    EXPECT_EQ(error.code, bad.code) << bad.hex;
    EXPECT_NE(error.detail.find(bad.names), std::string::npos) << error.detail;
  }
}

}  // namespace
}  // namespace geili::media::flv
