// The whole path with a real encoder: ffmpeg publishes by RTMP, the test plays LL-HLS and lets
// ffprobe judge.
#include "media/engine.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "media/testing/hls_follower.hpp"
#include "media/testing/live_bench.hpp"
#include "media/testing/process.hpp"
#include "media/testing/rtmp_client.hpp"

namespace geili::media {
namespace {

using testing::client_handshake;
using testing::client_message;
using testing::connect_command;
using testing::ffmpeg_push;
using testing::HlsFollower;
using testing::LiveBench;
using testing::output_of;
using testing::Process;
using testing::publish_command;
using testing::RtmpClient;

std::string probe(const std::string& media, const std::string& options) {
  const auto path =
      std::filesystem::temp_directory_path() / ("geili_probe_" + std::to_string(getpid()) + ".mp4");
  std::ofstream(path, std::ios::binary) << media;
  const std::string output =
      output_of("ffprobe -v error " + options + " -of csv=p=0 " + path.string() + " 2>&1");
  std::filesystem::remove(path);
  return output;
}

std::size_t count_frames(const std::string& media) {
  return std::strtoul(
      probe(media, "-count_frames -select_streams v -show_entries stream=nb_read_frames").c_str(),
      nullptr, 10);
}

// The distances between the presentation times of a track's packets that are not `expected_s` (+- 2
// ms).
std::size_t count_odd_steps(const std::string& media, const std::string& track, double expected_s) {
  std::istringstream lines(
      probe(media, "-select_streams " + track + " -show_entries packet=pts_time"));
  std::vector<double> times;
  for (double at = 0; lines >> at;) times.push_back(at);
  std::ranges::sort(times);
  std::size_t odd = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (std::abs(times[i] - times[i - 1] - expected_s) > 0.002) ++odd;
  }
  return times.size() < 2 ? 1 : odd;
}

std::string first_of(const std::vector<std::string>& faults) {
  return faults.empty() ? "" : faults.front();
}

double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values.empty()
             ? 0
             : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

// Follows until `done` or the end of the list; answers that bring nothing new are bounded by the
// test.
void follow(HlsFollower& follower, const std::function<bool()>& done) {
  while (!done() && follower.reload()) {
  }
}

TEST(Engine, PlaysWhatAnEncoderPublishes) {
  LiveBench bench;
  Process encoder(ffmpeg_push(bench.url(), 7));
  ASSERT_TRUE(bench.told().wait_playable());
  HlsFollower follower = bench.follower();
  follow(follower, [&] { return follower.parts_played() >= 18; });
  const double seen_s = percentile(follower.delays_ms(), 0.5);
  RecordProperty("part_delay_ms_p50", std::to_string(seen_s));
  RecordProperty("part_delay_ms_p95", std::to_string(percentile(follower.delays_ms(), 0.95)));
  const auto stats = bench.get(bench.engine().stats(LiveBench::kShow));
  EXPECT_EQ(encoder.wait(), 0);
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  EXPECT_EQ(bench.told().last().reason, "unpublished");
  bench.engine().end_show(LiveBench::kShow);
  follow(follower, [] { return false; });

  EXPECT_TRUE(follower.playlist().ended);
  EXPECT_EQ(first_of(follower.faults()), "");
  EXPECT_EQ(count_frames(follower.media()), 210U);
  EXPECT_EQ(count_odd_steps(follower.media(), "v", 1.0 / 30), 0U);
  EXPECT_EQ(count_odd_steps(follower.media(), "a", 1024.0 / 48000), 0U);
  EXPECT_EQ(probe(follower.media(), "-show_entries stream=codec_name,width,sample_rate,channels"),
            "h264,320\naac,48000,2\n");
  EXPECT_NE(
      bench.fetch("index.m3u8", "").find("CODECS=\"avc1.42C00D,mp4a.40.2\",RESOLUTION=320x180"),
      std::string::npos);
  ASSERT_TRUE(stats);
  EXPECT_NEAR(stats->frames_per_s, 30, 3);
  EXPECT_NEAR(stats->key_interval_s, 1, 0.05);
  EXPECT_GT(stats->bitrate_bps, 50'000U);
  EXPECT_EQ(stats->units_dropped, 0U);
  EXPECT_GT(bench.engine().figures().hls_answers, 30U);
  EXPECT_EQ(bench.engine().figures().streams, 1U);
  EXPECT_GT(bench.engine().figures().rtmp_bytes, 10'000U);
}

TEST(Engine, ViewersGoOnWhenThePublisherComesBack) {
  EngineSettings settings;
  settings.hls.reload_wait_ms_max = 200;
  LiveBench bench(settings);
  HlsFollower follower = bench.follower();
  {
    Process encoder(ffmpeg_push(bench.url(), 60));
    ASSERT_TRUE(bench.told().wait_playable());
    follow(follower, [&] { return follower.parts_played() >= 8; });
    encoder.kill_now();
  }
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  EXPECT_EQ(bench.told().last().reason, "disconnected");
  ASSERT_TRUE(follower.reload());
  ASSERT_TRUE(follower.reload());  // waits in vain, and is answered all the same
  const std::size_t before = follower.parts_played();
  EXPECT_FALSE(follower.playlist().ended);

  Process again(ffmpeg_push(bench.url(), 4));
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  follow(follower, [&] { return follower.parts_played() >= before + 10; });
  EXPECT_EQ(again.wait(), 0);
  EXPECT_EQ(first_of(follower.faults()), "");
  EXPECT_EQ(count_odd_steps(follower.media(), "a", 1024.0 / 48000), 0U);
}

TEST(Engine, AnotherPictureSizeBeginsWithANewInitSegment) {
  LiveBench bench;
  HlsFollower follower = bench.follower();
  {
    Process small(ffmpeg_push(bench.url(), 3));
    ASSERT_TRUE(bench.told().wait_playable());
    EXPECT_EQ(small.wait(), 0);
    ASSERT_TRUE(bench.told().wait_state(StreamState::away));
    ASSERT_TRUE(follower.reload());
  }
  const std::string map = follower.playlist().segments.back().map;
  Process large(ffmpeg_push(bench.url(), 3, {"-s", "640x360"}));
  ASSERT_TRUE(
      bench.told().wait([](const StreamStatus& status) { return status.video.width == 640; }));
  follow(follower, [&] { return follower.playlist().segments.back().map != map; });
  EXPECT_EQ(large.wait(), 0);
  EXPECT_EQ(first_of(follower.faults()), "");
  EXPECT_TRUE(follower.playlist().segments.back().discontinuity);
}

TEST(Engine, KeepsTheOrderOfReorderedPicturesAndWarns) {
  LiveBench bench;
  Process encoder(
      ffmpeg_push(bench.url(), 4, {"-profile:v", "main", "-bf", "2", "-preset", "veryfast"}));
  ASSERT_TRUE(bench.told().wait_playable());
  HlsFollower follower = bench.follower();
  follow(follower, [&] { return follower.parts_played() >= 9; });
  EXPECT_EQ(encoder.wait(), 0);
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  bench.engine().end_show(LiveBench::kShow);
  follow(follower, [] { return false; });
  EXPECT_EQ(first_of(follower.faults()), "");
  EXPECT_EQ(count_odd_steps(follower.media(), "v", 1.0 / 30), 0U);
  EXPECT_EQ(count_frames(follower.media()), 120U);
  const auto warnings = bench.told().last().warnings;
  EXPECT_TRUE(std::ranges::find(warnings, "b-frames") != warnings.end());
}

TEST(Engine, MakesACoverOfTheFirstKeyFrame) {
  LiveBench bench;
  EXPECT_EQ(LiveBench::text(bench.get(bench.engine().cover(LiveBench::kShow))), "!not-live");
  Process encoder(ffmpeg_push(bench.url(), 3));
  ASSERT_TRUE(bench.told().wait_playable());
  const std::string cover = LiveBench::text(bench.get(bench.engine().cover(LiveBench::kShow)));
  EXPECT_TRUE(cover.starts_with("\xFF\xD8\xFF"));
  EXPECT_EQ(probe(cover, "-f jpeg_pipe -show_entries stream=codec_name,width,height"),
            "mjpeg,320,180\n");
}

TEST(Engine, RefusesWhoMayNotPublish) {
  LiveBench bench;
  EXPECT_EQ(RtmpClient(bench.engine().rtmp_port()).publish("wrong"), "NetStream.Publish.BadName");
  EXPECT_EQ(RtmpClient(bench.engine().rtmp_port()).publish("key-7", "other"),
            "NetStream.Publish.BadName");
  EXPECT_NE(Process(ffmpeg_push(bench.url("wrong"), 2)).wait(), 0);
  EXPECT_EQ(bench.playlist(), "!not-live");

  RtmpClient first(bench.engine().rtmp_port());
  EXPECT_EQ(first.publish("key-7"), "NetStream.Publish.Start");
  RtmpClient second(bench.engine().rtmp_port());
  EXPECT_EQ(second.publish("key-7"), "NetStream.Publish.BadName");
  second.wait_for_close();
  EXPECT_EQ(RtmpClient(bench.engine().rtmp_port()).publish("key-8"), "NetStream.Publish.Start");
  const auto stats = bench.get(bench.engine().stats(LiveBench::kShow));
  ASSERT_TRUE(stats);
  EXPECT_EQ(stats->state, StreamState::live);
}

TEST(Engine, AnotherPublisherTakesOverFromASilentOne) {
  EngineSettings settings;
  settings.takeover_silence_ms = 0;
  LiveBench bench(settings);
  RtmpClient first(bench.engine().rtmp_port());
  EXPECT_EQ(first.publish("key-7"), "NetStream.Publish.Start");
  RtmpClient second(bench.engine().rtmp_port());
  EXPECT_EQ(second.publish("key-7"), "NetStream.Publish.Start");
  first.wait_for_close();
  EXPECT_EQ(bench.told().last().state, StreamState::live);
}

TEST(Engine, GarbageClosesTheConnectionAndChangesNothing) {
  EngineSettings settings;
  settings.hls.wait_ms_max = 50;
  LiveBench bench(settings);
  const std::string hello = client_handshake() + connect_command("live") + publish_command("key-7");
  const std::string bad_video = client_message(rtmp::MessageType::video, 0, "\x1C\x01\x02\x03\x04");
  const std::string bad_config =
      client_message(rtmp::MessageType::video, 0, std::string("\x17\0\0\0\0\x01", 6));
  const std::string cases[] = {
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
      std::string(5'000, '\xFF'),
      client_handshake() + std::string(4'000, '\xFF'),
      client_handshake() + publish_command("key-7"),
      hello + bad_video,
      hello + bad_config,
      hello + client_message(rtmp::MessageType::set_chunk_size, 0, std::string(4, '\0')),
  };
  for (const std::string& bytes : cases) {
    RtmpClient client(bench.engine().rtmp_port());
    client.send(bytes);
    client.wait_for_close();
  }
  EXPECT_FALSE(bench.told().last().playable);
  EXPECT_EQ(bench.told().last().reason, "rtmp-chunk-size");  // why the last one was cut
  EXPECT_EQ(bench.playlist().substr(0, 1), "!");
  EXPECT_EQ(RtmpClient(bench.engine().rtmp_port()).publish("key-7"), "NetStream.Publish.Start");
}

TEST(Engine, TimesOutSilentConnections) {
  EngineSettings settings;
  settings.rtmp.handshake_timeout_ms = 50;
  settings.rtmp.silence_timeout_ms = 50;
  LiveBench bench(settings);
  RtmpClient mute(bench.engine().rtmp_port());
  mute.wait_for_close();
  RtmpClient quiet(bench.engine().rtmp_port());
  EXPECT_EQ(quiet.publish("key-7"), "NetStream.Publish.Start");
  quiet.wait_for_close();
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  EXPECT_EQ(bench.told().last().reason, "silent");
}

TEST(Engine, BoundsItsConnections) {
  EngineSettings settings;
  settings.rtmp.connections_max = 1;
  LiveBench bench(settings);
  RtmpClient first(bench.engine().rtmp_port());
  EXPECT_EQ(first.publish("key-7"), "NetStream.Publish.Start");
  RtmpClient second(bench.engine().rtmp_port());
  second.wait_for_close();
  EXPECT_TRUE(bench.get(bench.engine().stats(LiveBench::kShow)));
}

TEST(Engine, BoundsItsPublishers) {
  EngineSettings settings;
  settings.rtmp.publishers_max = 0;
  LiveBench bench(settings);
  RtmpClient client(bench.engine().rtmp_port());
  EXPECT_EQ(client.publish("key-7"), "NetStream.Publish.BadName");
}

TEST(Engine, SilentConnectionsKeepNoPublisherOut) {
  EngineSettings settings;
  settings.rtmp.connections_max = 2;
  LiveBench bench(settings);
  RtmpClient silent(bench.engine().rtmp_port());
  RtmpClient camera(bench.engine().rtmp_port());
  EXPECT_EQ(camera.publish("key-7"), "NetStream.Publish.Start");
  RtmpClient next(bench.engine().rtmp_port());
  silent.wait_for_close();
  next.send(client_handshake() + connect_command("live") + publish_command("key-7"));
  EXPECT_EQ(next.read_status(), "NetStream.Publish.BadName");  // already live, and heard
}

TEST(Engine, StoppingAnswersWhatWaits) {
  auto bench = std::make_unique<LiveBench>();
  RtmpClient publisher(bench->engine().rtmp_port());
  ASSERT_EQ(publisher.publish("key-7"), "NetStream.Publish.Start");
  auto waiting = bench->spawn(bench->engine().hls_playlist(LiveBench::kShow, "media.m3u8", ""));
  bench->engine().stop();
  EXPECT_EQ(LiveBench::text(waiting.get()), "!stopping");
  EXPECT_EQ(bench->playlist(), "!stopping");
}

}  // namespace
}  // namespace geili::media
