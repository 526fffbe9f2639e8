#include "webrtc_load.hpp"

#include <chrono>
#include <optional>

namespace geili::bench {
namespace {

constexpr int kTries = 100;
constexpr unsigned kStampsEvery = 10;

}  // namespace

const media::dtls::Context& client_context() {
  static const media::dtls::Context context(
      std::make_shared<const media::dtls::Certificate>(SystemClock().now()));
  return context;
}

Phone::Phone(MediaServer& server, const client::ClipOptions& clip)
    : publisher_(loop_, client_context(), client::make_clip(clip), {.stamps_every = kStampsEvery}) {
  server.publish(publisher_);
  must(loop_.run_until([&] { return publisher_.is_open(); }), "the publisher got no keys");
  thread_ = std::jthread([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) loop_.turn();
  });
}

void wait_for_picture(MediaServer& server, client::ClientLoop& loop) {
  client::WhepReceiver viewer(loop, client_context());
  std::optional<std::string> session;
  for (int tries = 0; !session; ++tries) {
    loop.run_for(std::chrono::milliseconds(100));
    try {
      session = server.play(viewer);
    } catch (const std::runtime_error&) {
      if (tries == kTries) throw;
    }
  }
  must(loop.run_until([&] { return viewer.video().units > 30; }), "no picture came");
  server.leave(*session);
}

}  // namespace geili::bench
