#include "media/aac/adts.hpp"

#include <gtest/gtest.h>

#include "media/aac/audio_specific_config.hpp"

namespace geili::media::aac {
namespace {

TEST(Adts, ReadsAFrame) {
  // AAC-LC, 48 kHz, stereo, 371 bytes.
  const auto header = parse_adts_header(*from_hex("fff14c802e7ffc"));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->header_bytes, 7U);
  EXPECT_EQ(header->frame_bytes, 371U);
  EXPECT_EQ(to_hex(header->config), "1190");
  const auto described = describe(header->config);
  ASSERT_TRUE(described);
  EXPECT_EQ(described->sample_rate_hz, 48'000U);
  EXPECT_EQ(described->channels, 2U);
}

TEST(Adts, ReadsAFrameWithAChecksum) {
  const auto header = parse_adts_header(*from_hex("fff050402e7ffc"));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->header_bytes, 9U);
  EXPECT_EQ(to_hex(header->config), "1208");  // 44.1 kHz, mono
}

TEST(Adts, RefusesBadInput) {
  struct Row {
    const char* name;
    const char* bytes;
    const char* code;
  };
  const Row rows[] = {
      {"empty", "", "adts-truncated"},
      {"six bytes", "fff14c802e7f", "adts-truncated"},
      {"no sync word", "fef14c802e7ffc", "adts-header"},
      {"a layer of MPEG audio", "fff34c802e7ffc", "adts-header"},
      {"a reserved sample rate", "fff174802e7ffc", "adts-header"},
      {"a frame of its header alone", "fff14c8000fffc", "adts-header"},
      {"a frame shorter than its header", "fff14c80009ffc", "adts-header"},
      {"four frames behind one header", "fff14c802e7fff", "audio-format"},
  };
  for (const Row& row : rows) {
    const auto header = parse_adts_header(*from_hex(row.bytes));
    ASSERT_FALSE(header) << row.name;
    EXPECT_EQ(header.error().code, row.code) << row.name;
  }
}

}  // namespace
}  // namespace geili::media::aac
