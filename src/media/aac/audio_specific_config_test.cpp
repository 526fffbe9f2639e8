#include "media/aac/audio_specific_config.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "media/byte_writer.hpp"
#include "media/testing/process.hpp"

namespace geili::media::aac {
namespace {

TEST(AudioSpecificConfig, ReadsWhatEncodersSend) {
  const struct {
    const char* hex;
    const char* rfc6381;
    unsigned rate_hz, channels, samples;
  } cases[] = {
      {"1190", "mp4a.40.2", 48'000, 2, 1024},
      {"1210", "mp4a.40.2", 44'100, 2, 1024},
      {"119056e500", "mp4a.40.2", 48'000, 2, 1024},  // with the backward compatible extension
      {"1208", "mp4a.40.2", 44'100, 1, 1024},
      {"1194", "mp4a.40.2", 48'000, 2, 960},
      {"11b0", "mp4a.40.2", 48'000, 6, 1024},
      {"2b118800", "mp4a.40.5", 24'000, 2, 1024},      // HE-AAC: 48 kHz out
      {"178017700800", "mp4a.40.2", 12'000, 1, 1024},  // an explicit rate
  };
  for (const auto& good : cases) {
    const auto config = describe(*from_hex(good.hex));
    ASSERT_TRUE(config) << good.hex << " " << config.error().code;
    EXPECT_EQ(config->rfc6381, good.rfc6381) << good.hex;
    EXPECT_EQ(config->sample_rate_hz, good.rate_hz) << good.hex;
    EXPECT_EQ(config->channels, good.channels) << good.hex;
    EXPECT_EQ(config->samples_per_frame, good.samples) << good.hex;
  }
}

TEST(AudioSpecificConfig, RefusesBadInput) {
  const struct {
    std::string hex;
    const char* code;
  } cases[] = {
      {"", "asc-truncated"},           {"11", "asc-truncated"},
      {"2b", "asc-truncated"},         {"0a10", "audio-format"},  // AAC Main
      {"f8e61000", "audio-format"},                               // USAC
      {"1180", "audio-format"},  // layout in a program config element
      {"11c0", "audio-format"},  // a reserved layout
      {"1690", "asc-value"},     // a reserved rate
      {"17800000080000", "asc-value"}, {std::string(200, '1'), "asc-value"},
  };
  for (const auto& bad : cases) {
    const auto config = parse_audio_specific_config(*from_hex(bad.hex));
    ASSERT_FALSE(config) << bad.hex;
    EXPECT_EQ(config.error().code, bad.code) << bad.hex;
  }
}

// The frame as an ADTS stream of 48 kHz (ISO/IEC 14496-3 section 1.A.3), ten times.
std::string adts(const Bytes& frame, unsigned channels) {
  const unsigned size = 7 + static_cast<unsigned>(frame.size());
  ByteWriter out;
  for (int i = 0; i < 10; ++i) {
    out.u16(0xFFF1);
    out.u8(0x4C);
    out.u8(channels << 6 | size >> 11);
    out.u8(size >> 3);
    out.u8((size & 7U) << 5 | 0x1F);
    out.u8(0xFC);
    out.bytes(frame);
  }
  return std::move(out).take();
}

TEST(SilentFrame, IsSilentToADecoder) {
  for (const unsigned channels : {1U, 2U}) {
    const auto path =
        std::filesystem::temp_directory_path() / ("geili_silence_" + std::to_string(getpid()));
    std::ofstream(path, std::ios::binary) << adts(*silent_frame(channels), channels);
    const std::string samples =
        testing::output_of("ffmpeg -v error -f aac -i " + path.string() + " -f s16le - 2>&1");
    std::filesystem::remove(path);
    EXPECT_EQ(samples.size(), 10 * 1024 * 2 * channels);
    EXPECT_EQ(samples.find_first_not_of('\0'), std::string::npos);
  }
}

TEST(SilentFrame, IsThereForMonoAndStereoOnly) {
  EXPECT_FALSE(silent_frame(6));
}

}  // namespace
}  // namespace geili::media::aac
