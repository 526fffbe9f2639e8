#pragma once
// Buyers of one hot item in a live show, for benchmarks of checkout on any store.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "catalog/shop.hpp"
#include "flows/checkout.hpp"
#include "flows/product.hpp"
#include "flows/show.hpp"
#include "stock/stock.hpp"
#include "store/database.hpp"

namespace geili::bench {

using SteadyClock = std::chrono::steady_clock;

inline constexpr std::int64_t kPrice = 28'800;
inline const Currency kCurrency = *Currency::parse("CNY");
inline const SystemClock kClock;

struct Market {
  ShopId shop;
  ShowId show;
  ProductId product;
};

inline Market open_market(store::Database& database, std::int64_t units = stock::kStockMax) {
  return *store::write_and_wait(database, [units](store::Tx& tx) -> Result<Market> {
    Market market;
    market.shop = catalog::create_shop(tx, {.name = "Pearls", .currency = kCurrency}, kClock)->id;
    market.product =
        flows::create_product(
            tx,
            {.shop = market.shop, .title = "Necklace of 45 pearls", .price = {kPrice, kCurrency}},
            units, kClock)
            ->id;
    market.show =
        flows::create_show(
            tx, {{.shop = market.shop, .title = "Evening", .starts_at = {}}, {market.product}})
            ->id;
    if (!flows::start_show(tx, market.show, kClock)) std::abort();
    return market;
  });
}

// Of a buyer who was not there before.
inline flows::PlaceOrder next_order(const Market& market) {
  static std::atomic<std::int64_t> buyers_total = 0;
  const std::int64_t buyer = ++buyers_total;
  return {.device = DeviceId{buyer},
          .idempotency_key = "bench-order-" + std::to_string(buyer),
          .shop = market.shop,
          .show = market.show,
          .lines = {{market.product, 1}},
          .buyer = {.name = "Ana Pérez",
                    .phone = "+86 138 0000 0000",
                    .address = "12 Lake Road, Pearl Village",
                    .country = "CN"},
          .expected_total = {kPrice, kCurrency}};
}

inline void place(store::Tx& tx, const flows::PlaceOrder& order) {
  const auto placed = flows::checkout(tx, order, kClock);
  if (placed) return;
  std::fprintf(stderr, "%s: %s\n", placed.error().code.c_str(), placed.error().detail.c_str());
  std::abort();
}

// How many units are gone beyond those that were sold: 0.
inline std::int64_t oversold(store::Database& database, const Market& market, std::int64_t sold) {
  const std::int64_t left = *store::read_and_wait(
      database,
      [&](store::Tx& tx) -> Result<std::int64_t> { return stock::available(tx, market.product); });
  return sold + left - stock::kStockMax;
}

// Keeps `in_flight` buyers on their way until the time is up.
class CheckoutLoad {
 public:
  // What the next buyer has the store do.
  using NextJob = std::function<store::Database::Job()>;
  CheckoutLoad(store::Database& database, NextJob next_job, int in_flight,
               std::chrono::milliseconds duration)
      : database_(database),
        next_job_(std::move(next_job)),
        open_(in_flight),
        end_(start_ + duration) {
    latencies_ms_.reserve(1'000'000);
    for (int i = 0; i < in_flight; ++i) buy();
    finished_.get_future().wait();
    took_ = SteadyClock::now() - start_;
    std::ranges::sort(latencies_ms_);
  }

  std::int64_t sold() const { return static_cast<std::int64_t>(latencies_ms_.size()); }
  double orders_per_s() const { return static_cast<double>(sold()) / took_.count(); }
  double p99_ms() const { return latencies_ms_[latencies_ms_.size() * 99 / 100]; }

  // Each buys one.
  CheckoutLoad(store::Database& database, const Market& market, int in_flight,
               std::chrono::milliseconds duration)
      : CheckoutLoad(
            database,
            [market] {
              return [order = next_order(market)](store::Tx& tx) {
                place(tx, order);
                return store::Verdict::keep;
              };
            },
            in_flight, duration) {}

 private:
  void buy() {
    const auto asked = SteadyClock::now();
    const auto taken =
        database_.submit_write(next_job_(), [this, asked](const store::Outcome& outcome) {
          if (outcome.failure) std::abort();
          const auto now = SteadyClock::now();
          latencies_ms_.push_back(std::chrono::duration<double, std::milli>(now - asked).count());
          if (now < end_) return buy();
          if (--open_ == 0) finished_.set_value();
        });
    if (!taken) std::abort();
  }

  store::Database& database_;
  const NextJob next_job_;
  int open_;  // this and the latencies belong to the writer's thread
  std::vector<double> latencies_ms_;
  std::promise<void> finished_;
  SteadyClock::time_point start_ = SteadyClock::now();
  SteadyClock::time_point end_;
  std::chrono::duration<double> took_{};
};

}  // namespace geili::bench
