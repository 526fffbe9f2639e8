// LL-HLS of pictures that are transcoded: for who asks, and a lower one in step with the source's.
#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "media/egress/llhls/channel.hpp"
#include "media/slate_source.hpp"
#include "media/testing/hls_follower.hpp"
#include "media/testing/mp4_fragments.hpp"
#include "media/testing/numbered_pictures.hpp"
#include "media/testing/picture_threads.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::llhls {
namespace {

using testing::HlsFollower;
using testing::HlsPlaylist;
using testing::numbered_pictures;

constexpr std::uint64_t kFirst = 500;
constexpr std::int64_t kStepUs = 40'000;
constexpr double kSoundUs = 1024e6 / 48'000;

class ChannelRenditions : public ::testing::Test {
 protected:
  void begin(Codec codec, bool low) {
    pictures_ = numbered_pictures({.codec = codec, .width = 480, .height = 400});
    stream_ = std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{}, threads_.making(low));
    slate_ = std::make_shared<SlateSource>(stream_, clock_, threads_.worker(), threads_.media());
    channel_ = std::make_unique<Channel>(stream_, kFirst, room_);
    stream_->on_change([this] { channel_->stream_changed(); });
    publication_ = std::move(*stream_->publish(nullptr));
  }
  // Goes on publishing for `ms`: 25 pictures a second with a key frame each second, and sound.
  void publish(int ms) {
    for (const std::int64_t end_us = at_us_ + ms * 1'000; at_us_ < end_us; at_us_ += kStepUs) {
      const auto index = static_cast<std::size_t>(at_us_ / kStepUs) % pictures_.size();
      const UnitPtr& unit = pictures_[index];
      if (unit->keyframe) slate_->on_key_frame(unit);
      publication_->push({Track::video, unit->keyframe, at_us_, 0, unit->config, unit->payload});
      if (low_late_us_) {
        publication_->push({.track = Track::video,
                            .keyframe = unit->keyframe,
                            .dts_us = at_us_ + *low_late_us_,
                            .config = unit->config,
                            .payload = unit->payload,
                            .layer = Layer::low});
      }
      for (; sound_us_ < static_cast<double>(at_us_); sound_us_ += kSoundUs) {
        publication_->push(testing::sound(audio_, static_cast<std::int64_t>(sound_us_)));
      }
      clock_.advance(std::chrono::milliseconds(40));
      settle();
    }
  }
  // Nobody publishes for `ms`.
  void stay_away(int ms) {
    for (int i = 0; i < ms / 50; ++i) {
      clock_.advance(std::chrono::milliseconds(50));
      slate_->tick();
      settle();
    }
  }
  // The slate is made by threads whose time is not that of the clock.
  void await_slate() {
    const auto reader = stream_->read(4'000, nullptr);
    ASSERT_TRUE(threads_.until([&] {
      clock_.advance(std::chrono::milliseconds(50));
      slate_->tick();
      boost::asio::post(*threads_.media(), [] {});
      const auto item = reader->pop();
      const UnitPtr* unit = item ? std::get_if<UnitPtr>(&*item) : nullptr;
      return unit != nullptr && (*unit)->slate;
    }));
  }
  void come_back() {
    publication_ = std::move(*stream_->publish(nullptr));
    at_us_ = (at_us_ / 1'000'000 + 5) * 1'000'000;
    sound_us_ = static_cast<double>(at_us_) + 15'000;
  }
  void settle() {
    threads_.media()->restart();
    threads_.media()->poll();
    ASSERT_TRUE(threads_.until([this] { return stream_->is_settled(); }));
  }
  std::shared_ptr<std::string> ask(const std::string& name, const std::string& query = "") {
    auto answer = std::make_shared<std::string>();
    const Answer done = [answer](Result<HlsBody> body) {
      *answer = body ? *body->body : "!" + body.error().code;
    };
    if (name.ends_with(".m3u8"))
      channel_->playlist(name, query, done);
    else
      channel_->file(name, done);
    return answer;
  }
  HlsFollower::Fetch fetch() {
    return [this](const std::string& name, const std::string& query) {
      const auto answer = ask(name, query);
      settle();
      if (answer->empty())
        channel_->expire(std::chrono::steady_clock::now() + std::chrono::seconds(7));
      return *answer;
    };
  }
  HlsPlaylist list(const std::string& name) {
    return HlsPlaylist::parse(*ask(name)).value_or(HlsPlaylist{});
  }
  void idle(int s) { channel_->expire(std::chrono::steady_clock::now() + std::chrono::seconds(s)); }
  void live_long(Codec codec);
  std::uint64_t made() const { return threads_.worker().figures().made; }

  ManualClock clock_;
  mutable testing::PictureThreads threads_;
  WaitingRoom room_{{.waiting_max = 30, .wait_ms_max = 6'000, .reload_wait_ms_max = 1'200}, 0};
  CodecConfigPtr audio_ = testing::audio_config();
  std::vector<UnitPtr> pictures_;
  std::shared_ptr<Stream> stream_;
  std::shared_ptr<SlateSource> slate_;
  std::unique_ptr<Channel> channel_;
  std::unique_ptr<Publication> publication_;
  std::int64_t at_us_ = 0;
  double sound_us_ = 0;
  std::optional<std::int64_t> low_late_us_;  // none: the publisher sends no lower picture
};

TEST_F(ChannelRenditions, Vp8IsTranscodedForWhoAsksAndNoLonger) {
  begin(Codec::vp8, false);
  publish(3'500);
  EXPECT_EQ(made(), 0U);
  EXPECT_TRUE(channel_->is_playable());
  const auto index = ask("index.m3u8");
  publish(2'500);
  EXPECT_NE(index->find("avc1.42C01E,mp4a.40.2"), std::string::npos) << *index;
  EXPECT_GE(made(), 70U);  // the cached group as well
  HlsFollower follower(fetch());
  ASSERT_TRUE(follower.begin());
  for (int i = 0; i < 6; ++i) {
    publish(760);
    ASSERT_TRUE(follower.reload());
  }
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  EXPECT_GT(follower.parts_played(), 10U);

  const std::uint64_t last = follower.playlist().segments.back().number;
  idle(31);
  const std::uint64_t before = made();
  publish(4'000);
  EXPECT_EQ(made(), before);
  EXPECT_TRUE(channel_->is_playable());
  const auto media = ask("media.m3u8");
  publish(2'500);
  const auto again = HlsPlaylist::parse(*media);
  ASSERT_TRUE(again) << *media;
  EXPECT_GT(again->segments.front().number, last);
  EXPECT_GT(again->discontinuity_sequence, 0U);
}

TEST_F(ChannelRenditions, H264IsReadAllTheTimeAsItCostsNothing) {
  begin(Codec::h264, false);
  publish(2'500);
  EXPECT_TRUE(channel_->window().is_ready());
  idle(40);
  publish(2'000);
  EXPECT_GE(list("media.m3u8").segments.size(), 2U);
  EXPECT_EQ(made(), 0U);
  EXPECT_EQ(*ask("low.m3u8"), "!hls-name");
  EXPECT_EQ(*ask("low-s500.m4s"), "!hls-name");
}

TEST_F(ChannelRenditions, TheLowerPictureIsMadeForWhoAsks) {
  begin(Codec::h264, true);
  publish(3'400);
  const std::string index = *ask("index.m3u8");
  EXPECT_NE(index.find("RESOLUTION=480x400\nmedia.m3u8\n"), std::string::npos) << index;
  EXPECT_NE(index.find("RESOLUTION=432x360\nlow.m3u8\n"), std::string::npos) << index;
  EXPECT_EQ(made(), 0U);
  const auto low = ask("low.m3u8");
  settle();
  // At once: what is cached is transcoded.
  const auto first = HlsPlaylist::parse(*low);
  ASSERT_TRUE(first) << *low;
  EXPECT_EQ(first->segments.back().number, list("media.m3u8").segments.back().number);
  publish(2'000);
  EXPECT_GE(made(), 50U);
  idle(16);
  const std::uint64_t before = made();
  publish(1'000);
  EXPECT_EQ(made(), before);
  EXPECT_EQ(*ask("low-p9999.0.m4s"), "!hls-name");
}

// Numbers, times, lengths and discontinuities of what both list.
void expect_in_step(const HlsPlaylist& source, const HlsPlaylist& low) {
  ASSERT_FALSE(low.segments.empty());
  EXPECT_EQ(source.target_s, low.target_s);
  std::size_t compared = 0;
  std::uint64_t source_discontinuities = source.discontinuity_sequence;
  std::uint64_t low_discontinuities = low.discontinuity_sequence;
  auto other = low.segments.begin();
  for (const auto& segment : source.segments) {
    source_discontinuities += segment.discontinuity ? 1 : 0;
    if (other == low.segments.end() || segment.number < other->number) continue;
    ASSERT_EQ(segment.number, other->number);
    low_discontinuities += other->discontinuity ? 1 : 0;
    EXPECT_EQ(source_discontinuities, low_discontinuities) << segment.number;
    EXPECT_EQ(segment.duration_s, other->duration_s) << segment.number;
    const std::size_t parts = std::min(segment.parts.size(), other->parts.size());
    for (std::size_t i = 0; i < parts; ++i) {
      EXPECT_EQ(segment.parts[i].duration_s, other->parts[i].duration_s);
      EXPECT_EQ(segment.parts[i].independent, other->parts[i].independent) << other->parts[i].uri;
      EXPECT_FALSE(other->parts[i].gap && !segment.parts[i].gap) << other->parts[i].uri;
    }
    ++compared;
    ++other;
  }
  EXPECT_GE(compared, 2U);
}

// All that can happen to a stream, judged by the rules of a player.
void ChannelRenditions::live_long(Codec codec) {
  begin(codec, true);
  const auto index = ask("index.m3u8");
  publish(3'000);
  EXPECT_TRUE(index->starts_with("#EXTM3U"));
  HlsFollower source(fetch());
  ASSERT_TRUE(source.begin());
  HlsFollower low(fetch(), "low.m3u8");
  ASSERT_TRUE(low.begin());
  for (int round = 0; round < 20; ++round) {
    publish(760);
    ASSERT_TRUE(source.reload());
    ASSERT_TRUE(low.reload());
    if (round % 8 == 3) {
      publication_->end("disconnected");
      if (round > 3) await_slate();
      stay_away(round == 3 ? 500 : 3'000);
      source.reload();
      low.reload();
      come_back();
    }
    if (round == 7) pictures_ = numbered_pictures({.codec = codec, .width = 400, .height = 480});
    if (round == 14) {
      at_us_ += 90'000'000;  // the encoder's clock jumps
      sound_us_ += 90'000'000;
    }
  }
  EXPECT_EQ(source.faults(), std::vector<std::string>{});
  EXPECT_EQ(low.faults(), std::vector<std::string>{});
  expect_in_step(source.playlist(), low.playlist());
  EXPECT_GT(low.parts_played(), 40U);
  publication_->end("unpublished");
  stream_->end();
  settle();
  source.reload();
  low.reload();
  EXPECT_TRUE(source.playlist().ended);
  EXPECT_TRUE(low.playlist().ended);
}

TEST_F(ChannelRenditions, BothListsKeepTheRulesAndStepThroughALongLife) {
  live_long(Codec::h264);
}

TEST_F(ChannelRenditions, BothListsOfVp8KeepThemAsWell) {
  live_long(Codec::vp8);
}

// Who changes between the two misses no sound.
TEST_F(ChannelRenditions, PartsOfBothEndWithTheSameSound) {
  begin(Codec::h264, true);
  low_late_us_ = 12'000;
  publish(3'400);
  HlsFollower source(fetch());
  ASSERT_TRUE(source.begin());
  HlsFollower low(fetch(), "low.m3u8");
  ASSERT_TRUE(low.begin());
  for (int i = 0; i < 8; ++i) {
    publish(760);
    ASSERT_TRUE(source.reload());
    ASSERT_TRUE(low.reload());
  }
  const auto sound_end_of = [this](const std::string& name) {
    const testing::TrackFragment sound = testing::read_fragments(*ask(name)).back();
    return sound.dts + sound.duration;
  };
  constexpr std::string_view kLow = "low-";
  std::size_t compared = 0;
  for (const auto& segment : list("low.m3u8").segments) {
    for (const auto& part : segment.parts) {
      if (part.gap) continue;
      EXPECT_EQ(sound_end_of(part.uri), sound_end_of(part.uri.substr(kLow.size()))) << part.uri;
      ++compared;
    }
  }
  EXPECT_GT(compared, 10U);
}

TEST_F(ChannelRenditions, TheSlateIsPlayedWithADiscontinuityOnEitherSide) {
  begin(Codec::h264, false);
  publish(3'000);
  HlsFollower follower(fetch());
  ASSERT_TRUE(follower.begin());
  publication_->end("disconnected");
  await_slate();
  stay_away(4'000);
  ASSERT_TRUE(follower.reload());
  const std::string map = follower.playlist().segments.front().map;
  EXPECT_NE(follower.playlist().segments.back().map, map);
  come_back();
  publish(3'000);
  ASSERT_TRUE(follower.reload());
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  std::size_t discontinuities = 0;
  for (const auto& segment : follower.playlist().segments) {
    if (segment.discontinuity) ++discontinuities;
  }
  EXPECT_EQ(discontinuities, 2U);
}

}  // namespace
}  // namespace geili::media::llhls
