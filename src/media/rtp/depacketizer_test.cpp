#include "media/rtp/depacketizer.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/rtp/h264_depacketizer.hpp"
#include "media/rtp/opus_depacketizer.hpp"
#include "media/rtp/vp8_depacketizer.hpp"

namespace geili::media::rtp {
namespace {

const std::string kSps = "6742c00dda05067e7c0440000003004000000f03c50aa8";
const std::string kPps = "68ce0fc8";
const std::string kIdr = "65b8aabb";    // first macroblock 0, slice type 7 (I), PPS 0
const std::string kIdr2 = "655c1122";   // a second slice: not at the first macroblock
const std::string kSlice = "41e0aabb";  // first macroblock 0

// Payloads as "timestamp[m] hex", "gap"; units come out as "time[k]:payload".
struct Step {
  std::uint32_t timestamp;
  bool marker;
  std::string hex;  // empty: a gap
};

std::string run(Depacketizer& depacketizer, const std::vector<Step>& steps) {
  std::vector<SourceUnit> units;
  for (const Step& step : steps) {
    if (step.hex.empty()) {
      depacketizer.gap();
      continue;
    }
    const Bytes payload = *from_hex(step.hex);
    (void)depacketizer.push({step.timestamp, step.marker, step.timestamp * 10, payload}, units);
  }
  std::string out;
  for (const SourceUnit& unit : units) {
    EXPECT_TRUE(unit.config);
    out += std::to_string(unit.dts_us) + (unit.keyframe ? "k:" : ":") + to_hex(*unit.payload) + " ";
  }
  return out;
}

std::string sized(const std::string& nal) {
  const std::string digits = to_hex(Bytes{static_cast<std::byte>(nal.size() / 2)});
  return "000000" + digits + nal;
}

std::string aggregate(const std::vector<std::string>& nals) {
  std::string hex = "78";
  for (const std::string& nal : nals) {
    hex += "00" + to_hex(Bytes{static_cast<std::byte>(nal.size() / 2)}) + nal;
  }
  return hex;
}

TEST(H264Depacketizer, TakesEveryWayOfSendingAKeyFrame) {
  const std::vector<std::vector<Step>> ways = {
      {{1, false, kSps}, {1, false, kPps}, {1, true, kIdr}},
      {{0, true, kSps}, {0, true, kPps}, {1, true, kIdr}},  // as pictures of their own
      {{1, false, aggregate({kSps, kPps})}, {1, true, kIdr}},
      {{1, true, aggregate({kSps, kPps, kIdr})}},
      {{1, false, "0910"}, {1, false, aggregate({kSps, kPps})}, {1, true, kIdr}},
      {{1, false, aggregate({kSps, kPps})},
       {1, false, "7c85b8"},
       {1, false, "7c05aa"},
       {1, true, "7c45bb"}},
      // The timestamp of the next picture ends one without a marker.
      {{1, false, aggregate({kSps, kPps})}, {1, false, kIdr}, {2, false, "0910"}},
  };
  for (std::size_t i = 0; i < ways.size(); ++i) {
    H264Depacketizer depacketizer;
    EXPECT_TRUE(depacketizer.needs_key());
    EXPECT_EQ(run(depacketizer, ways[i]), "10k:" + sized(kIdr) + " ") << i;
    EXPECT_FALSE(depacketizer.needs_key());
    EXPECT_EQ(depacketizer.damaged(), 0U) << i;
  }
}

TEST(H264Depacketizer, JoinsTheSlicesOfAPicture) {
  H264Depacketizer depacketizer;
  EXPECT_EQ(run(depacketizer, {{1, false, aggregate({kSps, kPps})},
                               {1, false, kIdr},
                               {1, true, kIdr2},
                               {2, true, kSlice}}),
            "10k:" + sized(kIdr) + sized(kIdr2) + " 20:" + sized(kSlice) + " ");
}

TEST(H264Depacketizer, DropsDamagedPicturesUntilTheNextKeyFrame) {
  const std::vector<Step> start = {{1, false, aggregate({kSps, kPps})}, {1, true, kIdr}};
  const std::vector<std::vector<Step>> damages = {
      {{2, false, "7c81e0"}, {2, false, ""}, {2, true, "7c41bb"}},  // a fragment missing
      {{2, false, ""}, {2, true, "7c41bb"}},                        // its start
      {{2, false, "7c81e0"}, {2, true, kSlice}},                    // another NAL unit within
      {{2, true, "7c81e0"}},                                        // its end
      {{2, false, "7c81e0"}, {3, true, kSlice}},                    // the next picture
      {{2, false, "7c81e0"}, {2, true, "7c45bb"}},                  // of another type
      {{2, true, "7c"}},
      {{2, true, "7cc1"}},               // without content
      {{2, true, "c1e0aa"}},             // the forbidden bit
      {{2, true, "790001"}},             // STAP-B
      {{2, true, "7800"}},               // half a length
      {{2, true, "78000541e0"}},         // too long
      {{2, true, "78000041e0"}},         // an empty NAL unit
      {{2, true, aggregate({"7800"})}},  // one aggregate in another
      {{2, true, "41"}},                 // a slice without content
      {{2, true, "415aaa"}},             // that does not begin the picture
      {{2, true, "67"}},                 // an SPS without content
  };
  for (std::size_t i = 0; i < damages.size(); ++i) {
    H264Depacketizer depacketizer;
    run(depacketizer, start);
    EXPECT_EQ(run(depacketizer, damages[i]), "") << i;
    EXPECT_TRUE(depacketizer.needs_key()) << i;
    EXPECT_GE(depacketizer.damaged(), 1U) << i;
    EXPECT_EQ(run(depacketizer, {{8, true, kSlice}, {9, true, kIdr}, {10, true, kSlice}}),
              "90k:" + sized(kIdr) + " 100:" + sized(kSlice) + " ")
        << i;
    EXPECT_GE(depacketizer.skipped(), 1U) << i;
  }
}

TEST(H264Depacketizer, AGapBetweenPicturesCostsTheirSuccessors) {
  H264Depacketizer depacketizer;
  run(depacketizer, {{1, false, aggregate({kSps, kPps})}, {1, true, kIdr}});
  EXPECT_EQ(run(depacketizer, {{0, false, ""}, {2, true, kSlice}}), "");
  EXPECT_EQ(depacketizer.damaged(), 0U);
  EXPECT_TRUE(depacketizer.needs_key());
  // A key frame right behind a gap is whole if its first slice is there.
  EXPECT_EQ(run(depacketizer, {{0, false, ""}, {3, true, kIdr}}), "30k:" + sized(kIdr) + " ");
  EXPECT_EQ(run(depacketizer, {{0, false, ""}, {4, true, kIdr2}}), "");
}

TEST(H264Depacketizer, NeedsTheSetsThatAKeyFrameRefersTo) {
  H264Depacketizer depacketizer;
  EXPECT_EQ(run(depacketizer, {{1, true, kIdr}, {2, false, kSps}, {2, true, kIdr}}), "");
  EXPECT_TRUE(depacketizer.needs_key());
  EXPECT_EQ(run(depacketizer, {{3, false, kPps}, {3, true, kIdr}}), "30k:" + sized(kIdr) + " ");
}

CodecConfigPtr config_of(H264Depacketizer& depacketizer, const std::vector<std::string>& nals) {
  std::vector<SourceUnit> units;
  const Bytes payload = *from_hex(aggregate(nals));
  EXPECT_TRUE(depacketizer.push({1, true, 1, payload}, units));
  return units.empty() ? nullptr : units.back().config;
}

TEST(H264Depacketizer, MakesAConfigurationOnlyWhenItsBytesChange) {
  H264Depacketizer depacketizer;
  const auto first = config_of(depacketizer, {kSps, kPps, kIdr});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->rfc6381, "avc1.42C00D");
  EXPECT_EQ(first->width, 320U);
  EXPECT_EQ(config_of(depacketizer, {kSps, kPps, kIdr}), first);
  EXPECT_EQ(config_of(depacketizer, {kIdr}), first);
  // The same picture at another level.
  const auto second =
      config_of(depacketizer, {"6742c01fda05067e7c0440000003004000000f03c50aa8", kPps, kIdr});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->rfc6381, "avc1.42C01F");
}

