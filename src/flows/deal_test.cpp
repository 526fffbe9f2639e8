// Flash deals in the hands of buyers: what they are told, and what they pay.
#include "flows/deal.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "flows/amend.hpp"
#include "flows/hold.hpp"
#include "flows/test_pay.hpp"
#include "flows/variant.hpp"
#include "store/testing/counting_tx.hpp"

namespace geili::flows {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::int64_t kDealPrice = 20'000;

class Deal : public Pay {
 protected:
  void SetUp() override {
    Pay::SetUp();
    told();
  }
  using Market::placing;

  stock::NewDeal wish_deal(std::int64_t units = 5, std::int64_t each = 2) const {
    return {.show = show_,
            .product = necklace_,
            .price = {kDealPrice, kCny},
            .units = units,
            .countdown_s = 10,
            .length_s = 60,
            .units_per_buyer_max = each,
            .vouchers_max = 0};
  }
  auto announcing(stock::NewDeal deal) {
    return [=, this](Tx& tx) { return announce_deal(tx, deal, clock_); };
  }
  stock::Deal running(stock::NewDeal deal) {
    auto made = write(announcing(deal));
    EXPECT_TRUE(made) << made.error().code << " " << field_of(made.error());
    clock_.advance(seconds(deal.countdown_s));
    return *made;
  }
  PlaceOrder order_of(std::int64_t device, std::int64_t unit_minor, std::int64_t quantity = 1) {
    PlaceOrder order = wish(device, "key-" + std::to_string(++keys_ + 10'000));
    order.lines = {{necklace_, quantity}};
    order.expected_total.minor = unit_minor * quantity;
    return order;
  }
  auto holding(std::int64_t device, std::int64_t quantity = 1) {
    return [=, this](Tx& tx) {
      return hold(
          tx,
          {.device = DeviceId{device}, .show = show_, .product = necklace_, .quantity = quantity},
          clock_);
    };
  }
  bool look_after() {
    return *write([&](Tx& tx) -> Result<bool> { return look_after_deals(tx, clock_); });
  }
  void expire() {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return expire_holds(tx, clock_); }));
  }
  std::int64_t taken() { return integer("SELECT CAST(SUM(taken) AS BIGINT) FROM deal"); }
  // What the room was told of deals, without their ids.
  std::vector<std::string> deals_told() {
    std::vector<std::string> all;
    for (const std::string& line : told()) {
      const auto at = line.find(R"("type":"deal_)");
      if (at != std::string::npos) all.push_back(line.substr(at));
    }
    return all;
  }

  int keys_ = 0;
};

TEST_F(Deal, IsAnnouncedToTheRoomWithAllThatItNeeds) {
  const auto deal = write(announcing(wish_deal()));
  ASSERT_TRUE(deal);
  const auto all = deals_told();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].find(R"("units":5,"left":5,"units_per_buyer_max":2,"vouchers_max":0,)"
                        R"("starts_at_us":)" +
                        std::to_string(deal->starts_at.us)),
            std::string::npos)
      << all[0];
}

TEST_F(Deal, IsOfWhatTheShowSellsForMore) {
  const auto refusal = [&](auto change) {
    stock::NewDeal deal = wish_deal();
    change(deal);
    const Error error = refused(announcing(deal));
    return error.code == "invalid-field" ? field_of(error) : error.code;
  };
  EXPECT_EQ(refusal([](auto& deal) { deal.price.minor = kPrice; }), "/price/minor");
  EXPECT_EQ(refusal([](auto& deal) { deal.price.minor = -1; }), "/price/minor");
  EXPECT_EQ(refusal([](auto& deal) { deal.price.currency = kMxn; }), "/price/currency");
  EXPECT_EQ(refusal([](auto& deal) { deal.units = 13; }), "/units");
  EXPECT_EQ(refusal([](auto& deal) { deal.show = ShowId{99}; }), "show-not-found");
  const ProductId other = list("Ring", 3);
  EXPECT_EQ(refusal([&](auto& deal) { deal.product = other; }), "product-not-in-bag");
  const ShowId later = schedule({necklace_});
  EXPECT_EQ(refusal([&](auto& deal) { deal.show = later; }), "show-status-conflict");
  stock::NewDeal free = wish_deal(12);
  free.price.minor = 0;
  EXPECT_TRUE(write(announcing(free)));
  EXPECT_EQ(refusal([](auto&) {}), "deal-exists");
}

