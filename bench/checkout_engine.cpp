// How many orders a second checkout makes durable, without HTTP: 256 buyers in flight, one hot item
// in a live show, the outbox relayed to a bus with a listener. Prints one JSON object a line.
//   bench_checkout_engine [folder] [seconds]: the folder is on the disk to be measured, not in
//   memory

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>

#include "bus/local/local_bus.hpp"
#include "checkout_load.hpp"
#include "flows/outbox_relay.hpp"
#include "store/sqlite/sqlite.hpp"

namespace {

using namespace geili;
using bench::CheckoutLoad;
using bench::Market;

void report(const char* figure, double value, const char* unit) {
  std::printf("{\"bench\":\"checkout_flow\",\"figure\":\"%s\",\"value\":%.2f,\"unit\":\"%s\"}\n",
              figure, value, unit);
  std::fflush(stdout);
}

void measure(const std::filesystem::path& file, std::chrono::milliseconds duration) {
  const auto database = store::sqlite::open({.path = file});
  const auto bus = bus::make_local_bus();
  boost::asio::io_context io;
  auto work = boost::asio::make_work_guard(io);
  std::jthread listener([&] { io.run(); });
  std::atomic<std::int64_t> heard = 0;
  const Market market = bench::open_market(*database);
  auto subscription = bus->subscribe({.filter = "show.>",
                                      .executor = io.get_executor(),
                                      .receive = [&](const bus::Message&) { ++heard; },
                                      .queue_messages_max = 100'000});
  std::int64_t sold = 0;
  {
    flows::OutboxRelay relay(*database, *bus);
    sold += CheckoutLoad(relay.database(), market, 256, std::chrono::seconds(1)).sold();
    const CheckoutLoad crowd(relay.database(), market, 256, duration);
    const CheckoutLoad one(relay.database(), market, 1, duration / 2);
    sold += crowd.sold() + one.sold();
    report("orders_per_s", crowd.orders_per_s(), "1/s");
    report("p99_ms", crowd.p99_ms(), "ms");
    report("orders_per_s_1", one.orders_per_s(), "1/s");
  }
  report("oversold", static_cast<double>(bench::oversold(*database, market, sold)), "units");
  work.reset();
  listener.join();
  report("room_messages_per_order", static_cast<double>(heard) / static_cast<double>(sold), "1");
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path parent = argc > 1 ? argv[1] : ".";
  const std::chrono::milliseconds duration(argc > 2 ? std::atoi(argv[2]) * 1'000 : 5'000);
  std::string folder = (parent / "bench-checkout-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "cannot make a folder in %s\n", parent.c_str());
    return 1;
  }
  measure(std::filesystem::path(folder) / "bench.db", duration);
  std::filesystem::remove_all(folder);
}
