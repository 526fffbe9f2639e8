#include "media/ingest/rtmp/server.hpp"

#include <chrono>
#include <memory>

#include <gtest/gtest.h>

namespace geili::media::rtmp {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class NoGate final : public PublishGate {
 public:
  void authorise(std::string, std::string, Answer answer) override {
    answer(fail(ErrorKind::forbidden, "stream-key", "Nobody may."));
  }
};

// A stop that finds the server's timer expired, with its handler queued, must not be undone by it.
TEST(RtmpServer, NothingIsLeftToRunBehindAStop) {
  NoGate gate;
  const auto io = std::make_shared<boost::asio::io_context>(1);
  Server server(io, EngineSettings{}, gate, [](ShowId) -> Result<std::shared_ptr<Stream>> {
    return fail(ErrorKind::unavailable, "stopping", "");
  });
  const auto start = steady_clock::now();
  boost::asio::steady_timer busy(*io, start + milliseconds(80));
  boost::asio::steady_timer stop(*io, start + milliseconds(90));
  busy.async_wait([start](boost::system::error_code) {
    while (steady_clock::now() < start + milliseconds(150)) {
    }
  });
  stop.async_wait([&server](boost::system::error_code) { server.stop(); });
  server.listen();
  io->run_for(std::chrono::seconds(5));
  EXPECT_TRUE(io->stopped());
}

}  // namespace
}  // namespace geili::media::rtmp
