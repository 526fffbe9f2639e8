#include "media/egress/llhls/channel.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/hls_follower.hpp"
#include "media/testing/source_units.hpp"
#include "media/testing/test_camera.hpp"

namespace geili::media::llhls {
namespace {

using testing::HlsFollower;
using testing::HlsPlaylist;

constexpr std::uint64_t kFirst = 500;

class ChannelTest : public ::testing::Test {
 protected:
  ChannelTest() { publication_ = std::move(*stream_->publish(nullptr)); }

  void publish(int ms) { camera_.publish(*publication_, clock_, ms); }
  // Three seconds with sound that comes late; then the picture is another one.
  void publish_up_to_a_change(HlsFollower& follower) {
    camera_.sound_late_us = 130'000;
    publish(3'000);
    ASSERT_TRUE(follower.reload());
    camera_.video = testing::other_video_config();
  }
  // An answer that may come later.
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
      if (answer->empty()) {
        channel_->expire(std::chrono::steady_clock::now() + std::chrono::hours(1));
      }
      return *answer;
    };
  }
  HlsPlaylist list() { return HlsPlaylist::parse(*ask("media.m3u8")).value_or(HlsPlaylist{}); }

  ManualClock clock_;
  testing::TestCamera camera_;
  std::shared_ptr<Stream> stream_ = std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{});
  WaitingRoom room_{{.waiting_max = 3, .wait_ms_max = 100, .reload_wait_ms_max = 50}, 0};
  std::unique_ptr<Channel> channel_ = std::make_unique<Channel>(stream_, kFirst, room_);
  std::unique_ptr<Publication> publication_;
};

