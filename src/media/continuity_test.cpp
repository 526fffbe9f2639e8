// A publisher is lost and comes back: viewers by WebRTC and by LL-HLS stay in their sessions, and
// see and hear the slate meanwhile. With a real encoder, a real decoder and real sockets.
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "media/engine.hpp"
#include "media/testing/live_bench.hpp"
#include "media/testing/process.hpp"
#include "media/testing/webrtc_client/whep_receiver.hpp"
#include "media/testing/webrtc_client/whip_publisher.hpp"
#include "media/video/decoder.hpp"

namespace geili::media {
namespace {

using testing::ClientLoop;
using testing::ffmpeg_push;
using testing::HlsFollower;
using testing::LiveBench;
using testing::Process;
using testing::WhepReceiver;
using testing::WhipPublisher;

// What a viewer by WebRTC gets to see, one entry for each run of pictures of one configuration.
class Eyes {
 public:
  explicit Eyes(WhepReceiver& viewer) {
    viewer.on_unit([this](const SourceUnit& unit, Instant) { see(unit); });
  }
  struct Run {
    CodecConfigPtr config;
    unsigned pictures = 0;  // that were decoded
    int bar_luma = 0;       // where the slate's sign has its left bar
    int middle_luma = 0;    // and between the bars
  };
  const std::vector<Run>& runs() const { return runs_; }
  bool sees(std::size_t run, unsigned pictures) const {
    return runs_.size() > run && runs_[run].pictures >= pictures;
  }
  unsigned undecodable() const { return undecodable_; }
  unsigned out_of_order() const { return out_of_order_; }

 private:
  void see(const SourceUnit& unit) {
    if (unit.track != Track::video) return;
    if (runs_.empty() || runs_.back().config->record != unit.config->record) {
      runs_.push_back({.config = unit.config});
      auto made = video::Decoder::create(*unit.config, false);
      decoder_.reset();
      if (made) decoder_.emplace(std::move(*made));
    }
    if (last_us_ && unit.dts_us <= *last_us_) ++out_of_order_;
    last_us_ = unit.dts_us;
    Unit coded;
    coded.keyframe = unit.keyframe;
    coded.dts_us = coded.pts_us = unit.dts_us;
    coded.config = unit.config;
    coded.payload = unit.payload;
    std::vector<libav::Frame> pictures;
    if (!decoder_ || !decoder_->decode(coded, pictures)) ++undecodable_;
    for (const libav::Frame& picture : pictures) {
      Run& run = runs_.back();
      ++run.pictures;
      const auto luma = [&picture](int x) {
        return picture->data[0][picture->height / 2 * picture->linesize[0] + x];
      };
      // A bar is a quarter of the sign's height, which is a fifth of the picture's.
      run.bar_luma = luma(picture->width / 2 - picture->height / 20);
      run.middle_luma = luma(picture->width / 2);
    }
  }

  std::vector<Run> runs_;
  std::optional<video::Decoder> decoder_;
  std::optional<std::int64_t> last_us_;
  unsigned undecodable_ = 0;
  unsigned out_of_order_ = 0;
};

// Follows LL-HLS on a thread of its own, as its requests wait.
class Following {
 public:
  explicit Following(HlsFollower follower) : follower_(std::move(follower)) {
    thread_ = std::thread([this] {
      if (!follower_.begin()) return;
      while (!is_over_ && follower_.reload()) parts_ = follower_.parts_played();
    });
  }
  ~Following() { end(); }
  std::size_t parts() const { return parts_; }
  const HlsFollower& end() {
    is_over_ = true;
    if (thread_.joinable()) thread_.join();
    return follower_;
  }

