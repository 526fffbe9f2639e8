#include "media/slate_source.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "media/engine.hpp"
#include "media/testing/numbered_pictures.hpp"
#include "media/testing/picture_threads.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media {
namespace {

using testing::numbered_pictures;

constexpr double kSoundUs = 1024e6 / 48'000;

class SlateSourceTest : public ::testing::Test {
 protected:
  // A second of 25 pictures and their sound.
  void publish(Publication& publication, std::int64_t source_us) {
    double sound_us = static_cast<double>(source_us);
    for (const UnitPtr& unit : pictures_) {
      const std::int64_t at_us = source_us + unit->dts_us;
      publication.push({Track::video, unit->keyframe, at_us, 0, unit->config, unit->payload});
      for (; sound_us < static_cast<double>(at_us + 40'000); sound_us += kSoundUs) {
        publication.push(testing::sound(audio_, static_cast<std::int64_t>(sound_us)));
      }
      clock_.advance(std::chrono::milliseconds(40));
      if (unit->keyframe) slate_->on_key_frame(unit);
    }
  }
  // As the engine does it.
  void ticks(int count) {
    for (int i = 0; i < count; ++i) {
      clock_.advance(std::chrono::milliseconds(50));
      slate_->tick();
      threads_.media()->restart();
      threads_.media()->poll();
    }
  }
  // The slate is made by threads whose time is not that of the clock.
  bool until_shown() {
    return threads_.until([this] {
      slate_->tick();
      collect();
      boost::asio::post(*threads_.media(), [] {});
      return !items_.empty() && is_slate(items_.back());
    });
  }
  void collect() {
    while (auto item = reader_->pop()) items_.push_back(*item);
  }
  static bool is_slate(const StreamItem& item) {
    const UnitPtr* unit = std::get_if<UnitPtr>(&item);
    return unit != nullptr && (*unit)->slate;
  }
  std::vector<UnitPtr> units(Track track, bool slate) const {
    std::vector<UnitPtr> found;
    for (const StreamItem& item : items_) {
      const UnitPtr* unit = std::get_if<UnitPtr>(&item);
      if (unit != nullptr && (*unit)->track == track && (*unit)->slate == slate) {
        found.push_back(*unit);
      }
    }
    return found;
  }
  std::size_t count(Track track, bool slate) const { return units(track, slate).size(); }

  ManualClock clock_;
  testing::PictureThreads threads_;
  CodecConfigPtr audio_ = testing::audio_config();
  std::vector<UnitPtr> pictures_ = numbered_pictures({.count = 25, .keyframe_every = 25});
  std::shared_ptr<Stream> stream_ =
      std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{}, threads_.making());
  std::shared_ptr<SlateSource> slate_ =
      std::make_shared<SlateSource>(stream_, clock_, threads_.worker(), threads_.media());
  std::shared_ptr<Reader> reader_ = stream_->read(4'000, nullptr, {.watched = true});
  std::vector<StreamItem> items_;
};

TEST_F(SlateSourceTest, ShowsAPictureAndSilenceOnTheSameTimeline) {
  auto publication = std::move(*stream_->publish(nullptr));
  publish(*publication, 0);
  publication->end("disconnected");
  ticks(8);
  collect();
  EXPECT_EQ(count(Track::video, true), 0U);  // four tenths of a second are no reason
  ticks(10);
  ASSERT_TRUE(until_shown());
  ticks(100);
  collect();
  const auto shown = units(Track::video, true);
  EXPECT_GE(shown.size(), 14U);
  EXPECT_TRUE(shown.front()->keyframe);
  EXPECT_EQ(shown.front()->config->width, 320U);
  EXPECT_NE(shown.front()->config, stream_->config(Track::video));
  const auto seen = units(Track::video, false);
  std::int64_t last_us = seen.back()->dts_us;
  for (const UnitPtr& unit : shown) {
    EXPECT_GT(unit->dts_us, last_us);
    EXPECT_LE(unit->dts_us - last_us, 340'000);
    last_us = unit->dts_us;
  }
  auto sound = units(Track::audio, false);
  const auto silence = units(Track::audio, true);
  EXPECT_NEAR(static_cast<double>(silence.size()), 5e6 / kSoundUs, 10);
  sound.insert(sound.end(), silence.begin(), silence.end());
  for (std::size_t i = 1; i < sound.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(sound[i]->dts_us - sound[i - 1]->dts_us), kSoundUs, 2) << i;
  }
  EXPECT_EQ(stream_->state(), StreamState::away);
  EXPECT_EQ(stream_->figures().frames, 25U);
  EXPECT_EQ(stream_->figures().silent_frames, 0U);
  EXPECT_FALSE(stream_->warnings().audio_gaps);
}

// A player whose reload is answered without a new part asks again a second later.
TEST_F(SlateSourceTest, FillsAPartBeforeAReloadThatWaitsForItIsAnswered) {
  auto publication = std::move(*stream_->publish(nullptr));
  publish(*publication, 0);
  publication->end("disconnected");
  const Instant lost = clock_.now();
  collect();
  while (!stream_->is_quiet()) ticks(1);
  ASSERT_TRUE(until_shown());
  while (count(Track::video, true) < 2) {  // the second picture ends the first part
    ticks(1);
    collect();
  }
  constexpr std::int64_t kMakingItUs = 200'000;
  EXPECT_LE((clock_.now() - lost).count() + kMakingItUs,
            std::int64_t{HlsLimits{}.reload_wait_ms_max} * 1'000);
}

TEST_F(SlateSourceTest, TheNextPublicationReplacesItAtItsFirstKeyFrame) {
  auto publication = std::move(*stream_->publish(nullptr));
  publish(*publication, 0);
  publication->end("disconnected");
  ticks(25);
  ASSERT_TRUE(until_shown());
  ticks(30);
  // Connected, but without a picture.
  publication = std::move(*stream_->publish(nullptr));
  const std::size_t before = (collect(), count(Track::video, true));
  ticks(20);
  collect();
  EXPECT_GT(count(Track::video, true), before + 1);
  const std::int64_t slate_us = units(Track::video, true).back()->dts_us;
  publish(*publication, 90'000'000);
  collect();
  ticks(20);
  collect();
  const UnitPtr first = units(Track::video, false)[25];
  EXPECT_TRUE(first->keyframe);
  EXPECT_EQ(first->config, stream_->config(Track::video));
  EXPECT_GT(first->dts_us, slate_us);
  EXPECT_LT(first->dts_us - slate_us, 360'000);
  EXPECT_NEAR(static_cast<double>((first->captured - clock_.now()).count()), -2e6, 50'000);
  EXPECT_EQ(units(Track::video, true).back()->dts_us, slate_us);
}

// A recording leaves the slate out and closes the hole: the sound then has no seam.
TEST_F(SlateSourceTest, LastsWholeFramesOfSound) {
  const auto keeper = stream_->read(4'000, nullptr, {.slate = false});
  auto publication = std::move(*stream_->publish(nullptr));
  publish(*publication, 0);
  publication->end("disconnected");
  ticks(25);
  ASSERT_TRUE(until_shown());
  ticks(37);
  publication = std::move(*stream_->publish(nullptr));
  publish(*publication, 50'000'000);
  std::int64_t end_us = 0;
  std::optional<std::int64_t> hole_us;
  double sound_end_us = 0;
  while (auto item = keeper->pop()) {
    if (const Pause* pause = std::get_if<Pause>(&*item)) {
      end_us = pause->end_us;
      continue;
    }
    const UnitPtr& unit = std::get<UnitPtr>(*item);
    EXPECT_FALSE(unit->slate);
    if (unit->track == Track::video) {
      if (end_us != 0 && !hole_us) hole_us = unit->dts_us - end_us;
      continue;
    }
    const auto at_us = static_cast<double>(unit->dts_us - hole_us.value_or(0));
    if (sound_end_us != 0) EXPECT_NEAR(at_us, sound_end_us, 3);
    sound_end_us = at_us + kSoundUs;
  }
  ASSERT_TRUE(hole_us);
  EXPECT_GT(*hole_us, 1'800'000);
}

TEST_F(SlateSourceTest, WhoJoinsMeanwhileBeginsWithIt) {
  auto publication = std::move(*stream_->publish(nullptr));
  publish(*publication, 0);
  publication->end("disconnected");
  ticks(25);
  ASSERT_TRUE(until_shown());
  ticks(5);
  const auto joined = stream_->read(1'000, nullptr);
  const auto item = joined->pop();
  ASSERT_TRUE(item);
  EXPECT_TRUE(is_slate(*item));
  EXPECT_TRUE(std::get<UnitPtr>(*item)->keyframe);
}

TEST_F(SlateSourceTest, IsForWhoWatchesAndEndsWithTheShow) {
  reader_->set_watched(false);
  auto publication = std::move(*stream_->publish(nullptr));
  publish(*publication, 0);
  publication->end("disconnected");
  ticks(60);
  collect();
  EXPECT_EQ(count(Track::video, true), 0U);
  reader_->set_watched(true);
  ASSERT_TRUE(until_shown());
  reader_->set_watched(false);
  ticks(2);
  collect();
  ASSERT_TRUE(std::holds_alternative<Pause>(items_.back()));
  const std::int64_t end_us = std::get<Pause>(items_.back()).end_us;
  ticks(100);
  reader_->set_watched(true);
  ticks(2);
  collect();
  // It goes on where it ended, whenever that is.
  EXPECT_EQ(units(Track::video, true).back()->dts_us, end_us);
  stream_->end();
  ticks(20);
  collect();
  EXPECT_EQ(std::get<Pause>(items_.back()).state, StreamState::ended);
}

TEST_F(SlateSourceTest, AnUndecodableKeyFrameMakesNone) {
  auto publication = std::move(*stream_->publish(nullptr));
  const auto config = testing::video_config();
  publication->push(testing::picture(config, 0, true));
  slate_->on_key_frame(std::make_shared<const Unit>(
      Unit{.keyframe = true,
           .config = config,
           .payload = std::make_shared<const Bytes>(*from_hex("0000000365aabb"))}));
  publication->end("disconnected");
  ticks(60);
  collect();
  EXPECT_EQ(items_.size(), 2U);
}

}  // namespace
}  // namespace geili::media
