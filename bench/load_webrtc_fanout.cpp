// Viewers by WebRTC of one show that a client publishes to: what a packet and a viewer cost the
// server, and how much later than it was sent a picture is there. Some of the viewers open and
// check all they get, the others count.
//   load_webrtc_fanout --url URL --show ID --key KEY --server PID [--viewers 1000] [--kbps 600]

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "load_socket.hpp"
#include "process_figures.hpp"
#include "webrtc_load.hpp"

namespace {

using namespace geili;
using bench::client::ClientLoop;
using bench::client::WhepReceiver;
using bench::client::WhipPublisher;

struct Options {
  bench::TargetOptions target;
  unsigned viewers = 1'000;
  unsigned kbps = 600;
  unsigned seconds = 10;
  unsigned checks_every = 20;
  bool coalesced = false;
  std::string label;
};

// The phone, on a thread of its own so that a busy load does not hold it up.
class Phone {
 public:
  Phone(const bench::WebRtcTarget& target, unsigned kbps)
      : publisher_(loop_, bench::client_context(),
                   bench::client::make_clip({.video_kbps = kbps, .seconds = 8}), {.stamps = true}) {
    session_ = bench::publish(target, publisher_);
    bench::must(loop_.run_until([&] { return publisher_.is_open(); }), "the publisher got no keys");
    thread_ = std::jthread([this](const std::stop_token& stop) {
      while (!stop.stop_requested()) loop_.turn();
    });
  }

 private:
  ClientLoop loop_;
  WhipPublisher publisher_;
  std::string session_;
  std::jthread thread_;
};

struct Viewers {
  std::vector<std::unique_ptr<WhepReceiver>> all;
  bench::LatencyHistogram added;
  bool measures = false;

  std::uint64_t packets() const {
    std::uint64_t sum = 0;
    for (const auto& viewer : all) sum += viewer->peer_figures().packets;
    return sum;
  }
  void join(const bench::WebRtcTarget& target, ClientLoop& loop, const Options& options) {
    while (all.size() < options.viewers) {
      bench::client::WhepOptions wanted;
      wanted.decrypts = all.size() % options.checks_every == 0;
      wanted.peer.link.coalesced = options.coalesced;
      wanted.peer.link.kernel_times = wanted.decrypts;
      auto viewer = std::make_unique<WhepReceiver>(loop, bench::client_context(), wanted);
      viewer->on_unit([this](const media::SourceUnit& unit, Instant at) {
        const auto sent = bench::client::stamp_of(*unit.payload);
        if (measures && sent)
          added.record_us(
              static_cast<std::uint64_t>(std::max<std::int64_t>(0, (at - *sent).count())));
      });
      bench::play(target, *viewer);
      all.push_back(std::move(viewer));
      loop.run_for(std::chrono::milliseconds(2));
    }
    bench::must(loop.run_until(
                    [&] {
                      for (const auto& viewer : all) {
                        if (viewer->peer_figures().packets == 0) return false;
                      }
                      return true;
                    },
                    std::chrono::seconds(30)),
                "some viewer got nothing");
  }
  std::int64_t lost() const {
    std::int64_t sum = 0;
    for (const auto& viewer : all) sum += viewer->video().lost + viewer->audio().lost;
    return sum;
  }
  void check() const {
    for (const auto& viewer : all) {
      bench::must(viewer->peer_figures().refused == 0, "a packet was not authentic");
      bench::must(viewer->figures().unexpected == 0, "a packet had an unexpected source or type");
      bench::must(!viewer->is_closed(), "a viewer was dropped");
    }
    bench::must(added.count() > 0, "no picture was opened");
  }
};

void run(const Options& options) {
  const bench::WebRtcTarget target = options.target.target();
  bench::raise_file_limit();
  bench::pin_to_processor(1);
  const Phone phone(target, options.kbps);
  ClientLoop loop;
  Viewers viewers;
  {
    WhepReceiver first(loop, bench::client_context());
    const std::string session = bench::play_when_live(target, loop, first);
    bench::must(loop.run_until([&] { return first.video().units > 30; }), "no picture");
    bench::leave(target, session);
  }
  loop.run_for(std::chrono::seconds(2));
  const double before_kib = bench::resident_kib(target.server);
  viewers.join(target, loop, options);
  loop.run_for(std::chrono::seconds(4));
  const double after_kib = bench::resident_kib(target.server);

  viewers.measures = true;
  const std::uint64_t packets_before = viewers.packets();
  const std::int64_t lost_before = viewers.lost();
  const double cpu_before = bench::cpu_seconds(target.server);
  const std::uint64_t begin_us = bench::now_us();
  loop.run_for(std::chrono::seconds(options.seconds));
  const double wall_s = static_cast<double>(bench::now_us() - begin_us) / 1e6;
  const double cpu_s = bench::cpu_seconds(target.server) - cpu_before;
  const auto packets = static_cast<double>(viewers.packets() - packets_before);
  viewers.check();

  const auto figure = [&](const std::string& name, double value, const char* unit) {
    bench::report("webrtc_fanout", (name + options.label).c_str(), value, unit);
  };
  const double per_core = static_cast<double>(options.viewers) / (cpu_s / wall_s);
  figure("us_per_packet", cpu_s * 1e6 / packets, "us");
  figure(fmt::format("viewers_per_core_{}k", options.kbps), per_core, "1");
  figure("kib_per_viewer", (after_kib - before_kib) / options.viewers, "KiB");
  figure("added_p50_ms", viewers.added.percentile_ms(0.5), "ms");
  figure("added_p99_ms", viewers.added.percentile_ms(0.99), "ms");
  figure("packets_per_s", packets / wall_s, "1/s");
  figure("lost_share", static_cast<double>(viewers.lost() - lost_before) / packets, "1");
  figure("server_cores", cpu_s / wall_s, "1");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Viewers by WebRTC");
  options.target.add_to(app);
  app.add_option("--viewers", options.viewers);
  app.add_option("--kbps", options.kbps);
  app.add_option("--seconds", options.seconds);
  app.add_option("--checks-every", options.checks_every);
  app.add_flag("--coalesced", options.coalesced);
  app.add_option("--label", options.label);
  CLI11_PARSE(app, argc, argv);
  try {
    run(options);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
