// How long after the question a viewer by WebRTC has the first whole picture: 40 viewers, one by
// one, at every place of the group of pictures.
//   load_webrtc_first_frame --url URL --show ID --key KEY --server PID

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <thread>

#include "webrtc_load.hpp"

namespace {

using namespace geili;
using bench::client::ClientLoop;
using bench::client::WhepReceiver;
using bench::client::WhipPublisher;

constexpr int kJoins = 40;
// Moves the joins through the group of pictures.
constexpr std::chrono::milliseconds kBetween{170};

double first_picture_ms(const bench::WebRtcTarget& target, ClientLoop& loop) {
  const Instant asked = loop.now();
  WhepReceiver viewer(loop, bench::client_context());
  const std::string session = bench::play(target, viewer);
  bench::must(loop.run_until([&] { return viewer.video().first_unit.has_value(); }),
              "no picture came");
  const double took_ms = static_cast<double>((*viewer.video().first_unit - asked).count()) / 1e3;
  bench::leave(target, session);
  loop.run_for(kBetween);
  return took_ms;
}

void run(const bench::WebRtcTarget& target) {
  ClientLoop phone_loop;
  WhipPublisher phone(
      phone_loop, bench::client_context(),
      bench::client::make_clip({.video_kbps = 1'500, .keyframe_every = 60, .seconds = 10}));
  bench::publish(target, phone);
  bench::must(phone_loop.run_until([&] { return phone.is_open(); }), "the publisher got no keys");
  const std::jthread thread([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) phone_loop.turn();
  });
  ClientLoop loop;
  {
    WhepReceiver first(loop, bench::client_context());
    bench::leave(target, bench::play_when_live(target, loop, first));
  }
  loop.run_for(std::chrono::seconds(3));
  bench::LatencyHistogram took;
  for (int i = 0; i < kJoins; ++i)
    took.record_us(static_cast<std::uint64_t>(first_picture_ms(target, loop) * 1e3));
  bench::report("first_frame", "whep_p50_ms", took.percentile_ms(0.5), "ms");
  bench::report("first_frame", "whep_p95_ms", took.percentile_ms(0.95), "ms");
}

}  // namespace

int main(int argc, char** argv) {
  bench::TargetOptions target;
  CLI::App app("The first picture by WebRTC");
  target.add_to(app);
  CLI11_PARSE(app, argc, argv);
  try {
    run(target.target());
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
