#include "media/h264/profile.hpp"

#include <gtest/gtest.h>

namespace geili::media::h264 {
namespace {

TEST(H264Profile, IsReadFromBothBytes) {
  const struct {
    const char* id;
    std::optional<Profile> profile;
  } cases[] = {
      {"42e01f", Profile::constrained_baseline},
      {"42c00b", Profile::constrained_baseline},
      {"42401f", Profile::constrained_baseline},
      {"4d801f", Profile::constrained_baseline},
      {"58c01f", Profile::constrained_baseline},
      {"42001f", Profile::baseline},
      {"42801F", Profile::baseline},
      {"58801f", Profile::baseline},
      {"4d001f", Profile::main},
      {"4D401f", Profile::main},
      {"58001f", Profile::extended},
      {"64001f", Profile::high},
      {"640c1f", Profile::constrained_high},
      {"64081f", std::nullopt},
      {"6e001f", std::nullopt},
      {"f4001f", std::nullopt},
  };
  for (const auto& good : cases) {
    const auto id = parse_profile_level_id(good.id);
    ASSERT_TRUE(id) << good.id;
    EXPECT_EQ(profile_of(*id), good.profile) << good.id;
  }
  EXPECT_EQ(parse_profile_level_id("42E01F")->to_text(), "42e01f");
  for (const char* bad : {"", "42e01", "42e01g", "42e01f00"}) {
    EXPECT_FALSE(parse_profile_level_id(bad)) << bad;
  }
}

Sps stream(std::uint8_t profile, std::uint8_t constraints) {
  Sps sps;
  sps.profile = profile;
  sps.constraints = constraints;
  return sps;
}

TEST(H264Profile, AStreamGoesToADecoderThatHasItsTools) {
  using enum Profile;
  const Sps constrained = stream(0x42, 0xC0);
  EXPECT_EQ(excess(constrained_baseline, constrained), 0U);
  for (const Profile p : {baseline, main, high, constrained_high, extended}) {
    EXPECT_GT(excess(p, constrained), 0U);
  }
  const Sps main_stream = stream(0x4D, 0x40);
  EXPECT_FALSE(excess(constrained_baseline, main_stream));
  EXPECT_FALSE(excess(baseline, main_stream));
  EXPECT_LT(*excess(constrained_high, main_stream), *excess(high, main_stream));
  const Sps high_stream = stream(0x64, 0);
  EXPECT_FALSE(excess(main, high_stream));
  EXPECT_EQ(excess(constrained_high, high_stream), 0U);
  EXPECT_TRUE(excess(high, high_stream));
  EXPECT_FALSE(excess(high, stream(0x6E, 0)));  // High 10
}

TEST(H264Profile, BaselineThatDoesNotSayItIsConstrainedIsTakenLast) {
  using enum Profile;
  const Sps plain = stream(0x42, 0);
  EXPECT_EQ(excess(baseline, plain), 0U);
  EXPECT_GT(*excess(constrained_baseline, plain), *excess(extended, plain));
  EXPECT_TRUE(excess(high, plain));
}

TEST(H264Profile, InterlaceAndReorderingNeedTheirDecoder) {
  using enum Profile;
  Sps sps = stream(0x64, 0);
  sps.interlaced = true;
  EXPECT_FALSE(excess(constrained_high, sps));
  EXPECT_TRUE(excess(high, sps));
  sps.interlaced = false;
  sps.reorder_known = true;
  sps.reorder_frames = 2;
  EXPECT_FALSE(excess(constrained_high, sps));
  EXPECT_TRUE(excess(high, sps));
}

}  // namespace
}  // namespace geili::media::h264
