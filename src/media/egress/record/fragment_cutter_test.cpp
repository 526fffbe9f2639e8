#include "media/egress/record/fragment_cutter.hpp"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/record_units.hpp"

namespace geili::media::record {
namespace {

using testing::as_unit;
using testing::picture;
using testing::RecordUnits;
using testing::sound;

constexpr std::int64_t kMs = 1'000;

class Cutting : public ::testing::Test {
 protected:
  void picture_at(std::int64_t ms, bool key) {
    cutter_.push(as_unit(picture(video_, ms * kMs, key), Instant{ms * kMs}), cut_);
  }
  void sound_at(std::int64_t ms) {
    cutter_.push(as_unit(sound(audio_, ms * kMs), Instant{ms * kMs}), cut_);
  }

  CodecConfigPtr video_ = testing::video_config();
  CodecConfigPtr audio_ = testing::audio_config();
  FragmentCutter cutter_{video_, audio_, 0};
  std::vector<CutFragment> cut_;
};

TEST_F(Cutting, HoldsEveryFrameOnceAndInOrder) {
  const auto fragments = RecordUnits().groups(4);
  ASSERT_EQ(fragments.size(), 4U);
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    EXPECT_TRUE(fragments[i].independent);
    EXPECT_EQ(fragments[i].pictures.size(), 30U);
    EXPECT_TRUE(fragments[i].pictures.front()->keyframe);
    for (const UnitPtr& unit : fragments[i].sounds) {
      EXPECT_GE(unit->dts_us, fragments[i].start_us);
      EXPECT_LT(unit->dts_us, fragments[i].end_us);
    }
    if (i > 0) EXPECT_EQ(fragments[i].start_us, fragments[i - 1].end_us);
  }
}

TEST_F(Cutting, WaitsForTheSoundBeforeTheCut) {
  picture_at(0, true);
  sound_at(0);
  picture_at(1'000, true);
  EXPECT_TRUE(cut_.empty());
  sound_at(990);
  EXPECT_TRUE(cut_.empty());
  sound_at(1'011);
  ASSERT_EQ(cut_.size(), 1U);
  EXPECT_EQ(cut_[0].sounds.size(), 2U);
  EXPECT_EQ(cut_[0].end_us, 1'000 * kMs);
}

TEST_F(Cutting, DoesNotWaitForSoundThatStaysAway) {
  picture_at(0, true);
  picture_at(1'000, true);
  picture_at(1'400, false);
  EXPECT_TRUE(cut_.empty());
  picture_at(1'500, false);
  EXPECT_EQ(cut_.size(), 1U);
}

TEST_F(Cutting, JoinsGroupsThatAreTooShort) {
  for (int ms = 0; ms <= 2'000; ms += 100) {
    sound_at(ms);
    picture_at(ms, true);
  }
  ASSERT_EQ(cut_.size(), 2U);
  EXPECT_EQ(cut_[0].pictures.size(), 9U);
}

TEST_F(Cutting, CutsAGroupThatIsTooLongWhereItIs) {
  picture_at(0, true);
  for (int ms = 500; ms <= 10'500; ms += 500) {
    sound_at(ms);
    picture_at(ms, false);
  }
  ASSERT_EQ(cut_.size(), 1U);
  EXPECT_EQ(cut_[0].end_us, kFragmentUsMax);
  cutter_.flush(11'000 * kMs, cut_);
  EXPECT_FALSE(cut_[1].independent);
}

TEST_F(Cutting, GoesOnWithSoundWhenThePictureStandsStill) {
  picture_at(0, true);
  for (int ms = 0; ms <= 11'000; ms += 100) sound_at(ms);
  ASSERT_EQ(cut_.size(), 1U);
  EXPECT_TRUE(cut_[0].pictures.empty());  // nobody knows yet how long it lasts
  EXPECT_FALSE(cut_[0].independent);
  picture_at(11'100, true);
  picture_at(12'200, true);
  sound_at(12'300);
  EXPECT_EQ(cut_[1].pictures.front()->dts_us, 0);
}

TEST_F(Cutting, KeepsTheRestAndItsLength) {
  picture_at(0, true);
  sound_at(0);
  picture_at(33, false);
  cutter_.flush(66 * kMs, cut_);
  ASSERT_EQ(cut_.size(), 1U);
  EXPECT_EQ(cut_[0].end_us, 66 * kMs);
  EXPECT_EQ(cut_[0].pictures.size(), 2U);
  cutter_.flush(66 * kMs, cut_);
  EXPECT_EQ(cut_.size(), 1U);
}

TEST(CuttingSound, CutsByTime) {
  const auto audio = testing::audio_config();
  FragmentCutter cutter(nullptr, audio, 0);
  std::vector<CutFragment> cut;
  for (int ms = 0; ms <= 4'000; ms += 100) {
    cutter.push(as_unit(sound(audio, ms * kMs), Instant{}), cut);
  }
  ASSERT_EQ(cut.size(), 2U);
  EXPECT_TRUE(cut[1].independent);
  EXPECT_EQ(cut[1].start_us, 2'000 * kMs);
}

}  // namespace
}  // namespace geili::media::record
