#pragma once
// For tests of what a broken disk or server does to sales: orders by flows::checkout, each with a
// key of its own, so that whoever is not sure asks once more.

#include <map>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "flows/product.hpp"
#include "flows/simulation/snapshot.hpp"
#include "flows/simulation/world.hpp"

namespace geili::flows::simulation {

class OneStore final : public House {
 public:
  explicit OneStore(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}
  store::Database& database() override { return *database_; }
  void crash() override {}

 private:
  std::unique_ptr<store::Database> database_;
};

// What was acknowledged: tokens of orders by number.
using Acknowledged = std::map<std::int64_t, std::string>;

class Rush {
 public:
  static constexpr std::int64_t kUnits = 200;

  explicit Rush(House& house) : world_(house, 1, {}) {
    world_.set_up();
    for (const std::size_t good : {0U, 1U, 2U, 3U}) {
      const ProductId product = world_.goods[good].product;
      (void)world_.must("stock up", [&](store::Tx& tx) {
        return change_stock(tx, product, kUnits, world_.clock);
      });
      world_.supply[product] += kUnits;
    }
    EXPECT_EQ(world_.fault, "");
  }

  // A belt and a set, paid by card; the same again for the same number. Any thread.
  auto buying(std::int64_t number) const {
    const Good& belt = world_.goods[1];
    const Good& set = world_.good(world_.bundle);
    const PlaceOrder order{
        .device = DeviceId{number + 1},
        .idempotency_key = "rush-" + std::to_string(10'000 + number),
        .shop = world_.loom,
        .show = {},
        .lines = {{belt.product, 1}, {set.product, 1}},
        .fulfilment = orders::Fulfilment::pickup,
        .buyer = {.name = "Ana", .phone = "+52 55 1234 5678", .address = "", .country = ""},
        .note = std::string(static_cast<std::size_t>(number * 31 % 400), 'n'),
        .expected_total = {belt.price_minor + set.price_minor, world_.currency},
        .display_name = "",
        .payment_method = payments::Method::card};
    return [this, order](store::Tx& tx) { return checkout(tx, order, world_.clock, world_.terms); };
  }
  Result<Placed> buy(store::Database& database, std::int64_t number) const {
    return store::write_and_wait(database, buying(number));
  }

  // All that was acknowledged is there, each order has its units, and none is there by half.
  void expect_kept(store::Database& database, const Acknowledged& acknowledged,
                   const std::string& where) const {
    const auto seen = *store::read_and_wait(
        database, [](store::Tx& tx) -> Result<Snapshot> { return take_snapshot(tx); });
    std::map<std::int64_t, std::int64_t> out;
    for (const auto& [id, claim] : seen.claims) {
      if (claim.parts == 0) out[claim.product] += claim.quantity;
    }
    for (const auto& [product, was] : world_.supply) {
      EXPECT_EQ(seen.available.at(product.value) + out[product.value], was) << where;
    }
    EXPECT_EQ(seen.payments.size(), seen.orders.size()) << where;
    for (const auto& [id, order] : seen.orders) {
      EXPECT_EQ(order.lines.size(), 2U) << where;
      for (const LineRow& line : order.lines) {
        EXPECT_EQ(seen.claims.at(line.claim).state, "claimed") << where;
      }
    }
    for (const auto& [number, token] : acknowledged) {
      const auto found = store::read_and_wait(
          database, [&](store::Tx& tx) { return orders::find_by_token(tx, token); });
      EXPECT_TRUE(found) << where << ": order " << number << " is gone";
      const auto again = buy(database, number);
      EXPECT_TRUE(again && again->is_replay && again->order.token == token)
          << where << ": order " << number << " is another";
    }
  }

 private:
  World world_;
};

}  // namespace geili::flows::simulation
