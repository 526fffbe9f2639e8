#include <string>

#include <gtest/gtest.h>

#include "media/h264/avcc.hpp"
#include "media/h264/nal.hpp"
#include "media/h264/sps.hpp"

namespace geili::media::h264 {
namespace {

TEST(Sps, ReadsWhatEncodersSend) {
  const struct {
    const char* hex;
    const char* rfc6381;
    unsigned width, height;
    double frames_per_s;
    unsigned reorder_frames;
    bool interlaced;
  } cases[] = {
      {"6742c00dda05067e7c0440000003004000000f03c50aa8", "avc1.42C00D", 320, 180, 30, 0, false},
      {"6764002aacd940780227e5c044000003000400000301e03c60c658", "avc1.64002A", 1920, 1080, 60, 2,
       false},
      {"674d4028eca02201e3cbe022000003000200000300641e30632c", "avc1.4D4028", 1080, 1920, 25, 2,
       false},
      {"6764001eacd940b424dff8020001688000000300800000190f8a14cb", "avc1.64001E", 720, 576, 25, 2,
       true},
  };
  for (const auto& good : cases) {
    const auto sps = parse_sps(*from_hex(good.hex));
    ASSERT_TRUE(sps) << good.rfc6381 << " " << sps.error().code;
    EXPECT_EQ(sps->rfc6381(), good.rfc6381);
    EXPECT_EQ(sps->width, good.width);
    EXPECT_EQ(sps->height, good.height);
    EXPECT_NEAR(sps->frames_per_s, good.frames_per_s, 0.01) << good.rfc6381;
    EXPECT_EQ(sps->reorder_frames, good.reorder_frames) << good.rfc6381;
    EXPECT_EQ(sps->interlaced, good.interlaced);
  }
  const auto wide = parse_sps(*from_hex(cases[3].hex));
  EXPECT_EQ(wide->aspect_width * 45, wide->aspect_height * 64);
}

TEST(Sps, RefusesBadInput) {
  const struct {
    const char* hex;
    const char* code;
  } cases[] = {
      {"", "sps-value"},
      {"68ce0fc8", "sps-value"},  // a PPS
      {"6742c00d", "sps-truncated"},
      {"6742c00dda05", "sps-truncated"},
      {"6742c00d0000", "sps-truncated"},
      {"6742c00d0000000000000000000000000000000000", "sps-truncated"},
      // 16,384 macroblocks wide.
      {"6742c00dda0000400080040000", "sps-size"},
  };
  for (const auto& bad : cases) {
    const auto sps = parse_sps(*from_hex(bad.hex));
    ASSERT_FALSE(sps) << bad.hex;
    EXPECT_EQ(sps.error().code, bad.code) << bad.hex;
  }
}

TEST(Avcc, PutsBackWhatWasRead) {
  for (const char* hex :
       {"0142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa801000468ce0fc8",
        "0164002affe1001b6764002aacd940780227e5c044000003000400000301e03c60c65801000468ef8fcbfdf8f8"
        "00"}) {
    const auto config = parse_avcc(*from_hex(hex));
    ASSERT_TRUE(config) << config.error().code;
    EXPECT_EQ(to_hex(write_avcc(*config)), hex);
  }
  const auto described =
      describe(*parse_avcc(*from_hex("0164002affe1001b6764002aacd940780227e5c044000003000400000301e"
                                     "03c60c65801000468ef8fcbfdf8f800")));
  ASSERT_TRUE(described);
  EXPECT_TRUE(described->reorders);
  EXPECT_EQ(described->height, 1080U);
}

TEST(Avcc, RefusesBadInput) {
  const struct {
    const char* hex;
    const char* code;
  } cases[] = {
      {"", "avcc-truncated"},
      {"0142c00dff", "avcc-truncated"},
      {"0042c00dffe1", "avcc-version"},
      {"0142c00dfee1", "avcc-value"},  // 3-byte lengths
      {"0142c00dffe000", "avcc-empty"},
      {"0142c00dffe1ffff67", "avcc-truncated"},
      {"0142c00dffe1000268ce", "avcc-value"},  // a PPS among the SPS
      {"0142c00dffe100046742c00d00", "avcc-empty"},
      {"0142c00dffe100046742c00d01000468ce", "avcc-truncated"},
  };
  for (const auto& bad : cases) {
    const auto config = parse_avcc(*from_hex(bad.hex));
    ASSERT_FALSE(config) << bad.hex;
    EXPECT_EQ(config.error().code, bad.code) << bad.hex;
  }
}

TEST(Avcc, RefusesWhatBrowsersDoNotPlay) {
  // x264's High 4:2:2 with 10 bits.
  const DecoderConfig config{
      4, {*from_hex("677a000dbcd94141fa1000000300100000030320f14299600000")}, {*from_hex("68ce")}};
  const auto described = describe(config);
  ASSERT_FALSE(described);
  EXPECT_EQ(described.error().code, "video-format");
}

TEST(Nal, SplitsByLengths) {
  const Bytes unit = *from_hex(
      "000000026588"
      "00000000"
      "0000000141");
  const auto nals = split_length_prefixed(unit, 4);
  ASSERT_TRUE(nals);
  ASSERT_EQ(nals->size(), 2U);
  EXPECT_EQ(type_of((*nals)[0]), NalType::idr_slice);
  EXPECT_EQ(type_of((*nals)[1]), NalType::slice);
  EXPECT_EQ(split_length_prefixed(*from_hex("0165"
                                            "0141"),
                                  1)
                ->size(),
            2U);

  for (const char* bad : {"00", "0000000365", "ffffffff65",
                          "000000026588"
                          "0000"}) {
    const auto split = split_length_prefixed(*from_hex(bad), 4);
    ASSERT_FALSE(split) << bad;
    EXPECT_EQ(split.error().code, "nal-length");
  }
  std::string many;
  for (std::size_t i = 0; i <= kNalsMax; ++i) many += std::string("\x01\x41", 2);
  EXPECT_EQ(split_length_prefixed(as_bytes(many), 1).error().code, "nal-limit");
}

TEST(Nal, TakesEmulationPreventionOut) {
  EXPECT_EQ(to_hex(unescape(*from_hex("0000030100000302000003"))), "0000010000020000");
  EXPECT_EQ(to_hex(unescape(*from_hex("000003000003"))), "00000000");
}

}  // namespace
}  // namespace geili::media::h264
