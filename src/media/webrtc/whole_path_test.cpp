// Phones and viewers on the real sockets of a node: what each gets of the other.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/opus/packet.hpp"
#include "media/testing/node_bench.hpp"
#include "media/webrtc/udp_port.hpp"

namespace geili::media::webrtc {
namespace {

using testing::ClientLoop;
using testing::NodeBench;
using testing::WhepReceiver;
using testing::WhipPublisher;

std::uint16_t free_udp_port() {
  return UdpPort({.address = *IpAddress::parse("127.0.0.1"), .log = {}}).port();
}

class WholePath : public ::testing::Test {
 protected:
  std::unique_ptr<WhipPublisher> go_live(testing::WhipOptions options = {}) {
    auto publisher = std::make_unique<WhipPublisher>(loop_, context_, clip_, options);
    publisher_name_ = bench_.go_live(loop_, *publisher);
    return publisher;
  }
  bool until(const std::function<bool()>& condition) { return loop_.run_until(condition); }
  bool plays_on(const WhepReceiver& viewer, std::uint64_t pictures = 30) {
    const std::uint64_t video = viewer.video().units + pictures;
    const std::uint64_t audio = viewer.audio().units + pictures;
    return until([&] { return viewer.video().units >= video && viewer.audio().units >= audio; });
  }
  // What the burst of a join costs a small socket buffer is asked for again, and not counted here.
  static void expect_clean(const WhepReceiver& viewer) {
    EXPECT_EQ(viewer.figures().unexpected, 0U);
    EXPECT_EQ(viewer.peer_figures().refused, 0U);
    EXPECT_EQ(viewer.video().damaged, 0U);
  }