TEST_F(Deal, IsThePriceFromItsStartToItsEnd) {
  const auto deal = write(announcing(wish_deal()));
  clock_.advance(seconds(10) - microseconds(1));
  const Error early = refused(placing(order_of(1, kDealPrice)));
  EXPECT_EQ(early.code, "price-changed");
  EXPECT_EQ(figure_of(early, "current_total_minor"), kPrice);
  clock_.advance(microseconds(1));
  const Error dear = refused(placing(order_of(1, kPrice)));
  EXPECT_EQ(dear.code, "price-changed");
  EXPECT_EQ(figure_of(dear, "current_total_minor"), kDealPrice);
  const auto first = place(order_of(1, kDealPrice));
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_EQ(first->order.lines.front().unit_price.minor, kDealPrice);
  clock_.advance(seconds(60) - microseconds(1));
  EXPECT_TRUE(place(order_of(2, kDealPrice)));
  clock_.advance(microseconds(1));
  EXPECT_EQ(refused(placing(order_of(3, kDealPrice))).code, "price-changed");
  EXPECT_TRUE(place(order_of(3, kPrice)));
  EXPECT_EQ(taken(), 2);
  // Outside the show it never was.
  PlaceOrder outside = order_of(4, kDealPrice);
  outside.show = std::nullopt;
  EXPECT_EQ(refused(placing(outside)).code, "price-changed");
}

TEST_F(Deal, WhoComesTooLateIsToldSoAndMayPayTheOrdinaryPrice) {
  running(wish_deal(2, 2));
  ASSERT_TRUE(place(order_of(1, kDealPrice, 2)));
  const Error late = refused(placing(order_of(2, kDealPrice)));
  EXPECT_EQ(late.code, "deal-sold-out");
  EXPECT_EQ(figure_of(late, "current_total_minor"), kPrice);
  EXPECT_TRUE(place(order_of(2, kPrice)));
}

TEST_F(Deal, TheLimitOfABuyerHolds) {
  running(wish_deal(5, 2));
  EXPECT_EQ(refused(placing(order_of(1, kDealPrice, 3))).code, "deal-limit");
  ASSERT_TRUE(place(order_of(1, kDealPrice, 2)));
  EXPECT_EQ(refused(placing(order_of(1, kDealPrice))).code, "deal-limit");
  EXPECT_TRUE(place(order_of(1, kPrice)));
  EXPECT_EQ(taken(), 2);
}

TEST_F(Deal, AHoldKeepsThePriceWhenTheDealIsOver) {
  running(wish_deal());
  clock_.advance(seconds(59));
  const auto held = write(holding(1));
  ASSERT_TRUE(held && held->deal);
  clock_.advance(seconds(5));
  look_after();
  EXPECT_EQ(refused(placing(order_of(2, kDealPrice))).code, "price-changed");
  const auto bought = place(order_of(1, kDealPrice));
  ASSERT_TRUE(bought) << bought.error().code;
  EXPECT_EQ(bought->order.lines.front().claim, held->id);
  look_after();
  EXPECT_EQ(integer("SELECT COUNT(*) FROM product WHERE deals > 0"), 0);
}

TEST_F(Deal, AHoldThatEndsGivesTheUnitBack) {
  running(wish_deal(1, 1));
  told();
  const auto held = write(holding(1));
  EXPECT_EQ(deals_told().back(), R"("type":"deal_left","deal_id":"1","left":0})");
  EXPECT_EQ(write(holding(2))->deal, std::nullopt);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_hold(tx, DeviceId{1}, held->id, clock_); }));
  EXPECT_EQ(deals_told().back(), R"("type":"deal_left","deal_id":"1","left":1})");
  // The same tap again joins the deal that has a unit now, with the time it had.
  EXPECT_TRUE(write(holding(2))->deal);
  EXPECT_EQ(taken(), 1);
}

TEST_F(Deal, AHoldFromBeforeTheDealIsBoughtAtItsPrice) {
  ASSERT_TRUE(write(holding(1, 2)));
  running(wish_deal());
  ASSERT_TRUE(place(order_of(1, kDealPrice, 2)));
  EXPECT_EQ(taken(), 2);
  EXPECT_EQ(left(necklace_), 10);
}

TEST_F(Deal, LessOfAHoldKeepsTheDealAndMoreAsksForIt) {
  running(wish_deal(3, 3));
  ASSERT_TRUE(write(holding(1, 2)));
  EXPECT_TRUE(write(holding(1, 3))->deal);
  EXPECT_EQ(taken(), 3);
  clock_.advance(seconds(60));
  look_after();
  EXPECT_TRUE(write(holding(1, 1))->deal);
  EXPECT_EQ(taken(), 1);
  EXPECT_FALSE(write(holding(1, 2))->deal);
  EXPECT_EQ(taken(), 0);
}

