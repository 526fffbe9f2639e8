#include "media/egress/record/recorder.hpp"

#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/test_camera.hpp"

namespace geili::media::record {
namespace {

class Kept final : public RecordingFeed {
 public:
  explicit Kept(std::vector<CutFragment>& fragments) : fragments_(fragments) {}
  void push(CutFragment fragment) override { fragments_.push_back(std::move(fragment)); }
  bool is_paused() const override { return false; }

 private:
  std::vector<CutFragment>& fragments_;
};

class RecorderTest : public ::testing::Test {
 protected:
  void publish(int ms) { camera_.publish(*publication_, clock_, ms); }

  ManualClock clock_;
  testing::TestCamera camera_{.sound_late_us = 130'000};
  std::shared_ptr<Stream> stream_ = std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{});
  std::unique_ptr<Publication> publication_ = std::move(*stream_->publish(nullptr));
  std::vector<CutFragment> fragments_;
};

TEST_F(RecorderTest, LosesNoSoundWhereThePictureChanges) {
  Recorder recorder(stream_, std::make_unique<Kept>(fragments_));
  publish(3'000);
  camera_.video = testing::other_video_config();
  publish(3'000);
  camera_.video = testing::video_config();
  publish(120);
  stream_->end();
  ASSERT_TRUE(recorder.is_over());
  std::vector<UnitPtr> sounds;
  std::size_t pictures = 0;
  for (const CutFragment& fragment : fragments_) {
    pictures += fragment.pictures.size();
    for (const UnitPtr& unit : fragment.pictures) EXPECT_EQ(unit->config, fragment.video);
    for (const UnitPtr& unit : fragment.sounds) {
      EXPECT_LT(unit->dts_us, fragment.end_us);
      sounds.push_back(unit);
    }
  }
  EXPECT_EQ(pictures, 153U);
  EXPECT_NE(fragments_.back().video->width, testing::other_video_config()->width);
  constexpr double kSoundUs = 1024e6 / 48'000;
  ASSERT_GT(sounds.size(), 270U);
  for (std::size_t i = 1; i < sounds.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(sounds[i]->dts_us - sounds[i - 1]->dts_us), kSoundUs, 1) << i;
  }
}

}  // namespace
}  // namespace geili::media::record