  NodeBench bench_;
  ClientLoop loop_;
  dtls::Context context_{std::make_shared<const dtls::Certificate>(SystemClock().now())};
  testing::ClipPtr clip_ = testing::make_hollow_clip({.keyframe_every = 60, .seconds = 4});
  std::string publisher_name_;
};

TEST_F(WholePath, ManyViewersGetEveryPictureAndSoundOnce) {
  const auto publisher = go_live();
  std::vector<std::unique_ptr<WhepReceiver>> viewers;
  for (int i = 0; i < 8; ++i) {
    viewers.push_back(std::make_unique<WhepReceiver>(loop_, context_));
    bench_.watch(loop_, *viewers.back());
  }
  for (const auto& viewer : viewers) {
    EXPECT_TRUE(until([&] { return viewer->video().units >= 70 && viewer->audio().units >= 70; }));
  }
  for (const auto& viewer : viewers) expect_clean(*viewer);
}

TEST(WholePathOfSound, WaitsForPicturesOnlyWhereManyWatch) {
  for (const std::size_t to_join : {1, 2}) {
    NodeBench bench({.threads = 1, .viewers_to_join_sound = to_join});
    ClientLoop loop;
    dtls::Context context{std::make_shared<const dtls::Certificate>(SystemClock().now())};
    WhipPublisher publisher(loop, context, testing::make_hollow_clip({.seconds = 4}), {});
    bench.go_live(loop, publisher);
    WhepReceiver viewer(loop, context);
    std::uint32_t samples_max = 0;
    viewer.on_unit([&](const SourceUnit& unit, Instant) {
      if (unit.track != Track::audio) return;
      samples_max = std::max(samples_max, opus::samples_of(*unit.payload).value_or(0));
    });
    bench.watch(loop, viewer);
    ASSERT_TRUE(loop.run_until([&] { return viewer.audio().units >= 30; }));
    EXPECT_EQ(samples_max > 960, to_join == 1) << samples_max;
  }
}

TEST_F(WholePath, TheFirstPictureComesFromWhatIsKeptAndTheReportAtOnce) {
  const auto publisher = go_live();
  // Behind a key frame, and far from the next.
  ASSERT_TRUE(until([&] { return publisher->figures().pictures % 60 == 20; }));
  WhepReceiver viewer(loop_, context_);
  bench_.watch(loop_, viewer);
  ASSERT_TRUE(until([&] { return viewer.video().units > 0; }));
  EXPECT_LT(*viewer.video().first_unit - *viewer.peer_figures().answered,
            std::chrono::milliseconds(400));
  ASSERT_TRUE(until([&] { return viewer.figures().sender_reports > 0; }));
  EXPECT_LT(*viewer.figures().first_sender_report - *viewer.peer_figures().opened,
            std::chrono::milliseconds(200));
}

TEST_F(WholePath, APhoneIsToldWhatArrivedAndWhatItsNetworkCarries) {
  const auto publisher = go_live();
  EXPECT_TRUE(until([&] { return publisher->figures().estimate_bps.has_value(); }));
  EXPECT_TRUE(until([&] { return publisher->figures().feedbacks >= 10; }));
  EXPECT_TRUE(until([&] { return publisher->figures().video_report.has_value(); }));
  EXPECT_EQ(publisher->figures().told_lost, 0U);
  EXPECT_GT(publisher->figures().told_received, 20U);
}

TEST_F(WholePath, ViewersStayWhenThePhoneComesBackWithAnotherSession) {
  auto publisher = go_live();
  WhepReceiver viewer(loop_, context_);
  bench_.watch(loop_, viewer);
  ASSERT_TRUE(plays_on(viewer));
  publisher.reset();
  const std::uint64_t before = viewer.video().units;
  publisher = go_live();
  const Instant live_again = loop_.now();
  ASSERT_TRUE(until([&] { return viewer.video().units > before; }));
  EXPECT_LT(*viewer.video().last_unit - live_again, std::chrono::seconds(1));
  EXPECT_TRUE(plays_on(viewer, 60));
  expect_clean(viewer);
  EXPECT_FALSE(viewer.is_closed());
}

TEST_F(WholePath, AViewerWhoseNetworkCarriesLittleGetsTheLowerPicture) {
  const auto publisher = go_live({.simulcast = true});
  WhepReceiver narrow(loop_, context_, {.estimate_bps = 50'000});
  WhepReceiver wide(loop_, context_);
  std::uint64_t small = 0;
  std::uint64_t wide_small = 0;
  bool begins_with_key = false;
  const auto is_small = [](const SourceUnit& unit) {
    return unit.track == Track::video && unit.payload->size() <= 60;
  };
  narrow.on_unit([&](const SourceUnit& unit, Instant) {
    if (!is_small(unit)) return;
    if (small++ == 0) begins_with_key = unit.keyframe;
  });
  wide.on_unit([&](const SourceUnit& unit, Instant) { wide_small += is_small(unit) ? 1 : 0; });
  bench_.watch(loop_, narrow);
  bench_.watch(loop_, wide);
  ASSERT_TRUE(until([&] { return small >= 60; }));
  EXPECT_TRUE(begins_with_key);
  EXPECT_EQ(wide_small, 0U);
  EXPECT_TRUE(plays_on(narrow));
  EXPECT_TRUE(plays_on(wide));
  expect_clean(narrow);
  expect_clean(wide);
}

TEST_F(WholePath, WhenAPhoneSendsItsLowerLayerAloneEverybodyGetsThat) {
  const auto publisher = go_live({.simulcast = true});
  WhepReceiver viewer(loop_, context_);
  bench_.watch(loop_, viewer);
  std::uint64_t small = 0;
  std::uint64_t large = 0;
  viewer.on_unit([&](const SourceUnit& unit, Instant) {
    if (unit.track == Track::video) ++(unit.payload->size() <= 60 ? small : large);
  });
  ASSERT_TRUE(until([&] { return large >= 30; }));
  EXPECT_EQ(small, 0U);
  publisher->send_source(false);
  ASSERT_TRUE(until([&] { return small >= 60; }));
  publisher->send_source(true);
  const std::uint64_t before = large;
  ASSERT_TRUE(until([&] { return large >= before + 60; }));
  expect_clean(viewer);
}

TEST_F(WholePath, AViewerMayComeByTcp) {
  const auto publisher = go_live();
  WhepReceiver viewer(loop_, context_, {.peer = {.tcp = true}});
  bench_.watch(loop_, viewer);
  EXPECT_TRUE(plays_on(viewer, 60));
  expect_clean(viewer);
}

TEST_F(WholePath, TheConnectionOfAViewerWhoIsGoneIsClosed) {
  const auto publisher = go_live();
  WhepReceiver viewer(loop_, context_, {.peer = {.tcp = true}});
  const std::string name = bench_.watch(loop_, viewer);
  ASSERT_TRUE(plays_on(viewer));
  ASSERT_TRUE(until([&] { return bench_.node().figures().tcp_connections == 1; }));
  ASSERT_TRUE(bench_.close(SessionRole::viewer, name));
  // The viewer does not come to its turn, and so says and closes nothing.
  ClientLoop others;
  EXPECT_TRUE(others.run_until([&] { return bench_.node().figures().tcp_connections == 0; }));
}

TEST(WholePathByTcp, WhoSaysNothingKeepsNobodyOut) {
  for (const WebRtcSettings& settings :
       {WebRtcSettings{.threads = 1, .tcp_connections_max = 4},
        WebRtcSettings{.threads = 1, .tcp_strangers_per_address_max = 4}}) {
    NodeBench bench(settings);
    ClientLoop loop;
    const dtls::Context context(std::make_shared<const dtls::Certificate>(SystemClock().now()));
    WhipPublisher publisher(loop, context, testing::make_hollow_clip({.seconds = 4}));
    bench.go_live(loop, publisher);
    const TransportAddress door{*IpAddress::parse("127.0.0.1"), bench.node().port(),
                                Transport::tcp};
    std::vector<std::unique_ptr<testing::ClientLink>> silent;
    for (int i = 0; i < 10; ++i) silent.push_back(testing::make_tcp_link(door));
    EXPECT_TRUE(loop.run_until([&] { return bench.node().figures().tcp_refused == 6; }));
    EXPECT_EQ(bench.node().figures().tcp_connections, 4U);
    WhepReceiver viewer(loop, context, {.peer = {.tcp = true}});
    bench.watch(loop, viewer);
    EXPECT_TRUE(loop.run_until([&] { return viewer.video().units > 0; }));
  }
}

TEST_F(WholePath, AViewerMayChangeNetworksAndRestartIce) {
  const auto publisher = go_live();
  WhepReceiver viewer(loop_, context_);
  const std::string name = bench_.watch(loop_, viewer);
  ASSERT_TRUE(plays_on(viewer));
  viewer.move_to_new_socket();
  EXPECT_TRUE(plays_on(viewer));
  auto patched = bench_.get(bench_.node().patch({NodeBench::kShow, SessionRole::viewer, name}, "*",
                                                viewer.restart_fragment()));
  ASSERT_TRUE(patched) << patched.error().detail;
  ASSERT_TRUE(viewer.accept_restart(patched->fragment));
  EXPECT_TRUE(plays_on(viewer, 60));
  EXPECT_EQ(viewer.peer_figures().refused, 0U);
}

TEST_F(WholePath, AViewerWhoSaysGoodbyeIsForgotten) {
  const auto publisher = go_live();
  WhepReceiver viewer(loop_, context_);
  bench_.watch(loop_, viewer);
  ASSERT_TRUE(plays_on(viewer));
  ASSERT_TRUE(until([&] { return bench_.node().figures().viewers == 1; }));
  viewer.say_goodbye();
  EXPECT_TRUE(until([&] { return bench_.node().figures().viewers == 0; }));
}

// Ports are used again while the session of the last one at it has not run out.
TEST(WholePathOnTwoThreads, AnAddressMayComeAgainWithASessionOfTheOtherThread) {
  NodeBench bench({.threads = 2});
  ClientLoop loop;
  const dtls::Context context(std::make_shared<const dtls::Certificate>(SystemClock().now()));
  const auto clip = testing::make_hollow_clip({.keyframe_every = 60, .seconds = 4});
  WhipPublisher publisher(loop, context, clip);
  bench.go_live(loop, publisher);
  const std::uint16_t port = free_udp_port();
  std::string homes;
  for (int i = 0; i < 4; ++i) {
    WhepReceiver viewer(loop, context, {.peer = {.link = {.local_port = port}}});
    homes += bench.watch(loop, viewer).front();
    EXPECT_TRUE(loop.run_until([&] { return viewer.video().units > 0; })) << "viewer " << i;
  }
  EXPECT_EQ(homes, "baba");
}

}  // namespace
}  // namespace geili::media::webrtc