TEST_F(ChannelTest, FirstPlaylistWaitsForTheFirstSegment) {
  const auto media = ask("media.m3u8");
  const auto index = ask("index.m3u8");
  publish(1'900);
  EXPECT_EQ(*media, "");
  publish(200);
  EXPECT_TRUE(HlsPlaylist::parse(*media));
  EXPECT_TRUE(index->starts_with("#EXTM3U"));
  EXPECT_EQ(room_.waiting, 0U);
}

TEST_F(ChannelTest, AnswersWhenTheAskedPartIsThere) {
  publish(2'200);
  const auto playlist = ask("media.m3u8", "_HLS_msn=501&_HLS_part=1");
  const auto part = ask("p501.0.m4s");
  EXPECT_EQ(*part, "");
  publish(200);
  EXPECT_NE(*part, "");
  EXPECT_EQ(*playlist, "");
  publish(400);
  const auto answered = HlsPlaylist::parse(*playlist);
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->segments.back().parts.size(), 2U);
  EXPECT_EQ(*ask("p501.0.m4s"), *part);

  const auto segment = ask("media.m3u8", "_HLS_msn=501");
  EXPECT_EQ(*segment, "");
  publish(1'500);
  EXPECT_NE(segment->find("s501.m4s"), std::string::npos);
  // A part behind a segment's last is the first of the next segment.
  EXPECT_EQ(*ask("media.m3u8", "_HLS_msn=501&_HLS_part=90"), "");
}

TEST_F(ChannelTest, RefusesWhatIsNotThere) {
  publish(2'600);
  const std::map<std::string, std::string> cases{
      {"_HLS_msn=503", "!hls-query"},  // two segments ahead of the one under way
      {"_HLS_msn=501&_HLS_part=60", "!hls-query"},
      {"_HLS_msn=18446744073709551615", "!hls-query"},
      {"_HLS_part=1", "!hls-query"},
      {"_HLS_msn=x", "!hls-query"},
  };
  for (const auto& [query, code] : cases) EXPECT_EQ(*ask("media.m3u8", query), code) << query;
  for (const char* name : {"p501.5.m4s", "p502.0.m4s", "p499.0.m4s", "p500.9.m4s", "s501.m4s",
                           "s499.m4s", "init7.mp4", "other.m3u8", "", "x", "p1.m4s"}) {
    EXPECT_EQ(*ask(name), "!hls-name") << name;
  }
}

TEST_F(ChannelTest, WaitingIsBoundedInNumberAndTime) {
  publish(2'200);
  const auto hinted = ask("p501.0.m4s");
  const auto first = ask("media.m3u8", "_HLS_msn=501");
  const auto second = ask("media.m3u8", "_HLS_msn=501&_HLS_part=2");
  EXPECT_EQ(*ask("media.m3u8", "_HLS_msn=501&_HLS_part=2"), "!hls-waiting");
  channel_->expire(std::chrono::steady_clock::now());
  EXPECT_EQ(*first, "");
  channel_->expire(std::chrono::steady_clock::now() + std::chrono::milliseconds(60));
  EXPECT_TRUE(HlsPlaylist::parse(*first));
  EXPECT_EQ(*hinted, "");
  channel_->expire(std::chrono::steady_clock::now() + std::chrono::milliseconds(110));
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(*hinted, "!hls-name");
  EXPECT_EQ(room_.waiting, 0U);
}

TEST_F(ChannelTest, AwayKeepsThePlaylistAndEndFinishesIt) {
  publish(2'600);
  const auto before = ask("media.m3u8", "_HLS_msn=501&_HLS_part=3");
  publication_->end("unpublished");
  EXPECT_EQ(*before, "");
  EXPECT_FALSE(list().ended);
  EXPECT_EQ(list().segments.back().uri, "s501.m4s");
  stream_->end();
  EXPECT_TRUE(HlsPlaylist::parse(*before)->ended);
  EXPECT_TRUE(HlsPlaylist::parse(*ask("media.m3u8", "_HLS_msn=502&_HLS_part=1"))->ended);
  EXPECT_EQ(*ask("p502.0.m4s"), "!hls-name");
}

TEST_F(ChannelTest, EndBeforeTheFirstSegmentAnswers) {
  const auto waiting = ask("media.m3u8");
  stream_->end();
  EXPECT_EQ(*waiting, "!not-live");
}

TEST_F(ChannelTest, GoingAnswersWhatWaits) {
  const auto waiting = ask("media.m3u8");
  channel_.reset();
  EXPECT_EQ(*waiting, "!stopping");
  EXPECT_EQ(room_.waiting, 0U);
}

TEST_F(ChannelTest, NewSoundSettingsBeginAgainAtAKeyFrame) {
  publish(2'600);
  camera_.audio = std::make_shared<const CodecConfig>(*aac::describe(*from_hex("1208")));
  publish(3'000);
  const auto segments = list().segments;
  const auto changed =
      std::ranges::find_if(segments, [](const auto& s) { return s.discontinuity; });
  ASSERT_NE(changed, segments.end());
  EXPECT_TRUE(changed->parts.at(0).independent);
  EXPECT_NE(changed->map, segments.front().map);
}

TEST_F(ChannelTest, LosesNoSoundWhereThePictureChanges) {
  HlsFollower follower(fetch());
  publish_up_to_a_change(follower);
  publish(40);
  // Up to the sound that belongs to it, the picture of before is not over.
  EXPECT_EQ(list().hint, "p501.3.m4s");
  for (int i = 0; i < 4; ++i) {
    publish(760);
    ASSERT_TRUE(follower.reload());
  }
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  const auto segments = list().segments;
  const auto changed =
      std::ranges::find_if(segments, [](const auto& s) { return s.discontinuity; });
  ASSERT_NE(changed, segments.end());
  EXPECT_EQ(std::prev(changed)->duration_s, 1.0);
}

TEST_F(ChannelTest, LosesNoSoundWhereThePublisherGoesRightAfterAChange) {
  HlsFollower follower(fetch());
  publish_up_to_a_change(follower);
  publish(120);
  publication_->end("disconnected");
  publication_ = std::move(*stream_->publish(nullptr));
  camera_.jump_to(9'000'000);
  publish(3'000);
  ASSERT_TRUE(follower.reload());
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
}

TEST_F(ChannelTest, PlaysPicturesWithoutSound) {
  camera_.audio = nullptr;
  publish(3'500);
  EXPECT_EQ(ask("index.m3u8")->find("mp4a"), std::string::npos);
  EXPECT_GE(list().segments.size(), 2U);
}

// A long life with everything that can happen in it, judged by the rules of a player.
TEST_F(ChannelTest, KeepsTheRulesThroughALongLife) {
  HlsFollower follower(fetch());
  publish(2'500);
  for (int round = 0; round < 60; ++round) {
    publish(760);
    ASSERT_TRUE(follower.reload());
    if (round % 10 == 9) {
      publication_->end("disconnected");
      clock_.advance(std::chrono::seconds(5));
      publication_ = std::move(*stream_->publish(nullptr));
      camera_.jump_to(round * 1'000'000LL);
      camera_.sound_us += 15'000;
    }
    if (round == 35) camera_.video = testing::other_video_config();
    if (round == 45) {
      camera_.at_us += 90'000'000;  // the encoder's clock jumps
      camera_.sound_us += 90'000'000;
    }
  }
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  EXPECT_EQ(stream_->figures().timestamp_jumps, 1U);
  EXPECT_GT(follower.parts_played(), 100U);
}

}  // namespace
}  // namespace geili::media::llhls
