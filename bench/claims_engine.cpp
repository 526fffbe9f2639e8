// How many claims a second the sale engine alone makes durable: 256 buyers in flight, one hot item
// in a live show, each claim with its place and its entry in the show's log. Prints one JSON object
// a line.
//   bench_claims_engine [folder] [seconds]: the folder is on the disk to be measured, not in memory

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "checkout_load.hpp"
#include "stock/claim.hpp"
#include "stock/claim_log.hpp"
#include "store/sqlite/sqlite.hpp"

namespace {

using namespace geili;
using bench::CheckoutLoad;
using bench::Market;

void report(const char* figure, double value, const char* unit) {
  std::printf("{\"bench\":\"claims_engine\",\"figure\":\"%s\",\"value\":%.2f,\"unit\":\"%s\"}\n",
              figure, value, unit);
  std::fflush(stdout);
}

CheckoutLoad::NextJob claiming(const Market& market) {
  return [market, buyer = std::int64_t{0}]() mutable {
    return [market, device = DeviceId{++buyer}](store::Tx& tx) {
      const stock::Wanted wanted{.product = market.product,
                                 .quantity = 1,
                                 .show = market.show,
                                 .buyer = device,
                                 .held_until = {}};
      if (!stock::claim(tx, wanted, bench::kClock.now())) std::abort();
      return store::Verdict::keep;
    };
  };
}

// Entries that the log lacks, or has too many: 0.
std::int64_t unlogged(store::Database& database, const Market& market, std::int64_t sold) {
  const auto entries = store::read_and_wait(database, [&](store::Tx& tx) -> Result<std::int64_t> {
    return stock::logged_so_far(tx, market.show, INT64_MAX)[market.product].claims;
  });
  return sold - *entries;
}

void measure(const std::filesystem::path& file, std::chrono::milliseconds duration) {
  const auto database = store::sqlite::open({.path = file});
  const Market market = bench::open_market(*database);
  std::int64_t sold =
      CheckoutLoad(*database, claiming(market), 256, std::chrono::seconds(1)).sold();
  const CheckoutLoad crowd(*database, claiming(market), 256, duration);
  sold += crowd.sold();
  report("claims_per_s", crowd.orders_per_s(), "1/s");
  report("p99_ms", crowd.p99_ms(), "ms");
  report("oversold", static_cast<double>(bench::oversold(*database, market, sold)), "units");
  report("unlogged", static_cast<double>(unlogged(*database, market, sold)), "entries");
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path parent = argc > 1 ? argv[1] : ".";
  const std::chrono::milliseconds duration(argc > 2 ? std::atoi(argv[2]) * 1'000 : 5'000);
  std::string folder = (parent / "bench-claims-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "cannot make a folder in %s\n", parent.c_str());
    return 1;
  }
  measure(std::filesystem::path(folder) / "bench.db", duration);
  std::filesystem::remove_all(folder);
}