TEST(H264Depacketizer, SaysWhenBrowsersCannotDecodeIt) {
  H264Depacketizer depacketizer;
  std::vector<SourceUnit> units;
  // 4:2:2 with 8 bits.
  const Bytes payload =
      *from_hex(aggregate({"677a002abcd940780227e5c044000003000400000301e03c60c658", kPps, kIdr}));
  const auto pushed = depacketizer.push({1, true, 1, payload}, units);
  EXPECT_TRUE(units.empty());
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().code, "video-format");
  EXPECT_TRUE(depacketizer.needs_key());
}

TEST(H264Depacketizer, StampsReorderedPicturesInTheOrderOfDecoding) {
  H264Depacketizer depacketizer;
  run(depacketizer, {{10'000, true, aggregate({kSps, kPps, kIdr})}, {22'000, true, kSlice}});
  std::vector<SourceUnit> units;
  const Bytes slice = *from_hex(kSlice);
  for (const std::uint32_t timestamp : {14'000U, 18'000U, 34'000U}) {
    ASSERT_TRUE(depacketizer.push({timestamp, true, timestamp * 10, slice}, units));
  }
  ASSERT_EQ(units.size(), 3U);
  EXPECT_GT(units[0].dts_us, 220'000);
  EXPECT_EQ(units[0].dts_us + units[0].composition_us, 140'000);
  EXPECT_GT(units[1].dts_us, units[0].dts_us);
  EXPECT_EQ(units[1].dts_us + units[1].composition_us, 180'000);
  EXPECT_EQ(units[2].dts_us, 340'000);
  EXPECT_EQ(units[2].composition_us, 0);
}

TEST(H264Depacketizer, KeepsItsLimit) {
  H264Depacketizer depacketizer;
  run(depacketizer, {{1, true, aggregate({kSps, kPps, kIdr})}});
  std::vector<SourceUnit> units;
  Bytes fragment(64 * 1024, std::byte{0xAA});
  fragment[0] = std::byte{0x7C};
  fragment[1] = std::byte{0x81};
  for (std::size_t sent = 0; sent <= kAccessUnitBytesMax; sent += fragment.size()) {
    ASSERT_TRUE(depacketizer.push({2, false, 2, fragment}, units));
    fragment[1] = std::byte{0x01};
  }
  fragment[1] = std::byte{0x41};
  ASSERT_TRUE(depacketizer.push({2, true, 2, fragment}, units));
  EXPECT_TRUE(units.empty());
  EXPECT_EQ(depacketizer.damaged(), 1U);
}

const std::string kVp8Key = "100200009d012a40010f00aabb";  // 320 x 15, after a head of one byte

TEST(Vp8Descriptor, ReadsEveryField) {
  const struct {
    const char* hex;
    std::size_t bytes;
    int picture_id;
    int layer;
  } cases[] = {
      {"10aa", 1, -1, -1},     {"908005aa", 3, 5, -1},          {"90808123aa", 4, 0x123, -1},
      {"9040ffaa", 3, -1, -1}, {"90e0812305c0aa", 6, 0x123, 3}, {"9010ffaa", 3, -1, -1},
      {"9000aa", 2, -1, -1},
  };
  for (const auto& good : cases) {
    const auto descriptor = parse_vp8_descriptor(*from_hex(good.hex));
    ASSERT_TRUE(descriptor) << good.hex;
    EXPECT_EQ(descriptor->bytes, good.bytes) << good.hex;
    EXPECT_EQ(descriptor->picture_id ? *descriptor->picture_id : -1, good.picture_id) << good.hex;
    EXPECT_EQ(descriptor->temporal_layer ? *descriptor->temporal_layer : -1, good.layer)
        << good.hex;
  }
  for (const char* bad : {"", "90", "9080", "908081", "90c081", "90f08101"}) {
    EXPECT_FALSE(parse_vp8_descriptor(*from_hex(bad))) << bad;
  }
}

TEST(Vp8Depacketizer, JoinsFramesAndFindsTheirSize) {
  Vp8Depacketizer depacketizer;
  EXPECT_EQ(run(depacketizer, {{0, true, "1001aa"},  // a frame that nothing came before
                               {1, false, "90e0812305c0" + kVp8Key.substr(2)},
                               {1, true, "00cc"},
                               {2, false, "1001aa"},
                               {2, true, "11bb"}}),  // a second partition
            "10k:" + kVp8Key.substr(2) + "cc 20:01aabb ");
  std::vector<SourceUnit> units;
  ASSERT_TRUE(depacketizer.push({3, true, 3, *from_hex(kVp8Key)}, units));
  ASSERT_TRUE(depacketizer.push({4, true, 4, *from_hex(kVp8Key)}, units));
  ASSERT_TRUE(depacketizer.push({5, true, 5, *from_hex("100200009d012a400110c0aabb")}, units));
  ASSERT_EQ(units.size(), 3U);
  EXPECT_EQ(units[0].config->codec, Codec::vp8);
  EXPECT_EQ(units[0].config->width, 320U);
  EXPECT_EQ(units[0].config->height, 15U);
  EXPECT_EQ(units[1].config, units[0].config);
  EXPECT_EQ(units[2].config->height, 16U);  // its upper two bits are a scale
}

TEST(Vp8Depacketizer, DropsDamagedFramesUntilTheNextKeyFrame) {
  const std::vector<std::vector<Step>> damages = {
      {{2, false, "1001aa"}, {2, false, ""}, {2, true, "00bb"}},
      {{2, false, ""}, {2, true, "00bb"}},
      {{2, false, "1001aa"}, {2, true, "1001bb"}},  // two beginnings
      {{2, true, "11aa"}},                          // a later partition first
      {{2, true, "10"}},                            // nothing behind the descriptor
      {{2, true, "9080"}},
      {{2, true, "100200009d012b40010f00"}},    // not the start code
      {{2, true, "100200009d012a40"}},          // ends in the size
      {{2, true, "100200009d012a40010000aa"}},  // no height
      {{2, true, "1001"}},                      // ends in the tag
  };
  for (std::size_t i = 0; i < damages.size(); ++i) {
    Vp8Depacketizer depacketizer;
    run(depacketizer, {{1, true, kVp8Key}});
    EXPECT_EQ(run(depacketizer, damages[i]), "") << i;
    EXPECT_TRUE(depacketizer.needs_key()) << i;
    EXPECT_EQ(run(depacketizer, {{8, true, "1001aacc"}, {9, true, kVp8Key}}),
              "90k:" + kVp8Key.substr(2) + " ")
        << i;
  }
}

TEST(OpusDepacketizer, TakesEachPayloadAsAPacket) {
  OpusDepacketizer depacketizer;
  // Padding, a packet that is none, and then two of 20 ms and one of 60 ms.
  EXPECT_EQ(run(depacketizer, {{1, false, "fc01"}, {2, true, "03"}, {3, false, "fcfffe"}}),
            "10k:fc01 30k:fcfffe ");
  EXPECT_EQ(depacketizer.damaged(), 1U);
  std::vector<SourceUnit> units;
  for (const char* hex : {"fcfffe", "fcaa", "ff0301"}) {
    ASSERT_TRUE(depacketizer.push({4, false, 4, *from_hex(hex)}, units));
  }
  EXPECT_EQ(units[0].config, units[1].config);
  EXPECT_EQ(units[0].config->samples_per_frame, 960U);
  EXPECT_EQ(units[0].config->sample_rate_hz, 48'000U);
  EXPECT_EQ(units[0].config->channels, 2U);
  EXPECT_EQ(units[2].config->samples_per_frame, 2'880U);
}

}  // namespace
}  // namespace geili::media::rtp
