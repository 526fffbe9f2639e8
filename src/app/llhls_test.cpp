// Low-latency HLS as viewers get it: the whole server, HTTP, an encoder over RTMP.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/commands.hpp"
#include "app/house.hpp"
#include "flows/demo.hpp"
#include "media/testing/hls_follower.hpp"
#include "media/testing/live_bench.hpp"
#include "media/testing/process.hpp"
#include "net/testing/test_client.hpp"
#include "shows/stream_key.hpp"
#include "store/sqlite/sqlite.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::app {
namespace {

using media::testing::ffmpeg_push;
using media::testing::HlsFollower;
using media::testing::Process;
using net::testing::Answer;
using net::testing::TestClient;

struct OnAir {
  std::string show;
  std::string key;
};

OnAir seed_show(const ops::Config& config) {
  const SystemClock clock;
  const auto database = store::sqlite::open({.path = data_file(config)});
  auto job = [&](store::Tx& tx) -> Result<OnAir> {
    auto village = flows::seed_demo(tx, [](auto) { return std::nullopt; }, clock);
    if (!village) return fail_as(village);
    auto key = shows::stream_key(tx, village->pearls.show);
    if (!key) return fail_as(key);
    return OnAir{std::to_string(village->pearls.show.value), *key};
  };
  return store::write_and_wait(*database, job).value();
}

class LowLatencyHls : public ::testing::Test {
 protected:
  LowLatencyHls() {
    config_.server.port = 0;
    config_.server.stop_grace_s = 0;
    config_.rtmp.port = 0;
    config_.srt.port = 0;
    config_.webrtc.port = 0;
    config_.data.dir = folder_.path().string();
    config_.log.level = "error";
    on_air_ = seed_show(config_);
    house_.emplace(config_);
    const std::string url = house_->url();
    client_.emplace(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
  }

  Answer ask(const std::string& name, const std::string& query = "") {
    return client_->get("/live/" + on_air_.show + "/" + name + (query.empty() ? "" : "?" + query));
  }
  std::string publish_url() const { return house_->rtmp_url() + "/" + on_air_.key; }
  HlsFollower follower() {
    return HlsFollower([this](const std::string& name, const std::string& query) {
      const Answer answer = ask(name, query);
      return answer.status == 200 ? answer.body : "!" + std::to_string(answer.status);
    });
  }

  store::sqlite::TempFolder folder_;
  ops::Config config_;
  OnAir on_air_;
  std::optional<House> house_;
  std::optional<TestClient> client_;
};

TEST_F(LowLatencyHls, KeepsTheRulesOverHttp) {
  // Neither the pictures nor the groups of pictures fit into parts evenly.
  Process encoder(ffmpeg_push(publish_url(), 60, {"-r", "24", "-g", "41"}));
  HlsFollower follower = this->follower();
  ASSERT_TRUE(follower.begin());
  while (follower.parts_played() < 40 && follower.reload()) {
  }
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  // Each was there within another part's time of its last picture.
  std::vector<double> delays_ms = follower.delays_ms();
  ASSERT_GE(delays_ms.size(), 20U);
  std::ranges::sort(delays_ms);
  EXPECT_LT(delays_ms[delays_ms.size() / 2], follower.playlist().part_target_s * 1e3);
}

TEST_F(LowLatencyHls, PlaylistsAndPartsSayHowLongTheyHold) {
  Process encoder(ffmpeg_push(publish_url(), 60));
  HlsFollower follower = this->follower();
  ASSERT_TRUE(follower.begin());
  const Answer playlist = ask("media.m3u8");
  EXPECT_EQ(playlist.header("Content-Type"), "application/vnd.apple.mpegurl");
  EXPECT_EQ(playlist.header("Cache-Control"), "no-store");
  const Answer part = ask(follower.playlist().segments.back().parts.front().uri);
  EXPECT_EQ(part.header("Content-Type"), "video/mp4");
  EXPECT_NE(part.header("Cache-Control").find("max-age="), std::string::npos);
  // What is far ahead is no reason to wait.
  EXPECT_EQ(ask("media.m3u8", "_HLS_msn=18446744073709551615").status, 400U);
}

}  // namespace
}  // namespace geili::app
