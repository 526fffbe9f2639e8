// What the hub itself costs, without a network: 2,000 viewers of one room on one thread whose sinks
// take every frame, and chat as fast as it is applied. Prints one JSON object a line.
//   bench_live_hub [seconds]

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <malloc.h>

#include "live/hub.hpp"

namespace {

using namespace geili;
using SteadyClock = std::chrono::steady_clock;

constexpr int kViewers = 2'000;
constexpr int kMessagesPerTick = 75;  // 1,500 messages/s at the 50 ms tick of 2,000 viewers
constexpr ShowId kShow{1};

class CountingSink final : public live::ViewerSink {
 public:
  bool offer(const live::Frame& frame) override {
    bytes_ += frame->size();
    last_ = frame;
    return true;
  }
  void close(live::CloseReason) override { std::abort(); }

 private:
  std::uint64_t bytes_ = 0;
  live::Frame last_;  // as a connection's queue would
};

void report(const char* figure, double value, const char* unit) {
  std::printf("{\"bench\":\"live_hub\",\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", figure,
              value, unit);
}

}  // namespace

int main(int argc, char** argv) {
  const std::chrono::seconds duration(argc > 1 ? std::atoi(argv[1]) : 3);
  boost::asio::io_context context(1);
  SystemClock clock;
  live::HubLimits limits;
  limits.room.chat_per_address =
      limits.room.chat_per_person = {.count = 1'000, .per = std::chrono::milliseconds(1)};
  limits.room.duplicate_window = {};
  live::Hub hub(
      {.executors = {context.get_executor()},
       .encode_frame =
           [](std::string_view payload) { return std::make_shared<const std::string>(payload); },
       .clock = &clock,
       .limits = limits,
       .ticks = live::Ticks::stepped});
  if (!hub.open(kShow, {.status = live::ShowStatus::live})) return 1;
  context.run();

  std::vector<std::shared_ptr<CountingSink>> sinks;
  sinks.reserve(kViewers);
  for (int i = 0; i < kViewers; ++i) sinks.push_back(std::make_shared<CountingSink>());
  context.restart();
  const auto used_before = mallinfo2().uordblks;
  for (const auto& sink : sinks) {
    hub.join({.show = kShow, .sink = sink, .executor = context.get_executor()});
  }
  hub.step();
  context.run();
  context.restart();
  hub.step();
  context.run();
  const auto used = static_cast<double>(mallinfo2().uordblks - used_before);
  report("hub_bytes_per_viewer", used / kViewers, "B");

  const std::string text(64, 'g');
  std::uint64_t sender = 0;
  const std::clock_t cpu_before = std::clock();
  const auto start = SteadyClock::now();
  while (SteadyClock::now() - start < duration) {
    for (int i = 0; i < kMessagesPerTick; ++i) {
      live::Actor actor{.key = ++sender % 500, .address = sender % 500};
      hub.submit(kShow, live::SendChat{actor, "Ana", text});
    }
    hub.step();
    context.restart();
    context.run();
  }
  const double cpu_s = static_cast<double>(std::clock() - cpu_before) / CLOCKS_PER_SEC;
  const auto figures = hub.figures();
  const double messages = static_cast<double>(figures.events) * kViewers;
  report("messages_delivered_per_cpu_s", messages / cpu_s, "1/s");
  report("offers_per_cpu_s", static_cast<double>(figures.deliveries) / cpu_s, "1/s");
  report("cpu_us_per_message", cpu_s * 1e6 / static_cast<double>(figures.events), "us");
  return 0;
}
