// From one engine to another, by the sockets of this machine.
#include "media/egress/rtmp/restream.hpp"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "media/testing/live_bench.hpp"

namespace geili::media {
namespace {

using std::chrono::milliseconds;
using testing::ffmpeg_push;
using testing::LiveBench;
using testing::Process;

RestreamTarget target_at(std::uint16_t port, const std::string& key,
                         Reach reach = Reach::loopback_too) {
  const auto url =
      parse_rtmp_url("rtmp://127.0.0.1:" + std::to_string(port) + "/live", Reach::loopback_too);
  return {.id = 3, .server = *url, .stream_key = Secret<std::string>(key), .reach = reach};
}

// Until the show's only restream is so; its last status.
template <class Condition>
RestreamStatus wait_for(LiveBench& bench, Condition condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  RestreamStatus last;
  while (std::chrono::steady_clock::now() < until) {
    const auto all = bench.get(bench.engine().restreams(LiveBench::kShow));
    if (!all.empty()) last = all.front();
    if (!all.empty() && condition(last)) break;
    std::this_thread::yield();
  }
  return last;
}

auto is_state(RestreamState state) {
  return [state](const RestreamStatus& status) { return status.state == state; };
}

TEST(Restream, SendsAShowOn) {
  LiveBench far;
  LiveBench near;
  Process encoder(ffmpeg_push(near.url(), 60));
  ASSERT_TRUE(near.told().wait_playable());
  near.engine().restream(LiveBench::kShow, {target_at(far.engine().rtmp_port(), "key-7")});
  ASSERT_TRUE(far.told().wait_playable());
  const auto status = wait_for(near, is_state(RestreamState::live));
  EXPECT_EQ(status.state, RestreamState::live);
  EXPECT_EQ(status.id, 3);
  EXPECT_EQ(status.connections, 1U);
  EXPECT_EQ(far.told().last().video.codec, near.told().last().video.codec);
  EXPECT_EQ(far.told().last().audio.codec, "mp4a.40.2");
  // The same again changes nothing; none at all ends it, and says so.
  near.engine().restream(LiveBench::kShow, {target_at(far.engine().rtmp_port(), "key-7")});
  EXPECT_EQ(wait_for(near, is_state(RestreamState::live)).connections, 1U);
  near.engine().restream(LiveBench::kShow, {});
  ASSERT_TRUE(far.told().wait_state(StreamState::away));
  EXPECT_EQ(far.told().last().reason, "unpublished");
  EXPECT_TRUE(near.get(near.engine().restreams(LiveBench::kShow)).empty());
}

TEST(Restream, AWrongKeyIsRefused) {
  LiveBench far;
  LiveBench near;
  Process encoder(ffmpeg_push(near.url(), 60));
  ASSERT_TRUE(near.told().wait_playable());
  near.engine().restream(LiveBench::kShow, {target_at(far.engine().rtmp_port(), "no-such-key")});
  const auto status = wait_for(near, is_state(RestreamState::failed));
  EXPECT_EQ(status.reason, RestreamReason::refused);
  EXPECT_TRUE(status.retry_at);
}

TEST(Restream, AnAddressOutOfReachIsNotConnectedTo) {
  LiveBench far;
  LiveBench near;
  Process encoder(ffmpeg_push(near.url(), 60));
  ASSERT_TRUE(near.told().wait_playable());
  near.engine().restream(LiveBench::kShow,
                         {target_at(far.engine().rtmp_port(), "key-7", Reach::public_internet)});
  const auto status = wait_for(near, is_state(RestreamState::failed));
  EXPECT_EQ(status.reason, RestreamReason::forbidden_address);
  EXPECT_EQ(far.engine().figures().rtmp_bytes, 0U);
}

TEST(Restream, EndsWithItsShow) {
  LiveBench far;
  LiveBench near;
  Process encoder(ffmpeg_push(near.url(), 60));
  ASSERT_TRUE(near.told().wait_playable());
  near.engine().restream(LiveBench::kShow, {target_at(far.engine().rtmp_port(), "key-7")});
  ASSERT_TRUE(far.told().wait_playable());
  near.engine().end_show(LiveBench::kShow);
  ASSERT_TRUE(far.told().wait_state(StreamState::away));
  EXPECT_EQ(wait_for(near, is_state(RestreamState::waiting)).state, RestreamState::waiting);
}

TEST(Restream, IsTriedAgainLaterAndLater) {
  using rtmp::restream_retry_after;
  using enum RestreamReason;
  const int expected_s[] = {1, 2, 4, 8, 16, 30, 30};
  unsigned failures = 0;
  for (const int seconds : expected_s) {
    EXPECT_EQ(restream_retry_after(++failures, unreachable), std::chrono::seconds(seconds));
  }
  EXPECT_EQ(restream_retry_after(1'000'000, ended), milliseconds(30'000));
  EXPECT_EQ(restream_retry_after(1, refused), milliseconds(15'000));
  EXPECT_EQ(restream_retry_after(9, refused), milliseconds(30'000));
}

}  // namespace
}  // namespace geili::media