TEST_F(Deal, AnOrderIsChangedWithinItsDeal) {
  running(wish_deal(4, 3));
  const auto placed = place(order_of(1, kDealPrice, 2));
  const auto amending = [&](std::int64_t quantity) {
    return [=, this, token = placed->order.token](Tx& tx) {
      return amend_order(tx, token,
                         {.note = {},
                          .lines = {{necklace_, quantity}},
                          .expected_total = {kDealPrice * quantity, kCny}},
                         PaymentTerms{}, clock_);
    };
  };
  EXPECT_EQ(refused(amending(4)).code, "deal-limit");
  ASSERT_TRUE(write(amending(3)));
  EXPECT_EQ(taken(), 3);
  clock_.advance(seconds(60));
  ASSERT_TRUE(write(amending(1)));
  EXPECT_EQ(taken(), 1);
  EXPECT_EQ(refused(amending(2)).code, "deal-over");
}

TEST_F(Deal, ACancelledOrderGivesItsUnitBack) {
  running(wish_deal(1, 1));
  const auto placed = place(order_of(1, kDealPrice));
  EXPECT_EQ(refused(placing(order_of(2, kDealPrice))).code, "deal-sold-out");
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); }));
  EXPECT_TRUE(place(order_of(2, kDealPrice)));
}

TEST_F(Deal, WhatHasNoneCostsNotOneStatement) {
  const auto asked = [&](ProductId product) {
    return *write([&](Tx& tx) -> Result<int> {
      const auto offer = catalog::find_offer(tx, product);
      store::testing::CountingTx counting(tx);
      price_of(counting, *offer,
               {.product = product, .quantity = 1, .show = show_, .device = DeviceId{1}},
               clock_.now());
      return counting.statements;
    });
  };
  running(wish_deal());
  EXPECT_EQ(asked(earrings_), 0);
  EXPECT_EQ(asked(necklace_), 2);
  clock_.advance(seconds(60));
  look_after();
  EXPECT_EQ(asked(necklace_), 0);
}

TEST_F(Deal, ALowerPriceOfTheProductWins) {
  running(wish_deal());
  ASSERT_TRUE(write([&](Tx& tx) {
    return change_product(tx, necklace_, {.price = Money{kDealPrice - 1, kCny}}, 1, clock_);
  }));
  const auto placed = place(order_of(1, kDealPrice - 1));
  ASSERT_TRUE(placed);
  EXPECT_EQ(taken(), 0);
}

TEST_F(Deal, ItsEndIsToldOnceWhoeverEndsIt) {
  const auto deal = write(announcing(wish_deal()));
  told();
  clock_.advance(seconds(70));
  EXPECT_FALSE(look_after());
  EXPECT_EQ(deals_told().back().substr(0, 39), R"("type":"deal_ended","deal_id":"1","prod)");
  look_after();
  EXPECT_TRUE(deals_told().empty());
  ASSERT_TRUE(write([&](Tx& tx) { return withdraw_deal(tx, show_, deal->id, clock_); }));
  EXPECT_TRUE(deals_told().empty());

  const auto second = running(wish_deal());
  told();
  ASSERT_TRUE(write([&](Tx& tx) { return withdraw_deal(tx, show_, second.id, clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) { return withdraw_deal(tx, show_, second.id, clock_); }));
  const auto all = deals_told();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].find("withdrawn"), std::string::npos);
}

TEST_F(Deal, EndsWithItsShowItsProductAndItsPlaceInTheBag) {
  const auto is_withdrawn = [&] {
    return integer("SELECT COUNT(*) FROM deal WHERE withdrawn_at IS NOT NULL");
  };
  running(wish_deal());
  const auto bagged = [&](std::vector<ProductId> bag) {
    const auto version = read([&](Tx& tx) { return shows::find_show(tx, show_); })->version;
    return write([&](Tx& tx) {
      return change_show(tx, show_, {.show = {}, .bag = bag, .guests = {}}, version, clock_);
    });
  };
  ASSERT_TRUE(bagged({necklace_}));
  EXPECT_EQ(is_withdrawn(), 0);
  ASSERT_TRUE(bagged({earrings_}));
  EXPECT_EQ(is_withdrawn(), 1);
  ASSERT_TRUE(bagged({necklace_, earrings_}));
  stock::NewDeal on_earrings = wish_deal();
  on_earrings.product = earrings_;
  running(on_earrings);
  running(wish_deal());
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, earrings_, clock_); }));
  EXPECT_EQ(is_withdrawn(), 2);
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(is_withdrawn(), 3);
}