 private:
  HlsFollower follower_;
  std::atomic<bool> is_over_ = false;
  std::atomic<std::size_t> parts_ = 0;
  std::thread thread_;
};

class PublisherLost : public ::testing::Test {
 protected:
  void begin(EngineSettings settings = {}) {
    settings.web_rtc.threads = 1;
    bench_ = std::make_unique<LiveBench>(settings);
  }
  Result<SessionAnswer> play(const WhepReceiver& viewer) {
    return bench_->get(bench_->engine().web_rtc().play(LiveBench::kShow, viewer.offer()));
  }
  void watch(WhepReceiver& viewer) {
    auto answer = play(viewer);
    loop_.run_until([&] {
      if (!answer) answer = play(viewer);
      return answer.has_value();
    });
    ASSERT_TRUE(answer);
    ASSERT_TRUE(viewer.accept(answer->sdp));
  }
  std::unique_ptr<WhipPublisher> go_live(bool takes_over = false) {
    auto publisher = std::make_unique<WhipPublisher>(loop_, context_, clip_);
    const auto answer = bench_->get(
        bench_->engine().web_rtc().publish(LiveBench::kShow, publisher->offer(), takes_over));
    EXPECT_TRUE(answer && publisher->accept(answer->sdp));
    return publisher;
  }
  bool until(const std::function<bool()>& condition) {
    return loop_.run_until(condition, std::chrono::seconds(40));
  }
  // Pictures and sound go on in the same session.
  static void expect_steady(const WhepReceiver& viewer, const Eyes& eyes) {
    EXPECT_FALSE(viewer.is_closed());
    EXPECT_EQ(viewer.figures().unexpected, 0U);
    EXPECT_EQ(viewer.peer_figures().refused, 0U);
    EXPECT_EQ(eyes.undecodable(), 0U);
    EXPECT_EQ(eyes.out_of_order(), 0U);
  }
  static void expect_slate(const Eyes::Run& slate, const Eyes::Run& source) {
    EXPECT_EQ(slate.config->width, source.config->width);
    EXPECT_EQ(slate.config->height, source.config->height);
    EXPECT_GT(slate.bar_luma, 190);
    EXPECT_LT(slate.middle_luma, 140);
  }

