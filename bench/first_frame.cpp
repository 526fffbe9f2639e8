// How long after the question a viewer by WebRTC has the first whole picture: 40 viewers, one by
// one, at every place of the group of pictures. HTTP is left out.

#include <chrono>
#include <cstdio>
#include <exception>
#include <string>

#include "figures.hpp"
#include "webrtc_load.hpp"

namespace {

using namespace geili;
using bench::client::ClientLoop;
using bench::client::WhepReceiver;

constexpr int kJoins = 40;
// Moves the joins through the group of pictures, which lasts two seconds.
constexpr std::chrono::milliseconds kBetween{170};

std::uint64_t first_picture_us(bench::MediaServer& server, ClientLoop& loop) {
  const Instant asked = loop.now();
  WhepReceiver viewer(loop, bench::client_context());
  const std::string session = server.play(viewer);
  bench::must(loop.run_until([&] { return viewer.video().first_unit.has_value(); }),
              "no picture came");
  server.leave(session);
  return static_cast<std::uint64_t>((*viewer.video().first_unit - asked).count());
}

void run() {
  bench::MediaServer server({.threads = 1});
  const bench::Phone phone(server, {.video_kbps = 1'500, .keyframe_every = 60, .seconds = 10});
  ClientLoop loop;
  bench::wait_for_picture(server, loop);
  bench::LatencyHistogram took;
  for (int i = 0; i < kJoins; ++i) {
    took.record_us(first_picture_us(server, loop));
    loop.run_for(kBetween);
  }
  bench::report("first_frame", "whep_p50_ms", took.percentile_ms(0.5), "ms");
  bench::report("first_frame", "whep_p95_ms", took.percentile_ms(0.95), "ms");
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
