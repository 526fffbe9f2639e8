// How many orders a second checkout makes durable, without HTTP: 256 buyers in flight, one hot item
// in a live show, the outbox relayed to a bus with a listener. Prints one JSON object a line.
//   bench_checkout_engine [folder] [seconds]: the folder is on the disk to be measured, not in
//   memory

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "bus/local/local_bus.hpp"
#include "catalog/shop.hpp"
#include "flows/checkout.hpp"
#include "flows/outbox_relay.hpp"
#include "flows/product.hpp"
#include "flows/show.hpp"
#include "stock/stock.hpp"
#include "store/sqlite/sqlite.hpp"

namespace {

using namespace geili;
using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t kPrice = 28'800;
const Currency kCurrency = *Currency::parse("CNY");
const SystemClock kClock;

struct Market {
  ShopId shop;
  ShowId show;
  ProductId product;
};

Market open_market(store::Database& database) {
  return *store::write_and_wait(database, [](store::Tx& tx) -> Result<Market> {
    Market market;
    market.shop = catalog::create_shop(tx, {.name = "Pearls", .currency = kCurrency}, kClock)->id;
    market.product =
        flows::create_product(
            tx,
            {.shop = market.shop, .title = "Necklace of 45 pearls", .price = {kPrice, kCurrency}},
            stock::kStockMax, kClock)
            ->id;
    market.show =
        flows::create_show(
            tx, {{.shop = market.shop, .title = "Evening", .starts_at = {}}, {market.product}})
            ->id;
    if (!flows::start_show(tx, market.show, kClock)) std::abort();
    return market;
  });
}

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.code.c_str(), error.detail.c_str());
  std::abort();
}

// Keeps `in_flight` buyers on their way until the time is up.
class Load {
 public:
  Load(store::Database& database, const Market& market, int in_flight,
       std::chrono::milliseconds duration)
      : database_(database), market_(market), open_(in_flight), end_(start_ + duration) {
    latencies_ms_.reserve(1'000'000);
    for (int i = 0; i < in_flight; ++i) buy();
    finished_.get_future().wait();
    took_ = SteadyClock::now() - start_;
    std::ranges::sort(latencies_ms_);
  }

  std::int64_t sold() const { return static_cast<std::int64_t>(latencies_ms_.size()); }
  double orders_per_s() const { return static_cast<double>(sold()) / took_.count(); }
  double p99_ms() const { return latencies_ms_[latencies_ms_.size() * 99 / 100]; }

 private:
  flows::PlaceOrder next_order() {
    const std::int64_t buyer = ++buyers_total;
    return {.device = DeviceId{buyer},
            .idempotency_key = "bench-order-" + std::to_string(buyer),
            .shop = market_.shop,
            .show = market_.show,
            .lines = {{market_.product, 1}},
            .buyer = {.name = "Ana Pérez",
                      .phone = "+86 138 0000 0000",
                      .address = "12 Lake Road, Pearl Village",
                      .country = "CN"},
            .expected_total = {kPrice, kCurrency}};
  }
  void buy() {
    const auto asked = SteadyClock::now();
    const auto taken = database_.submit_write(
        [order = next_order()](store::Tx& tx) {
          const auto placed = flows::checkout(tx, order, kClock);
          if (!placed) give_up(placed.error());
          return store::Verdict::keep;
        },
        [this, asked](const store::Outcome& outcome) {
          if (outcome.failure) std::abort();
          const auto now = SteadyClock::now();
          latencies_ms_.push_back(std::chrono::duration<double, std::milli>(now - asked).count());
          if (now < end_) return buy();
          if (--open_ == 0) finished_.set_value();
        });
    if (!taken) std::abort();
  }

  static inline std::atomic<std::int64_t> buyers_total = 0;

  store::Database& database_;
  const Market market_;
  int open_;  // this and the latencies belong to the writer's thread
  std::vector<double> latencies_ms_;
  std::promise<void> finished_;
  SteadyClock::time_point start_ = SteadyClock::now();
  SteadyClock::time_point end_;
  std::chrono::duration<double> took_{};
};

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
  const Market market = open_market(*database);
  auto subscription = bus->subscribe({.filter = "show.>",
                                      .executor = io.get_executor(),
                                      .receive = [&](const bus::Message&) { ++heard; },
                                      .queue_messages_max = 100'000});
  std::int64_t sold = 0;
  {
    flows::OutboxRelay relay(*database, *bus);
    sold += Load(relay.database(), market, 256, std::chrono::seconds(1)).sold();
    const Load crowd(relay.database(), market, 256, duration);
    const Load one(relay.database(), market, 1, duration / 2);
    sold += crowd.sold() + one.sold();
    report("orders_per_s", crowd.orders_per_s(), "1/s");
    report("p99_ms", crowd.p99_ms(), "ms");
    report("orders_per_s_1", one.orders_per_s(), "1/s");
  }
  const std::int64_t left = *store::read_and_wait(
      *database,
      [&](store::Tx& tx) -> Result<std::int64_t> { return stock::available(tx, market.product); });
  report("oversold", static_cast<double>(sold + left - stock::kStockMax), "units");
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
