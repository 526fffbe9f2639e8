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
      {"9068766331", true, "video-codec", "hvc1"},
      {"9061763031", true, "video-codec", "av01"},
      {"90", true, "video-codec", "unknown"},
      {"90000aff7f", true, "video-codec", "????"},
      {"", false, "flv-truncated", ""},
      {"af", false, "flv-truncated", ""},
      {"af02", false, "flv-packet-type", ""},
      {"2f00", false, "audio-codec", "MP3"},
      {"904f707573", false, "audio-codec", "Opus"},
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