  std::unique_ptr<LiveBench> bench_;
  ClientLoop loop_;
  dtls::Context context_{std::make_shared<const dtls::Certificate>(SystemClock().now())};
  testing::ClipPtr clip_;
};

TEST_F(PublisherLost, AnEncoderByRtmpIsLostAndComesBack) {
  begin();
  auto encoder = std::make_unique<Process>(ffmpeg_push(bench_->url(), 120));
  WhepReceiver viewer(loop_, context_);
  Eyes eyes(viewer);
  watch(viewer);
  Following hls(bench_->follower());
  ASSERT_TRUE(until([&] { return eyes.sees(0, 30) && hls.parts() >= 3; }));

  encoder->kill_now();
  ASSERT_TRUE(until([&] { return eyes.sees(1, 8); }));
  const std::uint64_t sounds = viewer.audio().units;
  const std::size_t parts = hls.parts();
  EXPECT_TRUE(until([&] { return viewer.audio().units >= sounds + 30; }));
  EXPECT_TRUE(until([&] { return hls.parts() >= parts + 4; }));
  expect_slate(eyes.runs()[1], eyes.runs()[0]);

  encoder = std::make_unique<Process>(ffmpeg_push(bench_->url(), 120));
  ASSERT_TRUE(until([&] { return eyes.sees(2, 30); }));
  EXPECT_EQ(eyes.runs()[2].config->record, eyes.runs()[0].config->record);
  const std::size_t again = hls.parts();
  EXPECT_TRUE(until([&] { return hls.parts() >= again + 6; }));
  expect_steady(viewer, eyes);
  const HlsFollower& followed = hls.end();
  EXPECT_EQ(followed.faults(), std::vector<std::string>{});
  std::size_t changes = 0;
  for (const auto& segment : followed.playlist().segments) changes += segment.discontinuity ? 1 : 0;
  EXPECT_EQ(changes, 2U);
}

TEST_F(PublisherLost, APhoneIsLostAndAnotherTakesOver) {
  begin();
  clip_ = testing::make_clip({.keyframe_every = 30, .seconds = 3});
  auto phone = go_live();
  WhepReceiver viewer(loop_, context_);
  Eyes eyes(viewer);
  watch(viewer);
  Following hls(bench_->follower());
  ASSERT_TRUE(until([&] { return eyes.sees(0, 30) && hls.parts() >= 3; }));
  phone->pause();  // its network is gone; its session stays
  ASSERT_TRUE(until([&] { return eyes.sees(1, 6); }));
  expect_slate(eyes.runs()[1], eyes.runs()[0]);
  phone->resume();
  ASSERT_TRUE(until([&] { return eyes.sees(2, 30); }));
  // Another device, while the first still sends.
  const auto other = go_live(true);
  ASSERT_TRUE(until([&] { return other->figures().pictures >= 30 && phone->is_closed(); }));
  const std::uint64_t pictures = viewer.video().units;
  EXPECT_TRUE(until([&] { return viewer.video().units >= pictures + 30; }));
  EXPECT_EQ(eyes.runs().size(), 3U);
  expect_steady(viewer, eyes);
  EXPECT_EQ(hls.end().faults(), std::vector<std::string>{});
}

// Another codec of the sound, too.
TEST_F(PublisherLost, APhoneTakesOverFromAnEncoder) {
  begin();
  clip_ = testing::make_clip({.keyframe_every = 30, .seconds = 3});
  const Process encoder(ffmpeg_push(bench_->url(), 120));
  Following hls(bench_->follower());
  ASSERT_TRUE(until([&] { return hls.parts() >= 3; }));
  const auto phone = go_live(true);
  ASSERT_TRUE(until([&] { return phone->figures().pictures >= 30; }));
  const std::size_t parts = hls.parts();
  ASSERT_TRUE(until([&] { return hls.parts() >= parts + 6; }));
  EXPECT_EQ(hls.end().faults(), std::vector<std::string>{});
}

TEST_F(PublisherLost, WhoJoinsMeanwhileSeesTheSlateByEither) {
  begin();
  {
    Process encoder(ffmpeg_push(bench_->url(), 3));
    ASSERT_TRUE(bench_->told().wait_playable());
    EXPECT_EQ(encoder.wait(), 0);
  }
  WhepReceiver viewer(loop_, context_);
  Eyes eyes(viewer);
  watch(viewer);
  ASSERT_TRUE(until([&] { return eyes.sees(0, 6); }));
  EXPECT_GT(eyes.runs()[0].bar_luma, 190);
  HlsFollower hls = bench_->follower();
  ASSERT_TRUE(hls.begin());
  EXPECT_TRUE(hls.playlist().segments.back().discontinuity || hls.playlist().segments.size() >= 2U);
  bench_->engine().end_show(LiveBench::kShow);
  while (hls.reload()) {
  }
  EXPECT_TRUE(hls.playlist().ended);
  EXPECT_EQ(hls.faults(), std::vector<std::string>{});
}

TEST_F(PublisherLost, BFramesAreEncodedAwayWhereTheHostWantsThat) {
  const std::vector<std::string> options{"-profile:v", "main", "-bf", "2", "-preset", "veryfast"};
  begin();
  {
    Process encoder(ffmpeg_push(bench_->url(), 60, options));
    ASSERT_TRUE(bench_->told().wait_playable());
    const auto refused = play(WhepReceiver(loop_, context_));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "b-frames");
  }
  begin({.reencode_b_frames = true});
  Process encoder(ffmpeg_push(bench_->url(), 60, options));
  ASSERT_TRUE(bench_->told().wait_playable());
  WhepReceiver viewer(loop_, context_);
  Eyes eyes(viewer);
  watch(viewer);
  ASSERT_TRUE(until([&] { return eyes.sees(0, 60); }));
  EXPECT_TRUE(eyes.runs()[0].config->rfc6381.starts_with("avc1.42C0"));
  expect_steady(viewer, eyes);
}

TEST_F(PublisherLost, ALowerPictureIsMadeForAViewerWhoseNetworkCarriesLittle) {
  begin({.low_rendition = true});
  clip_ = testing::make_clip(
      {.width = 960, .height = 540, .video_kbps = 1'500, .keyframe_every = 30, .seconds = 3});
  const auto phone = go_live();
  WhepReceiver narrow(loop_, context_, {.estimate_bps = 300'000});
  Eyes eyes(narrow);
  watch(narrow);
  ASSERT_TRUE(until([&] { return eyes.sees(1, 30); }));
  EXPECT_EQ(eyes.runs()[0].config->height, 540U);
  EXPECT_EQ(eyes.runs()[1].config->height, 360U);
  expect_steady(narrow, eyes);
  WhepReceiver wide(loop_, context_);
  Eyes others(wide);
  watch(wide);
  ASSERT_TRUE(until([&] { return others.sees(0, 60); }));
  EXPECT_EQ(others.runs().size(), 1U);
}

}  // namespace
}  // namespace geili::media
