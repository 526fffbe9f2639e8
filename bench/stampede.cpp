// Everyone taps at once, without HTTP: 20 units for 500 buyers, and 1 unit for 5,000 buyers, 200
// times over; on SQLite, and on PostgreSQL through two stores that share the database as two server
// processes do. Counts what must be 0: units sold beyond the stock, orders and claims without each
// other, refusals while units were left, logs of claims whose chain is broken.
//   bench_stampede [rounds of one unit] [folder for SQLite]

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include "checkout_load.hpp"
#include "figures.hpp"
#include "stock/claim_log.hpp"
#include "store/postgres/testing/temp_server.hpp"
#include "store/sqlite/sqlite.hpp"

namespace {

using namespace geili;
using bench::Market;
using Stores = std::vector<std::unique_ptr<store::Database>>;

struct Outcome {
  std::int64_t sold = 0;
  std::int64_t stock = 0;
  std::int64_t orphaned = 0;
  std::int64_t refused_early = 0;
  std::int64_t logs_broken = 0;
};

struct Count {
  std::atomic<std::int64_t> sold = 0;
  std::atomic<std::int64_t> refused = 0;
};

// Counts once it is certain: an answer that is undone is given again.
void tap(store::Database& store, const Market& market, Count& count, std::latch& answered) {
  auto was_sold = std::make_shared<bool>();
  const auto taken = store.submit_write(
      [order = bench::next_order(market), was_sold](store::Tx& tx) {
        const auto placed = flows::checkout(tx, order, bench::kClock);
        *was_sold = placed.has_value();
        if (!placed && placed.error().code != "sold-out") {
          std::fprintf(stderr, "%s\n", placed.error().code.c_str());
          std::abort();
        }
        return placed ? store::Verdict::keep : store::Verdict::undo;
      },
      [&, was_sold](const store::Outcome& outcome) {
        if (outcome.failure) std::abort();
        ++(*was_sold ? count.sold : count.refused);
        answered.count_down();
      });
  if (!taken) std::abort();
}

bool is_log_whole(store::Tx& tx, ShowId show, std::int64_t entries) {
  Bytes before;
  std::int64_t seen = 0;
  for (;;) {
    const auto page = stock::read_log(tx, show, seen);
    if (page.empty()) return seen == entries;
    if (stock::broken_at(before, show, page)) return false;
    for (const auto& entry : page) {
      if (entry.position != ++seen) return false;
    }
    before = page.back().hash;
  }
}

void look_after(store::Database& store, const Market& market, std::int64_t sold, Outcome& all) {
  (void)*store::read_and_wait(store, [&](store::Tx& tx) -> Result<int> {
    const std::int64_t left = stock::available(tx, market.product);
    if (left > 0) ++all.refused_early;
    all.orphaned += *tx.integer(
        "SELECT count(*) FROM shop_order_line l LEFT JOIN claim c ON c.id = l.claim_id"
        " AND c.state = 'claimed' WHERE l.product_id = $1 AND c.id IS NULL",
        market.product);
    all.orphaned += *tx.integer(
        "SELECT count(*) FROM claim c LEFT JOIN shop_order_line l ON l.claim_id = c.id"
        " WHERE c.product_id = $1 AND l.order_id IS NULL",
        market.product);
    const std::int64_t orders =
        *tx.integer("SELECT count(*) FROM shop_order WHERE show_id = $1", market.show);
    if (orders != sold) all.orphaned += std::abs(orders - sold);
    if (!is_log_whole(tx, market.show, sold)) ++all.logs_broken;
    return 0;
  });
}

void run_round(const Stores& stores, std::int64_t units, int buyers, Outcome& all) {
  const Market market = bench::open_market(*stores.front(), units);
  Count count;
  std::latch answered(buyers);
  for (int i = 0; i < buyers; ++i) {
    tap(*stores[static_cast<std::size_t>(i) % stores.size()], market, count, answered);
  }
  answered.wait();
  all.sold += count.sold;
  all.stock += units;
  look_after(*stores.front(), market, count.sold, all);
}

void stampede(const std::string& name, const Stores& stores, int rounds) {
  Outcome all;
  run_round(stores, 20, 500, all);
  const auto start = bench::SteadyClock::now();
  for (int round = 0; round < rounds; ++round) run_round(stores, 1, 5'000, all);
  const std::chrono::duration<double> took = bench::SteadyClock::now() - start;
  const auto report = [&](const char* figure, double value, const char* unit) {
    bench::report("stampede", (name + "_" + figure).c_str(), value, unit);
  };
  report("sold", static_cast<double>(all.sold), "units");
  report("stock", static_cast<double>(all.stock), "units");
  report("oversold", static_cast<double>(std::max<std::int64_t>(all.sold - all.stock, 0)), "units");
  report("orphaned", static_cast<double>(all.orphaned), "1");
  report("refused_early", static_cast<double>(all.refused_early), "1");
  report("logs_broken", static_cast<double>(all.logs_broken), "1");
  report("answers_per_s", rounds * 5'000 / took.count(), "1/s");
}

Stores of_sqlite(const std::filesystem::path& folder) {
  Stores stores;
  stores.push_back(store::sqlite::open({.path = folder / "bench.db"}));
  return stores;
}

Stores of_postgres(const std::string& url) {
  Stores stores;
  for (int i = 0; i < 2; ++i) stores.push_back(store::postgres::open({.url = Secret(url)}));
  return stores;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 200;
  const std::filesystem::path parent = argc > 2 ? argv[2] : ".";
  std::string folder = (parent / "bench-stampede-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  stampede("sqlite", of_sqlite(folder), rounds);
  std::filesystem::remove_all(folder);
  store::postgres::TempServer server;
  stampede("postgres", of_postgres(server.make_schema()), rounds);
}