TEST_F(Deal, IsOfAVariantAndOfABundleButOfNoParent) {
  const ProductId chain = list("Chain", 0);
  const ProductId longer =
      write([&](Tx& tx) {
        return add_variant(tx, chain, {.name = "60 cm", .price = {kPrice, kCny}}, 4, clock_);
      })->id;
  const ProductId set =
      write([&](Tx& tx) {
        return create_bundle(tx, {.shop = shop_, .title = "Set", .price = {50'000, kCny}},
                             {{necklace_, 1}, {earrings_, 2}}, clock_);
      })->id;
  show_ = schedule({chain, set});
  start(show_);
  stock::NewDeal deal = wish_deal(2, 1);
  deal.product = chain;
  EXPECT_EQ(refused(announcing(deal)).code, "variant-required");
  deal.product = longer;
  running(deal);
  deal.product = set;
  running(deal);
  for (const ProductId product : {longer, set}) {
    PlaceOrder order = order_of(1, kDealPrice);
    order.lines = {{product, 1}};
    const auto placed = place(order);
    ASSERT_TRUE(placed) << placed.error().code;
    EXPECT_EQ(placed->order.lines.front().unit_price.minor, kDealPrice);
    const auto cancelled =
        write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); });
    ASSERT_TRUE(cancelled);
  }
  EXPECT_EQ(taken(), 0);
  EXPECT_EQ(left(necklace_), 12);
}

// A shop of Mexico, where vouchers are, with a show of its own.
class DealVouchers : public StripePay {
 protected:
  void SetUp() override {
    StripePay::SetUp();
    shop_ = write([&](Tx& tx) {
              return catalog::create_shop(
                  tx, {.name = "Loom", .pickup = "At the gate", .currency = kMxn}, clock_);
            })->id;
    shawl_ = write([&](Tx& tx) {
               return create_product(tx, {.shop = shop_, .title = "Shawl", .price = {kPrice, kMxn}},
                                     9, clock_);
             })->id;
    show_ = schedule({shawl_});
    start(show_);
    auto row = stripe();
    row.methods = {Method::card, Method::oxxo};
    row.vouchers_per_show_max = 9;
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
      const std::vector<payments::ShopProvider> rows{row};
      auto set = payments::set_shop_providers(tx, shop_, rows, kMxn, terms_.site, clock_.now());
      if (!set) return fail_as(set);
      return true;
    }));
  }
  stock::DealId deal_with(std::int64_t vouchers_max) {
    const auto deal = write([&](Tx& tx) {
      return announce_deal(tx,
                           {.show = show_,
                            .product = shawl_,
                            .price = {kDealPrice, kMxn},
                            .units = 5,
                            .countdown_s = 3,
                            .length_s = 60,
                            .units_per_buyer_max = 1,
                            .vouchers_max = vouchers_max},
                           clock_);
    });
    EXPECT_TRUE(deal) << deal.error().code;
    clock_.advance(seconds(3));
    return deal->id;
  }
  auto paying(std::int64_t device, Method method, std::int64_t minor = kDealPrice) {
    PlaceOrder order = wish(device, "key-" + std::to_string(20'000 + device));
    order.lines = {{shawl_, 1}};
    order.expected_total = {minor, kMxn};
    order.payment_method = method;
    return [this, order](Tx& tx) { return checkout(tx, order, clock_, terms_); };
  }

  ProductId shawl_;
};

TEST_F(DealVouchers, NoneUnlessTheHostAllowsThem) {
  const auto deal = deal_with(0);
  EXPECT_EQ(refused(paying(1, Method::oxxo)).code, "payment-method-unavailable");
  EXPECT_TRUE(write(paying(1, Method::card)));
  ASSERT_TRUE(write([&](Tx& tx) { return withdraw_deal(tx, show_, deal, clock_); }));
  EXPECT_TRUE(write(paying(2, Method::oxxo, kPrice)));
}

TEST_F(DealVouchers, AsManyAsTheHostAllows) {
  deal_with(1);
  ASSERT_TRUE(write(paying(1, Method::oxxo)));
  EXPECT_EQ(refused(paying(2, Method::oxxo)).code, "voucher-quota-full");
  EXPECT_EQ(integer("SELECT COUNT(*) FROM voucher_quota WHERE kind = 'show'"), 0);
}

}  // namespace
}  // namespace geili::flows
