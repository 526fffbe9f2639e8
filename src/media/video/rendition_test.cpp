#include "media/video/rendition.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/numbered_pictures.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::video {
namespace {

using testing::numbered_pictures;

UnitPtr sound_at(std::int64_t at_us) {
  static const CodecConfigPtr config = testing::audio_config();
  Unit unit;
  unit.track = Track::audio;
  unit.keyframe = true;
  unit.dts_us = unit.pts_us = at_us;
  unit.config = config;
  unit.payload = std::make_shared<const Bytes>(*from_hex("21004990"));
  return std::make_shared<const Unit>(std::move(unit));
}

class VideoRendition : public ::testing::Test {
 protected:
  ~VideoRendition() override { worker_.stop(); }

  std::shared_ptr<Rendition> make() {
    return Rendition::create({}, worker_, media_,
                             [this](const StreamItem& item) { items_.push_back(item); });
  }
  // Until everything came out.
  void settle(const Rendition& rendition) {
    const auto work = boost::asio::make_work_guard(*media_);
    media_->restart();
    while (!rendition.is_idle() && media_->run_one_for(std::chrono::seconds(30)) > 0) {
    }
  }
  std::size_t pictures() const {
    return static_cast<std::size_t>(std::ranges::count_if(items_, [](const StreamItem& item) {
      const auto* unit = std::get_if<UnitPtr>(&item);
      return unit != nullptr && (*unit)->track == Track::video;
    }));
  }

  std::shared_ptr<boost::asio::io_context> media_ = std::make_shared<boost::asio::io_context>();
  PictureWorker worker_;
  std::vector<StreamItem> items_;
};

TEST_F(VideoRendition, KeepsPicturesSoundAndPauseInOrder) {
  worker_.start(2);
  const auto rendition = make();
  const auto source = numbered_pictures({.codec = Codec::vp8, .count = 40});
  for (const UnitPtr& unit : source) {
    rendition->convert(unit);
    rendition->pass(sound_at(unit->pts_us));
  }
  rendition->pass(Pause{StreamState::away, 1'600'000});
  settle(*rendition);
  ASSERT_EQ(items_.size(), 81U);
  for (std::size_t i = 0; i < 80; ++i) {
    const UnitPtr& unit = std::get<UnitPtr>(items_[i]);
    EXPECT_EQ(unit->track, i % 2 == 0 ? Track::video : Track::audio);
    EXPECT_EQ(unit->pts_us, source[i / 2]->pts_us);
  }
  EXPECT_EQ(std::get<Pause>(items_[80]).end_us, 1'600'000);
  EXPECT_EQ(rendition->figures().pictures, 40U);
  EXPECT_EQ(rendition->figures().dropped, 0U);
}

TEST_F(VideoRendition, APauseWaitsForThePicturesThatTheDecoderHolds) {
  worker_.start(1);
  const auto rendition = make();
  for (const UnitPtr& unit : numbered_pictures({.count = 30, .b_frames = 2})) {
    rendition->convert(unit);
  }
  rendition->pass(Pause{StreamState::away, 1});
  settle(*rendition);
  ASSERT_EQ(items_.size(), 31U);
  EXPECT_TRUE(std::holds_alternative<Pause>(items_.back()));
}

TEST_F(VideoRendition, NothingPendingIsHandedOnAtOnce) {
  const auto rendition = make();
  rendition->pass(sound_at(5));
  EXPECT_EQ(items_.size(), 1U);
  EXPECT_TRUE(rendition->is_idle());
}

TEST_F(VideoRendition, GivesUpToTheNextKeyFrameWhenItIsLate) {
  const auto rendition = make();  // the threads do not run yet
  const auto first = numbered_pictures({.count = 1});
  rendition->convert(first[0]);
  worker_.start(1);
  settle(*rendition);
  worker_.stop();
  items_.clear();

  const auto source =
      numbered_pictures({.count = 150, .keyframe_every = 50, .start_us = 1'000'000});
  for (const UnitPtr& unit : source) rendition->convert(unit);
  EXPECT_EQ(rendition->figures().dropped, 150 - Rendition::kWaitingMax);
  worker_.start(1);
  settle(*rendition);
  EXPECT_EQ(pictures(), Rendition::kWaitingMax);
  // What could not be kept up with is over: a key frame begins anew.
  const auto more = numbered_pictures({.count = 60, .keyframe_every = 50, .start_us = 9'000'000});
  for (unsigned i = 40; i < 60; ++i) rendition->convert(more[i]);
  settle(*rendition);
  EXPECT_EQ(pictures(), Rendition::kWaitingMax + 10);
}

TEST_F(VideoRendition, BeginsWithALongerGroup) {
  const auto rendition = make();
  for (const UnitPtr& unit : numbered_pictures({.count = 100, .keyframe_every = 100})) {
    rendition->convert(unit);
  }
  EXPECT_EQ(rendition->figures().dropped, 0U);
  worker_.start(1);
  settle(*rendition);
  EXPECT_EQ(pictures(), 100U);
}

TEST_F(VideoRendition, NothingComesOnceItIsGone) {
  auto rendition = make();
  for (const UnitPtr& unit : numbered_pictures({.count = 10})) rendition->convert(unit);
  rendition.reset();
  worker_.start(1);
  worker_.stop();
  media_->poll();
  EXPECT_TRUE(items_.empty());
}

TEST_F(VideoRendition, MakesAKeyFrameWhenAskedTo) {
  worker_.start(1);
  const auto rendition = make();
  const auto source = numbered_pictures({.count = 20});
  for (unsigned i = 0; i < 10; ++i) rendition->convert(source[i]);
  settle(*rendition);
  rendition->want_key_frame();
  for (unsigned i = 10; i < 20; ++i) rendition->convert(source[i]);
  settle(*rendition);
  ASSERT_EQ(items_.size(), 20U);
  EXPECT_TRUE(std::get<UnitPtr>(items_[10])->keyframe);
  EXPECT_FALSE(std::get<UnitPtr>(items_[11])->keyframe);
}

}  // namespace
}  // namespace geili::media::video
