// SRT with real callers: ffmpeg and srt-live-transmit publish, LL-HLS plays.
#include "media/ingest/srt/server.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/hls_follower.hpp"
#include "media/testing/live_bench.hpp"
#include "media/testing/process.hpp"

namespace geili::media::srt {
namespace {

using testing::ffmpeg_push;
using testing::HlsFollower;
using testing::LiveBench;
using testing::Process;

EngineSettings quick(SrtSettings srt = {}) {
  EngineSettings settings;
  settings.rtmp_enabled = false;
  settings.web_rtc.enabled = false;
  settings.srt = std::move(srt);
  settings.srt.latency_ms = 200;
  return settings;
}

TEST(SrtServer, PlaysWhatAnEncoderPublishes) {
  LiveBench bench(quick());
  Process encoder(ffmpeg_push(bench.srt_url(), 5));
  ASSERT_TRUE(bench.told().wait_playable());
  EXPECT_EQ(bench.told().last().video.codec, "avc1.42C00D");
  EXPECT_EQ(bench.told().last().audio.codec, "mp4a.40.2");
  EXPECT_EQ(encoder.wait(), 0);
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  EXPECT_EQ(bench.told().last().reason, "disconnected");
  const auto stats = bench.get(bench.engine().stats(LiveBench::kShow));
  ASSERT_TRUE(stats);
  EXPECT_EQ(stats->frames, 150U);
  EXPECT_FALSE(stats->link);
}

}  // namespace
}  // namespace geili::media::srt
