#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "media/fmp4/fragment.hpp"
#include "media/fmp4/init_segment.hpp"
#include "media/testing/golden.hpp"
#include "media/testing/mp4_fragments.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::fmp4 {
namespace {

using testing::golden;

// Hexadecimal, 32 bytes a line: a difference can be read.
std::string dump(std::string_view bytes) {
  constexpr std::size_t kLine = 32;
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += kLine) {
    text += to_hex(as_bytes(bytes.substr(at, kLine))) + "\n";
  }
  return text;
}

Sample sample(const SourceUnit& source, std::uint32_t duration, std::int32_t composition) {
  Unit unit;
  unit.track = source.track;
  unit.keyframe = source.keyframe;
  unit.config = source.config;
  unit.payload = source.payload;
  return {std::make_shared<const Unit>(std::move(unit)), duration, composition};
}

TEST(InitSegment, StaysAsItIs) {
  const auto video = testing::video_config();
  const auto audio = testing::audio_config();
  const std::string both = dump(write_init_segment(video.get(), audio.get()));
  EXPECT_EQ(both, golden(GEILI_SOURCE_DIR, "init_both.hex", both))
      << "run ./dev test unit --update";
  const std::string sound = dump(write_init_segment(nullptr, audio.get()));
  EXPECT_EQ(sound, golden(GEILI_SOURCE_DIR, "init_audio.hex", sound));
}

TEST(Fragment, StaysAsItIs) {
  const auto video = testing::video_config();
  const auto audio = testing::audio_config();
  fmp4::Run pictures{161'550'000'000'000, {}};
  pictures.samples.push_back(sample(testing::picture(video, 0, true), 3'000, 6'000));
  pictures.samples.push_back(sample(testing::picture(video, 0, false), 3'000, -3'000));
  fmp4::Run sounds{86'160'000'000'000, {}};
  sounds.samples.push_back(sample(testing::sound(audio, 0), 1'024, 0));
  const std::string fragment = write_fragment(7, pictures, sounds);
  const std::string text = dump(fragment);
  EXPECT_EQ(text, golden(GEILI_SOURCE_DIR, "fragment.hex", text));

  const auto read = testing::read_fragments(fragment);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].dts, pictures.dts);
  EXPECT_EQ(read[0].duration, 6'000);
  EXPECT_TRUE(read[0].begins_with_sync);
  EXPECT_EQ(read[0].compositions, (std::vector<std::int32_t>{6'000, -3'000}));
  EXPECT_EQ(read[1].track, kAudioTrackId);
  EXPECT_TRUE(fragment.ends_with(as_text(*sounds.samples[0].unit->payload)));
}

}  // namespace
}  // namespace geili::media::fmp4
