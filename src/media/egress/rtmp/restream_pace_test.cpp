// How soon a restream is tried again, by how long the connection held that was lost.
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "media/egress/rtmp/restream.hpp"
#include "media/ingest/rtmp/server.hpp"
#include "media/testing/live_bench.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::rtmp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class RestreamPace : public ::testing::Test {
 protected:
  void SetUp() override {
    far_.listen();
    const auto url = parse_rtmp_url("rtmp://127.0.0.1:" + std::to_string(far_.port()) + "/live",
                                    Reach::loopback_too);
    restream_.emplace(commons_, stream_,
                      RestreamTarget{.id = 3,
                                     .server = *url,
                                     .stream_key = Secret<std::string>("key-7"),
                                     .reach = Reach::loopback_too});
    camera_ = *stream_->publish(nullptr);
    camera_->push(testing::picture(testing::video_config(), 0, true));
    camera_->push(testing::sound(testing::audio_config(), 0));
  }
  void TearDown() override {
    restream_.reset();
    far_.stop();
    io_->run_for(seconds(20));
  }

  RestreamState run_until(RestreamState state) {
    const auto patience = steady_clock::now() + seconds(20);
    while (restream_->status().state != state && steady_clock::now() < patience) {
      restream_->tick(now_);
      io_->run_one_for(milliseconds(10));
    }
    return restream_->status().state;
  }
  // How long it waits once the platform has ended a connection that held so long.
  milliseconds wait_after(seconds held) {
    if (run_until(RestreamState::live) != RestreamState::live) {
      ADD_FAILURE() << "the platform does not take it";
      return {};
    }
    now_ += held;
    restream_->tick(now_);
    taken_->end();
    EXPECT_EQ(run_until(RestreamState::failed), RestreamState::failed);
    const RestreamStatus status = restream_->status();
    EXPECT_EQ(status.reason, RestreamReason::ended);
    const auto wait = status.retry_at.value_or(clock_.now()) - clock_.now();
    now_ += wait;
    return std::chrono::duration_cast<milliseconds>(wait);
  }

  ManualClock clock_;
  // Stays behind the time that is, by which a connection counts how long it has had no picture;
  // and the steady clock may count from when the machine was started.
  SteadyTime now_ = steady_clock::now() - std::chrono::minutes(2);
  testing::KnownKeys gate_{{{"key-7", ShowId{7}}}};
  const std::shared_ptr<boost::asio::io_context> io_ = std::make_shared<boost::asio::io_context>(1);
  std::shared_ptr<Stream> taken_;  // by the platform
  Server far_{io_, EngineSettings{}, gate_, [this](ShowId show) -> Result<std::shared_ptr<Stream>> {
                return taken_ = std::make_shared<Stream>(show, clock_, StreamLimits{});
              }};
  const std::shared_ptr<Commons> commons_ = std::make_shared<Commons>(io_, clock_);
  const std::shared_ptr<Stream> stream_ =
      std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{});
  std::unique_ptr<Publication> camera_;
  std::optional<Restream> restream_;
};

TEST_F(RestreamPace, OnlyAConnectionThatHeldLetsItBeginAnewWithAShortWait) {
  EXPECT_EQ(wait_after(seconds(0)), seconds(1));
  EXPECT_EQ(wait_after(seconds(29)), seconds(2));
  EXPECT_EQ(wait_after(seconds(0)), seconds(4));
  EXPECT_EQ(wait_after(seconds(30)), seconds(1));
  EXPECT_EQ(wait_after(seconds(0)), seconds(2));
}

}  // namespace
}  // namespace geili::media::rtmp
