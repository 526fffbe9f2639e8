// Phones and viewers behind a network that loses a twentieth and takes 100 ms there and back, and
// behind one that is away for a while.

#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "media/testing/impairment/relay.hpp"
#include "media/testing/node_bench.hpp"

namespace geili::media::webrtc {
namespace {

using testing::Cut;
using testing::LineSettings;
using testing::Relay;
using testing::WhepReceiver;
using testing::WhipPublisher;

constexpr LineSettings kBad{.loss_permille = 50, .delay_ms = 50};
constexpr std::uint64_t kPictures = 150;
constexpr unsigned kFps = 30;

TransportAddress loopback(std::uint16_t port) {
  return {*IpAddress::parse("127.0.0.1"), port, Transport::udp};
}

// What is missing between the pictures that came.
class Holes {
 public:
  void on_unit(const SourceUnit& unit) {
    if (unit.track != Track::video) return;
    constexpr double kStepUs = 1e6 / kFps;
    if (last_us_)
      missing_ += std::lround(static_cast<double>(unit.dts_us - *last_us_) / kStepUs) - 1;
    last_us_ = unit.dts_us;
    ++pictures_;
  }
  std::uint64_t pictures() const { return pictures_; }
  std::int64_t missing() const { return missing_; }

 private:
  std::optional<std::int64_t> last_us_;
  std::uint64_t pictures_ = 0;
  std::int64_t missing_ = 0;
};

class BadLink : public ::testing::Test {
 protected:
  static testing::PeerOptions by(const Relay& relay) { return {.via = relay.addresses()[0]}; }
  Relay make_relay(const testing::LinkSettings& settings) {
    return Relay({.routes = {{loopback(0), loopback(bench_.node().port())}}, .settings = settings});
  }
  std::unique_ptr<WhipPublisher> go_live(testing::PeerOptions options = {}) {
    auto publisher = std::make_unique<WhipPublisher>(loop_, context_, clip_,
                                                     testing::WhipOptions{.peer = options});
    bench_.go_live(loop_, *publisher);
    return publisher;
  }
  std::unique_ptr<WhepReceiver> watch(testing::PeerOptions options = {}) {
    auto viewer =
        std::make_unique<WhepReceiver>(loop_, context_, testing::WhepOptions{.peer = options});
    viewer->on_unit([this](const SourceUnit& unit, Instant) { holes_.on_unit(unit); });
    bench_.watch(loop_, *viewer);
    return viewer;
  }
  bool until(const std::function<bool()>& condition) { return loop_.run_until(condition); }

  testing::NodeBench bench_;
  testing::ClientLoop loop_;
  dtls::Context context_{std::make_shared<const dtls::Certificate>(SystemClock().now())};
  testing::ClipPtr clip_ =
      testing::make_hollow_clip({.fps = kFps, .keyframe_every = 60, .seconds = 4});
  Holes holes_;
};

TEST_F(BadLink, AViewerMissesNoMoreThanAHundredthOfThePictures) {
  Relay relay = make_relay({.up = kBad, .down = kBad});
  const auto publisher = go_live();
  const auto viewer = watch(by(relay));
  ASSERT_TRUE(until([&] { return holes_.pictures() >= kPictures; }));
  EXPECT_GT(viewer->video().recovered, 0U);
  EXPECT_LE(holes_.missing(), static_cast<std::int64_t>(kPictures / 100));
  EXPECT_LE(viewer->figures().plis, 1U);
}

TEST_F(BadLink, OfAPublisherNoMoreThanAHundredthIsMissed) {
  Relay relay = make_relay({.up = kBad, .down = kBad});
  const auto publisher = go_live(by(relay));
  const auto viewer = watch();
  const Instant began = loop_.now();
  ASSERT_TRUE(until([&] { return holes_.pictures() >= kPictures; }));
  EXPECT_GT(publisher->figures().resent, 0U);
  EXPECT_LE(holes_.missing(), static_cast<std::int64_t>(kPictures / 100));
  // A key frame is wanted each two seconds.
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(loop_.now() - began).count();
  EXPECT_LE(publisher->figures().key_requests, static_cast<std::uint64_t>(seconds / 2 + 3));
  const auto figures = bench_.get(bench_.node().figures_of(testing::NodeBench::kShow));
  ASSERT_TRUE(figures.round_trip_us);
  EXPECT_GE(*figures.round_trip_us, 100'000);
}

TEST_F(BadLink, SoundThatIsLostIsSentAgain) {
  Relay relay = make_relay({.up = kBad, .down = kBad});
  const auto publisher = go_live();
  const auto viewer = watch(by(relay));
  EXPECT_TRUE(until([&] { return viewer->audio().recovered >= 2; }));
}

TEST_F(BadLink, AfterACutBothGoOnInTheSameSession) {
  Relay viewers = make_relay({});
  Relay publishers = make_relay({});
  const auto publisher = go_live(by(publishers));
  const auto viewer = watch(by(viewers));
  ASSERT_TRUE(until([&] { return holes_.pictures() >= 10; }));
  for (Relay* relay : {&viewers, &publishers}) {
    relay->cut(Cut::all);
    ASSERT_TRUE(until([&] { return !viewer->is_reachable() || !publisher->is_reachable(); }));
    const std::uint64_t before = holes_.pictures();
    relay->cut(Cut::none);
    ASSERT_TRUE(until([&] { return holes_.pictures() >= before + 30; }));
    ASSERT_TRUE(until([&] { return viewer->is_reachable() && publisher->is_reachable(); }));
  }
  EXPECT_FALSE(viewer->is_closed());
  EXPECT_FALSE(publisher->is_closed());
  EXPECT_LE(viewer->figures().plis, 4U);
}

}  // namespace
}  // namespace geili::media::webrtc
