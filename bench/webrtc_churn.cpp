// Viewers who come and go, with and without a goodbye, and a phone that leaves and comes back: what
// the server's memory and descriptors do meanwhile.
// `--minutes 60` is the hour; `./dev bench` runs five minutes.

#include <algorithm>
#include <cstdio>
#include <deque>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "figures.hpp"
#include "load_socket.hpp"
#include "process_figures.hpp"
#include "webrtc_load.hpp"

namespace {

using namespace geili;
using bench::client::ClientLoop;
using bench::client::ClipPtr;
using bench::client::WhepReceiver;
using bench::client::WhipPublisher;

constexpr std::size_t kViewers = 50;
constexpr std::chrono::milliseconds kJoinEvery{100};
constexpr std::chrono::seconds kRepublishEvery{10};
constexpr std::chrono::seconds kSampleEvery{2};
constexpr std::chrono::seconds kDrain{75};  // consent and session time-outs run out

struct Sample {
  double minutes = 0;
  double kib = 0;
};

// The least squares' line through the second half: what came before filled caches.
double slope_kib_per_minute(const std::vector<Sample>& samples) {
  const std::size_t from = samples.size() / 2;
  const auto count = static_cast<double>(samples.size() - from);
  double x = 0, y = 0, xx = 0, xy = 0;
  for (std::size_t i = from; i < samples.size(); ++i) {
    x += samples[i].minutes;
    y += samples[i].kib;
    xx += samples[i].minutes * samples[i].minutes;
    xy += samples[i].minutes * samples[i].kib;
  }
  const double spread = count * xx - x * x;
  return spread > 0 ? (count * xy - x * y) / spread : 0;
}

class Churn {
 public:
  explicit Churn(bench::MediaServer& server)
      : server_(server), clip_(bench::client::make_clip({.video_kbps = 300, .seconds = 5})) {
    republish();
    bench::wait_for_picture(server_, loop_);
  }

  void run(std::chrono::milliseconds time) {
    const Instant begin = loop_.now();
    Instant join_at = begin;
    Instant republish_at = begin + kRepublishEvery;
    Instant sample_at = begin;
    while (loop_.now() - begin < time) {
      loop_.turn();
      const Instant now = loop_.now();
      if (now >= join_at) {
        join_at = now + kJoinEvery;
        replace_one();
      }
      if (now >= republish_at) {
        republish_at = now + kRepublishEvery;
        republish();
      }
      if (now >= sample_at) {
        sample_at = now + kSampleEvery;
        samples_.push_back({static_cast<double>((now - begin).count()) / 6e7,
                            bench::resident_kib(server_.process())});
      }
    }
  }
  // Everybody leaves.
  void end() {
    for (Joined& joined : viewers_) server_.leave(joined.session);
    viewers_.clear();
    if (phone_) server_.unpublish(phone_session_);
    phone_.reset();
    loop_.run_for(kDrain);
  }
  const std::vector<Sample>& samples() const { return samples_; }
  std::uint64_t joins() const { return left_; }
  std::uint64_t seen() const { return seen_; }

 private:
  struct Joined {
    std::unique_ptr<WhepReceiver> viewer;
    std::string session;
  };

  // The oldest goes: every third without a word.
  void replace_one() {
    if (viewers_.size() >= kViewers) {
      Joined gone = std::move(viewers_.front());
      viewers_.pop_front();
      if (gone.viewer->video().units > 0) ++seen_;
      if (++left_ % 3 != 0) server_.leave(gone.session);
    }
    auto viewer = std::make_unique<WhepReceiver>(loop_, bench::client_context());
    std::string session = server_.play(*viewer);
    viewers_.push_back({std::move(viewer), std::move(session)});
  }
  // Every second time without a goodbye, as when a phone loses its network.
  void republish() {
    if (phone_ && ++republished_ % 2 == 0) server_.unpublish(phone_session_);
    phone_ = std::make_unique<WhipPublisher>(loop_, bench::client_context(), clip_);
    phone_session_ = server_.publish(*phone_);
    bench::must(loop_.run_until([&] { return phone_->is_open(); }), "the publisher got no keys");
  }

  bench::MediaServer& server_;
  ClipPtr clip_;
  ClientLoop loop_;
  std::unique_ptr<WhipPublisher> phone_;
  std::string phone_session_;
  std::deque<Joined> viewers_;
  std::vector<Sample> samples_;
  std::uint64_t left_ = 0;
  std::uint64_t seen_ = 0;
  std::uint64_t republished_ = 0;
};

void run(double minutes) {
  bench::raise_file_limit();
  bench::MediaServer server({.threads = 2});
  Churn churn(server);
  const std::size_t before = bench::open_descriptors(server.process());
  churn.run(std::chrono::milliseconds(static_cast<std::int64_t>(minutes * 60'000)));
  bench::must(churn.seen() * 20 >= churn.joins() * 19, "more than 5 % of the viewers saw nothing");
  churn.end();
  const auto figure = [](const char* name, double value, const char* unit) {
    bench::report("webrtc_churn", name, value, unit);
  };
  figure("joins", static_cast<double>(churn.joins()), "1");
  figure("memory_slope_kib_per_minute", slope_kib_per_minute(churn.samples()), "KiB/min");
  figure("memory_end_kib", churn.samples().back().kib, "KiB");
  figure(
      "descriptors_leaked",
      static_cast<double>(bench::open_descriptors(server.process())) - static_cast<double>(before),
      "1");
}

}  // namespace

int main(int argc, char** argv) {
  double minutes = 5;
  CLI::App app("WebRTC churn");
  app.add_option("--minutes", minutes);
  CLI11_PARSE(app, argc, argv);
  try {
    run(minutes);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
