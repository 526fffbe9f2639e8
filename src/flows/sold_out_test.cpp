// Who is told that they are sold out when goods share their stock.
#include "flows/sold_out.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "flows/amend.hpp"
#include "flows/hold.hpp"
#include "flows/test_market.hpp"
#include "flows/variant.hpp"
#include "webhooks/endpoint.hpp"

namespace geili::flows {
namespace {

class SoldOut : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    chain_ = list("Chain", 0);
    short_ = add("45 cm", 1);
    long_ = add("60 cm", 2);
    ring_ = list("Ring", 3);
    pair_ = bundle("Pair", {{ring_, 2}});
    set_ = bundle("Set", {{necklace_, 1}, {ring_, 1}});
    bag_ = schedule({chain_, ring_, pair_, set_, necklace_});
    start(bag_);
    const crypto::Sealer sealer{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
    ASSERT_TRUE(write([&](Tx& tx) {
      return webhooks::create_endpoint(
          tx, shop_, {"https://example.com/hook", "", {webhooks::Event::product_sold_out}}, sealer,
          clock_.now());
    }));
  }

  ProductId add(std::string name, std::int64_t stock) {
    return write([&](Tx& tx) {
             return add_variant(tx, chain_, {.name = name, .price = {kPrice, kCny}}, stock, clock_);
           })
        ->id;
  }
  ProductId bundle(std::string title, std::vector<stock::Part> parts) {
    return write([&](Tx& tx) {
             return create_bundle(tx, {.shop = shop_, .title = title, .price = {kPrice, kCny}},
                                  parts, clock_);
           })
        ->id;
  }
  PlaceOrder wish_for(std::vector<PlaceOrder::Line> lines, std::int64_t device = 1) {
    PlaceOrder order = wish(device, "sold-out-" + std::to_string(++keys_));
    order.show = bag_;
    order.expected_total.minor = 0;
    for (const auto& line : lines) order.expected_total.minor += line.quantity * kPrice;
    order.lines = std::move(lines);
    return order;
  }
  orders::Order buy(std::vector<PlaceOrder::Line> lines, std::int64_t device = 1) {
    auto placed = place(wish_for(std::move(lines), device));
    EXPECT_TRUE(placed) << placed.error().code;
    return placed->order;
  }
  void hold_for(std::int64_t device, ProductId product, std::int64_t quantity) {
    ASSERT_TRUE(write([&](Tx& tx) {
      return hold(
          tx, {.device = DeviceId{device}, .show = bag_, .product = product, .quantity = quantity},
          clock_);
    }));
  }
  // Titles of the products that were told since the last call, in the order of the alphabet.
  std::vector<std::string> told_sold_out() {
    std::vector<std::string> titles;
    std::vector<std::string> bodies = *write([](Tx& tx) -> Result<std::vector<std::string>> {
      std::vector<std::string> all;
      tx.each([&](const store::Row& row) { all.push_back(row.string(0)); },
              "SELECT body FROM webhook_message");
      tx.exec("DELETE FROM webhook_delivery");
      tx.exec("DELETE FROM webhook_message");
      return all;
    });
    for (const std::string& body : bodies) {
      for (const ProductId product : {necklace_, chain_, short_, long_, ring_, pair_, set_}) {
        const std::string id = "\"product_id\":\"" + std::to_string(product.value) + "\"";
        if (!body.contains(id)) continue;
        titles.push_back(read([&](Tx& tx) { return catalog::find_product(tx, product); })->title);
      }
    }
    std::ranges::sort(titles);
    return titles;
  }

  ProductId chain_, short_, long_, ring_, pair_, set_;
  ShowId bag_;
  int keys_ = 0;
};

using Titles = std::vector<std::string>;

TEST_F(SoldOut, APartTellsEveryBundleThatCannotBeMadeAnyMore) {
  buy({{ring_, 1}});
  EXPECT_EQ(told_sold_out(), Titles{});
  buy({{ring_, 1}});
  EXPECT_EQ(told_sold_out(), Titles{"Pair"});  // one ring is left
  buy({{ring_, 1}});
  EXPECT_EQ(told_sold_out(), (Titles{"Ring", "Set"}));  // the pair was before
}

TEST_F(SoldOut, ABundleTellsItsPartsAndTheOtherBundlesOfThem) {
  buy({{pair_, 1}});
  EXPECT_EQ(told_sold_out(), Titles{"Pair"});
  buy({{set_, 1}});
  EXPECT_EQ(told_sold_out(), (Titles{"Ring", "Set"}));
}

TEST_F(SoldOut, SeveralLinesOfOneOrderTellEachProductOnce) {
  buy({{ring_, 1}, {pair_, 1}});
  EXPECT_EQ(told_sold_out(), (Titles{"Pair", "Ring", "Set"}));
}

TEST_F(SoldOut, TheLastVariantTellsTheirParent) {
  buy({{short_, 1}});
  EXPECT_EQ(told_sold_out(), Titles{"Chain · 45 cm"});
  buy({{long_, 2}});
  EXPECT_EQ(told_sold_out(), (Titles{"Chain", "Chain · 60 cm"}));
}

TEST_F(SoldOut, WhatIsHeldIsToldWhenItIsHeldAndNotAgainWhenItIsBought) {
  hold_for(1, ring_, 2);
  EXPECT_EQ(told_sold_out(), Titles{"Pair"});
  hold_for(1, ring_, 3);
  EXPECT_EQ(told_sold_out(), (Titles{"Ring", "Set"}));
  buy({{ring_, 3}});
  EXPECT_EQ(told_sold_out(), Titles{});
}

TEST_F(SoldOut, FewerThanWereHeldSellNothingOutThoughTheRestGoesToWhoWaits) {
  hold_for(1, ring_, 3);
  ASSERT_TRUE(write([&](Tx& tx) {
    return wait_in_line(tx, {.device = DeviceId{2}, .show = bag_, .product = ring_}, clock_);
  }));
  told_sold_out();
  buy({{ring_, 2}});
  EXPECT_EQ(left(ring_), 0);
  EXPECT_EQ(told_sold_out(), Titles{});
}

TEST_F(SoldOut, AnOrderThatGrowsTellsWhatItSellsOut) {
  const auto order = buy({{ring_, 1}});
  const auto grow = [&](std::int64_t quantity) {
    ASSERT_TRUE(write([&](Tx& tx) {
      return amend_order(
          tx, order.token,
          {.note = {}, .lines = {{ring_, quantity}}, .expected_total = {quantity * kPrice, kCny}},
          PaymentTerms{}, clock_);
    }));
  };
  grow(2);
  EXPECT_EQ(told_sold_out(), Titles{"Pair"});
  grow(3);
  EXPECT_EQ(told_sold_out(), (Titles{"Ring", "Set"}));
  grow(1);
  EXPECT_EQ(told_sold_out(), Titles{});
}

TEST_F(SoldOut, AnOrdinaryProductIsToldWithItsLastUnitAlone) {
  buy({{necklace_, 11}});
  EXPECT_EQ(told_sold_out(), Titles{});
  buy({{necklace_, 1}});
  EXPECT_EQ(told_sold_out(), (Titles{"Necklace", "Set"}));
}

}  // namespace
}  // namespace geili::flows
