#include "media/egress/record/recorder.hpp"

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/source_units.hpp"

namespace geili::media::record {
namespace {

using testing::picture;
using testing::sound;

constexpr double kSoundUs = 1024e6 / 48'000;

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
  // 25 pictures a second with a key frame each second; sound comes `late_us` after its picture.
  void publish(int ms, std::int64_t late_us) {
    for (const std::int64_t end_us = at_us_ + ms * 1'000; at_us_ < end_us; at_us_ += 40'000) {
      publication_->push(picture(video_, at_us_, at_us_ % 1'000'000 == 0));
      for (; sound_us_ < static_cast<double>(at_us_ - late_us); sound_us_ += kSoundUs) {
        publication_->push(sound(audio_, static_cast<std::int64_t>(sound_us_)));
      }
      clock_.advance(std::chrono::milliseconds(40));
    }
  }

  ManualClock clock_;
  CodecConfigPtr video_ = testing::video_config();
  CodecConfigPtr audio_ = testing::audio_config();
  std::shared_ptr<Stream> stream_ = std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{});
  std::unique_ptr<Publication> publication_ = std::move(*stream_->publish(nullptr));
  std::vector<CutFragment> fragments_;
  std::int64_t at_us_ = 0;
  double sound_us_ = 0;
};

TEST_F(RecorderTest, LosesNoSoundWhereThePictureChanges) {
  Recorder recorder(stream_, std::make_unique<Kept>(fragments_));
  publish(3'000, 130'000);
  video_ = testing::other_video_config();
  publish(3'000, 130'000);
  video_ = testing::video_config();
  publish(120, 130'000);
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
  ASSERT_GT(sounds.size(), 270U);
  for (std::size_t i = 1; i < sounds.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(sounds[i]->dts_us - sounds[i - 1]->dts_us), kSoundUs, 1) << i;
  }
}

}  // namespace
}  // namespace geili::media::record
