// Viewers by WebRTC of one show that a client publishes to: what a packet and a viewer cost one
// thread of the server, and how much later than it was sent a picture is there. Some of the viewers
// open and check all they get, the others count.

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "figures.hpp"
#include "load_socket.hpp"
#include "process_figures.hpp"
#include "receive_apart.hpp"
#include "webrtc_load.hpp"

namespace {

using namespace geili;
using bench::client::ClientLoop;
using bench::client::WhepReceiver;

struct Options {
  unsigned viewers = 1'000;
  unsigned kbps = 600;
  unsigned seconds = 10;
  unsigned checks_every = 20;
  bool segmentation = true;
  bool coalesced = false;
  bool receiver_apart = false;
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
  void join(bench::MediaServer& server, ClientLoop& loop, const Options& options) {
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
      server.play(*viewer);
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

struct Measured {
  double us_per_packet = 0;
  double viewers_per_core = 0;
  double packets_per_s = 0;
  double kib_per_viewer = 0;
  double added_p50_ms = 0;
  double added_p99_ms = 0;
  double lost_share = 0;
};

Measured measure(const Options& options) {
  bench::MediaServer server({.threads = 1, .segmentation = options.segmentation});
  bench::pin_to_processor(1);
  const bench::Phone phone(server, {.video_kbps = options.kbps, .seconds = 8});
  ClientLoop loop(ClientLoop::Wait::looking);
  Viewers viewers;
  bench::wait_for_picture(server, loop);
  loop.run_for(std::chrono::seconds(2));
  const double before_kib = bench::resident_kib(server.process());
  viewers.join(server, loop, options);
  loop.run_for(std::chrono::seconds(4));
  const double after_kib = bench::resident_kib(server.process());

  viewers.measures = true;
  const std::uint64_t packets_before = viewers.packets();
  const std::int64_t lost_before = viewers.lost();
  const double cpu_before = bench::cpu_seconds(server.process());
  const std::uint64_t begin_us = bench::now_us();
  loop.run_for(std::chrono::seconds(options.seconds));
  const double wall_s = static_cast<double>(bench::now_us() - begin_us) / 1e6;
  const double cpu_s = bench::cpu_seconds(server.process()) - cpu_before;
  const auto packets = static_cast<double>(viewers.packets() - packets_before);
  viewers.check();
  return {.us_per_packet = cpu_s * 1e6 / packets,
          .viewers_per_core = options.viewers / (cpu_s / wall_s),
          .packets_per_s = packets / wall_s,
          .kib_per_viewer = (after_kib - before_kib) / options.viewers,
          .added_p50_ms = viewers.added.percentile_ms(0.5),
          .added_p99_ms = viewers.added.percentile_ms(0.99),
          .lost_share = static_cast<double>(viewers.lost() - lost_before) / packets};
}

void report(const std::string& name, double value, const char* unit) {
  bench::report("webrtc_fanout", name.c_str(), value, unit);
}

void report_all(const Measured& measured, const std::string& suffix) {
  report("us_per_packet" + suffix, measured.us_per_packet, "us");
  report("viewers_per_core" + suffix, measured.viewers_per_core, "1");
  report("packets_per_s" + suffix, measured.packets_per_s, "1/s");
  report("kib_per_viewer" + suffix, measured.kib_per_viewer, "KiB");
  report("added_p50_ms" + suffix, measured.added_p50_ms, "ms");
  report("added_p99_ms" + suffix, measured.added_p99_ms, "ms");
  report("lost_share" + suffix, measured.lost_share, "1");
}

// What `./dev bench` prints.
void measure_all() {
  const Measured low = measure({.viewers = 1'000, .kbps = 600});
  report("us_per_packet", low.us_per_packet, "us");
  report("viewers_per_core_600k", low.viewers_per_core, "1");
  report("kib_per_viewer", low.kib_per_viewer, "KiB");
  report("added_p99_ms_1000_viewers", low.added_p99_ms, "ms");
  const Measured high = measure({.viewers = 500, .kbps = 1'500});
  report("us_per_packet_1500k", high.us_per_packet, "us");
  report("viewers_per_core_1500k", high.viewers_per_core, "1");
  const Measured alone = measure({.viewers = 500, .kbps = 1'500, .segmentation = false});
  report("us_per_packet_1500k_gso_off", alone.us_per_packet, "us");
  report("viewers_per_core_1500k_gso_off", alone.viewers_per_core, "1");
  // A fan-out is a burst: what the last viewer of a thread waits is the work for all before.
  const Measured few = measure({.viewers = 200, .kbps = 600, .checks_every = 4});
  report("added_p50_ms", few.added_p50_ms, "ms");
  report("added_p99_ms", few.added_p99_ms, "ms");
  report("lost_share", low.lost_share + high.lost_share + few.lost_share, "1");
  // As over a network: the receiver's half is not the server's work.
  if (!bench::receive_apart(1)) return;
  const Measured low_apart = measure({.viewers = 1'000, .kbps = 600});
  report("us_per_packet_receiver_apart", low_apart.us_per_packet, "us");
  report("viewers_per_core_600k_receiver_apart", low_apart.viewers_per_core, "1");
  const Measured high_apart = measure({.viewers = 500, .kbps = 1'500});
  report("us_per_packet_1500k_receiver_apart", high_apart.us_per_packet, "us");
  report("viewers_per_core_1500k_receiver_apart", high_apart.viewers_per_core, "1");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  bool is_single = false;
  CLI::App app("Viewers by WebRTC; without --one the runs of the README");
  app.add_flag("--one", is_single, "one run with the options that follow");
  app.add_option("--viewers", options.viewers);
  app.add_option("--kbps", options.kbps);
  app.add_option("--seconds", options.seconds);
  app.add_option("--checks-every", options.checks_every);
  app.add_flag("!--no-segmentation", options.segmentation);
  app.add_flag("--coalesced", options.coalesced);
  app.add_flag("--receiver-apart", options.receiver_apart);
  CLI11_PARSE(app, argc, argv);
  try {
    bench::raise_file_limit();
    if (is_single) {
      if (options.receiver_apart)
        bench::must(bench::receive_apart(1), "needs root and two processors");
      report_all(measure(options), "");
    } else {
      measure_all();
    }
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
