// How many orders a second checkout makes durable in PostgreSQL, without HTTP, on one hot item: as
// Geili does it (one writer, many jobs a commit, pipelined), and as a pool of connections does it
// (a transaction an order, a round trip a statement). Both prepare their statements and run the
// same flow; they take turns, and the middle of three rounds counts. Prints one JSON object a line.
//   bench_postgres_orders [seconds a round]

#include <algorithm>
#include <array>
#include <thread>

#include "checkout_load.hpp"
#include "figures.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/testing/temp_server.hpp"

namespace {

using namespace geili;
using bench::Market;
using bench::SteadyClock;
using store::postgres::Command;
using store::postgres::Connection;

constexpr int kRounds = 3;
constexpr std::array<int, 3> kPools{1, 8, 32};

// A round trip a statement: nothing is asked ahead or left for later.
class PlainTx final : public store::Tx {
 public:
  explicit PlainTx(Connection& connection) : connection_(connection) {}
  std::int64_t run(std::string_view sql, std::span<const store::Value> parameters,
                   const EachRow& each) override {
    return connection_.run(sql, parameters, each);
  }

 private:
  Connection& connection_;
};

void order_alone(Connection& connection, const Market& market) {
  connection.queue(Command::begin);
  connection.finish();
  PlainTx tx(connection);
  bench::place(tx, bench::next_order(market));
  connection.commit();
}

struct OneByOne {
  std::int64_t sold = 0;
  double per_s = 0;
};

OneByOne measure_pool(const store::postgres::Settings& settings, const Market& market,
                      int connections, std::chrono::milliseconds duration) {
  std::atomic<std::int64_t> sold = 0;
  const auto start = SteadyClock::now();
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < connections; ++i) {
      clients.emplace_back([&] {
        Connection connection(settings);
        while (SteadyClock::now() < start + duration) {
          order_alone(connection, market);
          ++sold;
        }
      });
    }
  }
  const std::chrono::duration<double> took = SteadyClock::now() - start;
  return {sold, static_cast<double>(sold) / took.count()};
}

double middle(std::array<double, kRounds> values) {
  std::ranges::sort(values);
  return values[kRounds / 2];
}

void report(const std::string& figure, double value, const char* unit) {
  bench::report("postgres_orders", figure.c_str(), value, unit);
}

}  // namespace

int main(int argc, char** argv) {
  const std::chrono::milliseconds duration(argc > 1 ? std::atoi(argv[1]) * 1'000 : 3'000);
  store::postgres::TempServer server;
  store::postgres::Settings settings{.url = Secret(server.make_schema())};
  const auto database = store::postgres::open(settings);
  const Market market = bench::open_market(*database);
  settings.lock_timeout_ms = 60'000;  // a buyer in a pool waits for as long as it takes

  std::int64_t sold =
      bench::CheckoutLoad(*database, market, 256, std::chrono::seconds(1)).sold();  // warms up
  std::array<double, kRounds> batched{};
  std::array<double, kRounds> p99_ms{};
  std::array<std::array<double, kRounds>, kPools.size()> pools{};
  for (std::size_t round = 0; round < kRounds; ++round) {
    const bench::CheckoutLoad load(*database, market, 256, duration);
    sold += load.sold();
    batched[round] = load.orders_per_s();
    p99_ms[round] = load.p99_ms();
    for (std::size_t i = 0; i < kPools.size(); ++i) {
      const OneByOne alone = measure_pool(settings, market, kPools[i], duration);
      sold += alone.sold;
      pools[i][round] = alone.per_s;
    }
  }
  double best = 0;
  for (std::size_t i = 0; i < kPools.size(); ++i) {
    best = std::max(best, middle(pools[i]));
    report("one_by_one_per_s_" + std::to_string(kPools[i]), middle(pools[i]), "1/s");
  }
  report("one_by_one_per_s", best, "1/s");
  report("batched_per_s", middle(batched), "1/s");
  report("batched_p99_ms", middle(p99_ms), "ms");
  report("ratio", middle(batched) / best, "1");
  report("oversold", static_cast<double>(bench::oversold(*database, market, sold)), "units");
}
