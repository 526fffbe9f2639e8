#include "media/flv/flv_units.hpp"

#include <string>

#include <gtest/gtest.h>

#include "media/testing/rtmp_client.hpp"

namespace geili::media::flv {
namespace {

using testing::aac_config_tag;
using testing::aac_frame_tag;
using testing::avc_config_tag;
using testing::avc_frame_tag;

ByteView view(const std::string& text) {
  return as_bytes(text);
}

class FlvUnitsTest : public ::testing::Test {
 protected:
  SourceUnit video(const std::string& tag, std::uint32_t ms) {
    auto unit = units_.video(view(tag), ms);
    EXPECT_TRUE(unit) << unit.error().code;
    EXPECT_TRUE(*unit);
    return **unit;
  }
  FlvUnits units_;
};

TEST_F(FlvUnitsTest, GivesUnitsBehindTheirConfiguration) {
  EXPECT_FALSE(*units_.video(view(avc_frame_tag(true)), 0));
  EXPECT_FALSE(*units_.audio(view(aac_frame_tag()), 0));
  EXPECT_FALSE(*units_.video(view(avc_config_tag()), 0));
  EXPECT_FALSE(*units_.audio(view(aac_config_tag()), 0));

  const SourceUnit picture = video(avc_frame_tag(true, 40), 100);
  EXPECT_TRUE(picture.keyframe);
  EXPECT_EQ(picture.dts_us, 100'000);
  EXPECT_EQ(picture.composition_us, 40'000);
  EXPECT_EQ(picture.config->rfc6381, "avc1.42C00D");
  EXPECT_EQ(picture.config->width, 320U);
  EXPECT_FALSE(video(avc_frame_tag(false), 133).keyframe);

  const auto sound = units_.audio(view(aac_frame_tag()), 101);
  ASSERT_TRUE(sound && *sound);
  EXPECT_EQ((**sound).config->sample_rate_hz, 48'000U);
}

TEST_F(FlvUnitsTest, ConfigurationChangesOnlyWithItsBytes) {
  ASSERT_TRUE(units_.video(view(avc_config_tag()), 0));
  const auto before = video(avc_frame_tag(true), 0).config;
  ASSERT_TRUE(units_.video(view(avc_config_tag()), 0));
  EXPECT_EQ(video(avc_frame_tag(true), 33).config, before);

  std::string other = avc_config_tag();
  other[other.size() - 1] = '\x70';  // another PPS
  ASSERT_TRUE(units_.video(view(other), 66));
  EXPECT_NE(video(avc_frame_tag(true), 66).config, before);
}

TEST_F(FlvUnitsTest, ParameterSetsAmongTheFramesBecomeTheConfiguration) {
  ASSERT_TRUE(units_.video(view(avc_config_tag()), 0));
  const auto before = video(avc_frame_tag(true), 0).config;
  // Delimiter, SPS of 1920x1080, PPS, filler and an IDR slice.
  const Bytes tag = *from_hex(
      "17010000000000000209f00000001b6764002aacd940780227e5c044000003000400000301e03c60c658"
      "00000004"
      "68ef8fcb"
      "000000020cff"
      "000000026588");
  const auto unit = units_.video(tag, 40);
  ASSERT_TRUE(unit && *unit);
  EXPECT_NE((**unit).config, before);
  EXPECT_EQ((**unit).config->width, 1920U);
  EXPECT_EQ((**unit).config->height, 1080U);
  EXPECT_EQ(to_hex(*(**unit).payload), "000000026588");
}

TEST_F(FlvUnitsTest, ShortLengthsBecomeFourBytes) {
  std::string config = avc_config_tag();
  config[9] = static_cast<char>(0xFD);  // 2-byte lengths
  ASSERT_TRUE(units_.video(view(config), 0));
  const auto unit = units_.video(*from_hex("1701000000"
                                           "00026588"),
                                 0);
  ASSERT_TRUE(unit && *unit);
  EXPECT_EQ(to_hex(*(**unit).payload), "000000026588");
}

TEST_F(FlvUnitsTest, TimeGoesOnWhenTimestampsBeginAgain) {
  ASSERT_TRUE(units_.video(view(avc_config_tag()), 0));
  ASSERT_TRUE(units_.audio(view(aac_config_tag()), 0));
  const struct {
    std::uint32_t before, after;
  } wraps[] = {{0xFFFFFFF0, 0x00000010}, {0x00FFFFF0, 0x00000010}};
  for (const auto& wrap : wraps) {
    const std::int64_t start = video(avc_frame_tag(true), wrap.before).dts_us;
    EXPECT_EQ(video(avc_frame_tag(false), wrap.after).dts_us - start, 32'000);
    // The other track follows a little later.
    EXPECT_EQ((**units_.audio(view(aac_frame_tag()), wrap.before + 5)).dts_us - start, 5'000);
    EXPECT_EQ((**units_.audio(view(aac_frame_tag()), wrap.after + 5)).dts_us - start, 37'000);
  }
}

// "OpusHead", version 1, stereo, 312 samples of pre-skip, 48 kHz.
constexpr const char* kOpusHeader = "904f7075734f707573486561640102380180bb0000000000";

TEST_F(FlvUnitsTest, TakesOpusAndLearnsItsLengthFromThePackets) {
  EXPECT_FALSE(*units_.audio(*from_hex("914f707573fcfffe"), 0));  // before its header
  EXPECT_FALSE(*units_.audio(*from_hex(kOpusHeader), 0));
  const auto first = units_.audio(*from_hex("914f707573fcfffe"), 40);
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((**first).dts_us, 40'000);
  EXPECT_EQ((**first).config->codec, Codec::opus);
  EXPECT_EQ((**first).config->channels, 2U);
  EXPECT_EQ((**first).config->samples_per_frame, 960U);
  EXPECT_EQ(to_hex(*(**first).payload), "fcfffe");
  EXPECT_FALSE(*units_.audio(*from_hex(kOpusHeader), 60));
  const auto second = units_.audio(*from_hex("914f707573fcfffe"), 60);
  EXPECT_EQ((**second).config, (**first).config);
  const auto longer = units_.audio(*from_hex("914f707573fdfffefffe"), 80);
  EXPECT_EQ((**longer).config->samples_per_frame, 1'920U);
}

TEST_F(FlvUnitsTest, RefusesBrokenOpus) {
  const struct {
    const char* hex;
    const char* code;
  } cases[] = {
      {"904f707573", "opus-header"},
      {"904f7075734f7075734865616401023801", "opus-header"},
      {"904f7075734f707573486561640106380180bb0000000000", "audio-format"},
      {"914f707573ff", "opus-packet"},  // a count of frames that is missing
  };
  ASSERT_TRUE(units_.audio(*from_hex(kOpusHeader), 0));
  for (const auto& bad : cases) {
    const auto unit = units_.audio(*from_hex(bad.hex), 0);
    ASSERT_FALSE(unit) << bad.hex;
    EXPECT_EQ(unit.error().code, bad.code) << bad.hex;
  }
}

TEST_F(FlvUnitsTest, RefusesBrokenFrames) {
  ASSERT_TRUE(units_.video(view(avc_config_tag()), 0));
  const auto cut = units_.video(*from_hex("1701000000"
                                          "0000000965"),
                                0);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, "nal-length");
  EXPECT_FALSE(*units_.video(*from_hex("1701000000"), 0));  // nothing in it
}

}  // namespace
}  // namespace geili::media::flv
