// What 5,000 viewers who wait for the next part of one stream cost, without HTTP: they ask the
// engine from one thread for each playlist and each part, as a player does; a publisher sends 30
// pictures a second by RTMP. Delays are from the picture that completes a part to the answer.
// Prints one JSON object a line.
//   bench_llhls_waiting [viewers] [seconds]
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "figures.hpp"
#include "media/engine.hpp"
#include "media/testing/hls_playlist.hpp"
#include "media/testing/rtmp_client.hpp"

namespace {

using namespace geili;
using media::testing::client_message;
using media::testing::RtmpClient;

constexpr ShowId kShow{1};
constexpr int kFramesPerS = 30;
constexpr int kFramesPerPart = 10;
constexpr int kPartsPerSegment = 6;
constexpr int kFramesMax = kFramesPerS * 120;
constexpr std::size_t kFrameBytes = 6'000;  // 1.4 Mbit/s

class OpenGate final : public media::PublishGate {
 public:
  void authorise(std::string, std::string, Answer answer) override { answer(kShow); }
};

struct Run {
  media::Engine* engine = nullptr;
  std::array<std::atomic<std::uint64_t>, kFramesMax> sent_us{};
  std::atomic<bool> measuring = false;
  std::atomic<bool> over = false;
  std::uint64_t first_segment = 0;
  // Of the viewers' thread.
  bench::LatencyHistogram delays;
  std::uint64_t bodies = 0;
};

std::string picture(int frame) {
  std::string tag = media::testing::avc_frame_tag(frame % kFramesPerS == 0);
  tag.resize(9);  // up to the length, which is the last four bytes of these
  for (int shift = 24; shift >= 0; shift -= 8) {
    tag[static_cast<std::size_t>(5 + 3 - shift / 8)] =
        static_cast<char>(kFrameBytes >> shift & 0xFF);
  }
  tag += frame % kFramesPerS == 0 ? '\x65' : '\x41';
  return tag + std::string(kFrameBytes - 1, '\x7F');
}

void publish(Run& run, RtmpClient& client) {
  using media::rtmp::MessageType;
  client.send(client_message(MessageType::video, 0, media::testing::avc_config_tag()));
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kFramesMax && !run.over; ++i) {
    std::this_thread::sleep_until(start + std::chrono::microseconds(i * 1'000'000LL / kFramesPerS));
    const auto ms = static_cast<std::uint32_t>(i * 1'000LL / kFramesPerS);
    run.sent_us[static_cast<std::size_t>(i)] = bench::now_us();
    client.send(client_message(MessageType::video, ms, picture(i)));
  }
}

boost::asio::awaitable<void> view(Run* run, std::uint64_t segment, int part) {
  while (!run->over) {
    const std::string query = "_HLS_msn=" + std::to_string(segment) +
                              "&_HLS_part=" + std::to_string(part) + "&_HLS_skip=YES";
    const auto playlist = co_await run->engine->hls_playlist(kShow, "media.m3u8", query);
    const std::string name = "p" + std::to_string(segment) + "." + std::to_string(part) + ".m4s";
    const auto body = co_await run->engine->hls_part(kShow, name);
    if (!playlist || !body) continue;
    if (run->measuring) {
      const auto parts =
          static_cast<int>(segment - run->first_segment) * kPartsPerSegment + part + 1;
      const auto frame = static_cast<std::size_t>(parts * kFramesPerPart);
      run->delays.record_us(bench::now_us() - run->sent_us[frame]);
      ++run->bodies;
    }
    if (++part == kPartsPerSegment) {
      part = 0;
      ++segment;
    }
  }
}

boost::asio::awaitable<void> open(Run* run, int viewers) {
  const auto text = co_await run->engine->hls_playlist(kShow, "media.m3u8", "");
  const auto list = text ? media::testing::HlsPlaylist::parse(*text->body) : std::nullopt;
  if (!list) std::abort();
  run->first_segment = list->segments.front().number;
  const auto executor = co_await boost::asio::this_coro::executor;
  for (int i = 0; i < viewers; ++i) {
    boost::asio::co_spawn(executor, view(run, run->first_segment + 1, 0), boost::asio::detached);
  }
}

double processor_s() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

}  // namespace

int main(int argc, char** argv) {
  const int viewers = argc > 1 ? std::atoi(argv[1]) : 5'000;
  const int seconds = argc > 2 ? std::atoi(argv[2]) : 10;
  SystemClock clock;
  OpenGate gate;
  const auto engine = media::Engine::create({}, gate, clock);
  engine->start();
  const auto run = std::make_unique<Run>();
  run->engine = engine.get();
  RtmpClient client(engine->rtmp_port());
  if (client.publish("key") != "NetStream.Publish.Start") return 1;
  std::thread publisher([&] { publish(*run, client); });

  boost::asio::io_context io(1);
  boost::asio::co_spawn(io, open(run.get(), viewers), boost::asio::detached);
  std::thread watcher([&io] {
    const auto work = boost::asio::make_work_guard(io);
    io.run();
  });
  std::this_thread::sleep_for(std::chrono::seconds(5));
  const double before_s = processor_s();
  run->measuring = true;
  std::this_thread::sleep_for(std::chrono::seconds(seconds));
  run->measuring = false;
  const double used_s = processor_s() - before_s;
  run->over = true;
  publisher.join();
  engine->stop();
  io.stop();
  watcher.join();

  bench::report("llhls_waiting", "viewers", viewers, "1");
  bench::report("llhls_waiting", "answers_per_s", 2.0 * static_cast<double>(run->bodies) / seconds,
                "1/s");
  bench::report("llhls_waiting", "p50_ms", run->delays.percentile_ms(0.5), "ms");
  bench::report("llhls_waiting", "p99_ms", run->delays.percentile_ms(0.99), "ms");
  bench::report("llhls_waiting", "cpu_us_per_answer",
                used_s * 1e6 / (2.0 * static_cast<double>(run->bodies)), "us");
  return run->bodies > 0 ? 0 : 1;
}
