#pragma once
// For the tests of this room: a pearl shop with a live show, and buyers.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/shop.hpp"
#include "flows/checkout.hpp"
#include "flows/order_status.hpp"
#include "flows/product.hpp"
#include "flows/show.hpp"
#include "stock/stock.hpp"
#include "store/testing/test_store.hpp"

namespace geili::flows {

using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

inline const Currency kCny = *Currency::parse("CNY");
inline const Currency kMxn = *Currency::parse("MXN");
inline constexpr std::int64_t kPrice = 28'800;

class Market : public store::testing::StoreTest {
 protected:
  void SetUp() override {
    shop_ = open_shop("Pearls", "At the gate");
    necklace_ = list("Necklace", 12);
    earrings_ = list("Earrings", 100);
    show_ = schedule({necklace_, earrings_});
    start(show_);
  }

  ShopId open_shop(std::string name, std::string pickup) {
    return write([&](Tx& tx) {
             return catalog::create_shop(tx, {.name = name, .pickup = pickup, .currency = kCny},
                                         clock_);
           })
        ->id;
  }
  ProductId list(std::string title, std::int64_t stock, bool hidden = false) {
    return list_in(shop_, title, stock, hidden);
  }
  ProductId list_in(ShopId shop, std::string title, std::int64_t stock, bool hidden = false) {
    return write([&](Tx& tx) {
             return create_product(
                 tx, {.shop = shop, .title = title, .price = {kPrice, kCny}, .hidden = hidden},
                 stock, clock_);
           })
        ->id;
  }
  ShowId schedule(std::vector<ProductId> bag) {
    return write([&](Tx& tx) {
             return create_show(
                 tx, {{.shop = shop_, .title = "Evening", .starts_at = clock_.now()}, bag});
           })
        ->id;
  }
  void start(ShowId show) {
    ASSERT_TRUE(write([&](Tx& tx) { return start_show(tx, show, clock_); }));
  }

  // One necklace in the show, from a device of its own.
  PlaceOrder wish(std::int64_t device = 1, std::string key = "key-00001") {
    return {.device = DeviceId{device},
            .idempotency_key = std::move(key),
            .shop = shop_,
            .show = show_,
            .lines = {{necklace_, 1}},
            .fulfilment = orders::Fulfilment::delivery,
            .buyer = {.name = "Ana Pérez",
                      .phone = "+86 138-0000",
                      .address = "Road 1",
                      .country = "CN"},
            .note = "Ring",
            .expected_total = {kPrice, kCny},
            .display_name = ""};
  }
  auto placing(PlaceOrder order) {
    return [this, order = std::move(order)](Tx& tx) { return checkout(tx, order, clock_); };
  }
  Result<Placed> place(const PlaceOrder& order) { return write(placing(order)); }
  std::int64_t left(ProductId product) {
    return *read([&](Tx& tx) -> Result<std::int64_t> { return stock::available(tx, product); });
  }
  // What the outbox holds, "topic payload", oldest first; and forgets it.
  std::vector<std::string> told() {
    return *write([](Tx& tx) -> Result<std::vector<std::string>> {
      std::vector<std::string> all;
      tx.each([&](const store::Row& row) { all.push_back(row.string(0) + " " + row.string(1)); },
              "SELECT topic, payload FROM outbox ORDER BY id");
      tx.exec("DELETE FROM outbox");
      return all;
    });
  }
  std::string topic() const { return "show." + std::to_string(show_.value) + " "; }

  ShopId shop_;
  ProductId necklace_, earrings_;
  ShowId show_;
};

}  // namespace geili::flows
