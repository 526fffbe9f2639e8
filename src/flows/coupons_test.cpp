// What a coupon makes of an order, of its money and of what goes back.
#include "flows/coupons.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "flows/amend.hpp"
#include "flows/returns.hpp"
#include "flows/show_report.hpp"
#include "flows/test_pay.hpp"
#include "ledger/account.hpp"
#include "ledger/statement.hpp"
#include "ledger/verify.hpp"

namespace geili::flows {
namespace {

constexpr std::int64_t kOff = 3'000;

class CouponOrders : public StripePay {
 protected:
  using Market::placing;  // of a whole order
  void SetUp() override {
    StripePay::SetUp();
    take_stripe();
  }
  void TearDown() override {
    const auto findings =
        *read([](Tx& tx) -> Result<std::vector<ledger::Finding>> { return ledger::verify(tx); });
    EXPECT_TRUE(findings.empty()) << findings[0].fault << " at " << findings[0].subject;
  }
  orders::NewCoupon wanted() {
    return {.shop = shop_,
            .title = "Autumn",
            .off = {.percent = 0, .amount_minor = kOff},
            .currency = kCny,
            .units = 5,
            .valid_until = clock_.now() + std::chrono::hours(1)};
  }
  orders::Coupon make(const std::function<void(orders::NewCoupon&)>& change =
                          [](orders::NewCoupon&) {}) {
    orders::NewCoupon coupon = wanted();
    change(coupon);
    return *write([&](Tx& tx) { return make_coupon(tx, coupon, clock_); });
  }
  orders::CouponClaimId take(const orders::Coupon& coupon, std::int64_t device = 1) {
    return write([&](Tx& tx) { return take_coupon(tx, coupon.id, DeviceId{device}, clock_); })->id;
  }
  // A necklace, for so much less.
  PlaceOrder wish_with(orders::CouponClaimId coupon, std::int64_t off = kOff,
                       std::int64_t device = 1, std::string key = "key-00001") {
    PlaceOrder order = wish(device, std::move(key));
    order.coupon = coupon;
    order.expected_total.minor -= off;
    return order;
  }
  std::vector<CouponOffer> offers(std::int64_t goods_minor = kPrice, std::int64_t device = 1,
                                  std::optional<ShowId> show = std::nullopt) {
    return *read([&](Tx& tx) -> Result<std::vector<CouponOffer>> {
      return coupon_offers(tx, {shop_, show ? show : show_, DeviceId{device}, {goods_minor, kCny}},
                           clock_.now());
    });
  }
};

TEST_F(CouponOrders, AnOrderKeepsWhatItsCouponTookOff) {
  const auto claim = take(make());
  EXPECT_EQ(offers().at(0).discount_minor, kOff);
  const auto placed = place(wish_with(claim));
  ASSERT_TRUE(placed);
  const auto order = now_of(placed->order);
  EXPECT_EQ(order.total.minor, kPrice - kOff);
  EXPECT_EQ(order.discount.minor, kOff);
  EXPECT_EQ(order.discount.title, "Autumn");
  EXPECT_EQ(order.lines.at(0).unit_price.minor, kPrice) << "the goods keep their price";
  EXPECT_TRUE(offers().empty());
  EXPECT_TRUE(place(wish_with(claim))->is_replay);
}

TEST_F(CouponOrders, OneIsSpentOnOneOrder) {
  const auto claim = take(make());
  ASSERT_TRUE(place(wish_with(claim)));
  EXPECT_EQ(refused(placing(wish_with(claim, kOff, 1, "key-00002"))).code, "coupon-unusable");
}

TEST_F(CouponOrders, WhatDoesNotFitIsRefused) {
  const auto of_ana = take(make());
  EXPECT_EQ(refused(placing(wish_with(of_ana, kOff, 2))).code, "coupon-unusable");
  EXPECT_EQ(refused(placing(wish_with(orders::CouponClaimId{99}))).code, "coupon-unusable");

  const auto big = take(make([](auto& one) { one.off.min_order_minor = kPrice + 1; }));
  EXPECT_EQ(refused(placing(wish_with(big))).code, "coupon-unusable");
  EXPECT_EQ(offers().at(1).missing_minor, 1);
  EXPECT_EQ(offers().at(1).discount_minor, 0);

  const ShowId next = schedule({necklace_});
  const auto elsewhere = take(make([&](auto& one) { one.show = next; }));
  EXPECT_EQ(refused(placing(wish_with(elsewhere))).code, "coupon-unusable");
  EXPECT_EQ(offers(kPrice, 1, next).size(), 3U);

  const ShopId other = open_shop("Other", "");
  PlaceOrder order = wish_with(of_ana);
  order.shop = other;
  order.show.reset();
  order.lines = {{list_in(other, "Bowl", 1), 1}};
  EXPECT_EQ(refused(placing(order)).code, "coupon-unusable");

  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(refused(placing(wish_with(of_ana))).code, "coupon-unusable");
}

TEST_F(CouponOrders, ThePriceToldBeforeTheTapIsTheOneThatCounts) {
  const auto claim = take(make());
  const Error error = refused(placing(wish_with(claim, 0)));
  EXPECT_EQ(error.code, "price-changed");
  EXPECT_EQ(figure_of(error, "current_total_minor"), kPrice - kOff);
  EXPECT_EQ(figure_of(error, "current_discount_minor"), kOff);
}

TEST_F(CouponOrders, NobodyPaysLessThanNothing) {
  const auto claim = take(make([](auto& one) { one.off.amount_minor = 10 * kPrice; }));
  const auto placed = place(wish_with(claim, kPrice));
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->order.total.minor, 0);
  EXPECT_EQ(placed->order.discount.minor, kPrice);
}

TEST_F(CouponOrders, ACancelledOrderGivesItBackWhileItIsValid) {
  const auto claim = take(make());
  const auto order = place(wish_with(claim))->order;
  ASSERT_TRUE(write(setting(order, OrderStatus::cancelled)));
  ASSERT_EQ(offers().size(), 1U);
  ASSERT_TRUE(place(wish_with(claim, kOff, 1, "key-00002")));
  clock_.advance(std::chrono::hours(1));
  const auto later = now_of(order);
  EXPECT_EQ(later.discount.minor, kOff) << "the order keeps what it was";
  EXPECT_TRUE(offers().empty());
}

TEST_F(CouponOrders, LateMoneyHasItAgainUnlessItIsSpentMeanwhile) {
  set({{.shop = shop_, .provider = "sandbox", .methods = {Method::card}},
       {.shop = shop_,
        .provider = "delivery",
        .methods = {Method::on_delivery, Method::at_pickup}}});
  const auto coupon = make([&](auto& one) {
    one.per_buyer_max = 2;
    one.valid_until = clock_.now() + std::chrono::hours(24 * 30);
  });
  const auto first = take(coupon);
  PlaceOrder wanted = wish_with(first);
  wanted.payment_method = Method::card;
  const auto buy_it = [&](const PlaceOrder& order) {
    return write([&](Tx& tx) { return checkout(tx, order, clock_, terms_); })->order;
  };
  const auto kept = buy_it(wanted);
  let_it_expire();
  EXPECT_EQ(now_of(kept).status, OrderStatus::cancelled);
  ASSERT_TRUE(say(kept, EvidenceKind::paid));
  EXPECT_EQ(now_of(kept).status, OrderStatus::placed);
  EXPECT_TRUE(offers().empty()) << "it is spent again";

  wanted = wish_with(take(coupon), kOff, 1, "key-00002");
  wanted.payment_method = Method::card;
  const auto lost = buy_it(wanted);
  let_it_expire();
  ASSERT_TRUE(place(wish_with(*wanted.coupon, kOff, 1, "key-00003")));
  ASSERT_TRUE(say(lost, EvidenceKind::paid, "e2", "m2"));
  EXPECT_EQ(now_of(lost).status, OrderStatus::cancelled) << "its money goes back";
}

TEST_F(CouponOrders, WhatItTakesOffFollowsTheGoodsOfAChangedOrder) {
  const auto claim = take(make([](auto& one) {
    one.off = {.percent = 10, .amount_minor = kMoneyMinorMax, .min_order_minor = 2 * kPrice};
  }));
  PlaceOrder wanted = wish(1);
  wanted.lines[0].quantity = 3;
  wanted.coupon = claim;
  wanted.expected_total.minor = 3 * kPrice - 3 * kPrice / 10;
  const auto order = place(wanted)->order;
  const auto amending = [&](std::int64_t quantity, std::int64_t total_minor) {
    return [=, this](Tx& tx) {
      return amend_order(tx, order.token,
                         {.lines = {{necklace_, quantity}}, .expected_total = {total_minor, kCny}},
                         terms_, clock_);
    };
  };
  const auto fewer = write(amending(2, 2 * kPrice - 2 * kPrice / 10));
  ASSERT_TRUE(fewer);
  EXPECT_EQ(fewer->discount.minor, 2 * kPrice / 10);
  const Error error = refused(amending(1, kPrice - kPrice / 10));
  EXPECT_EQ(figure_of(error, "current_total_minor"), kPrice) << "below its least order";
  EXPECT_EQ(write(amending(1, kPrice))->discount.minor, 0);
}

TEST_F(CouponOrders, WhatWasFreeAndGrowsIsPaidAsItsBuyerSays) {
  const auto claim = take(make([](auto& one) { one.off.amount_minor = kPrice; }));
  const auto order = place(wish_with(claim, kPrice))->order;
  ASSERT_EQ(order.total.minor, 0);
  const auto amending = [&](std::int64_t quantity, std::optional<Method> method) {
    return [=, this](Tx& tx) {
      return amend_order(tx, order.token,
                         {.lines = {{necklace_, quantity}},
                          .expected_total = {(quantity - 1) * kPrice, kCny},
                          .payment_method = method},
                         terms_, clock_);
    };
  };
  const Error asked = refused(amending(2, std::nullopt));
  EXPECT_EQ(asked.code, "payment-method-needed");
  EXPECT_EQ(figure_of(asked, "current_total_minor"), kPrice);
  EXPECT_EQ(now_of(order).total.minor, 0) << "nothing of it was done";
  EXPECT_EQ(refused(amending(2, Method::transfer)).code, "payment-method-unavailable");
  EXPECT_EQ(refused(amending(1, Method::card)).fields.at(0).path, "/payment_method");
  ASSERT_TRUE(write(amending(2, Method::card)));
  const OrderPayment payment = view(order);
  EXPECT_EQ(payment.state, PayState::pending);
  EXPECT_EQ(payment.method, Method::card);
  EXPECT_EQ(payment.amount.minor, kPrice);
  EXPECT_EQ(refused(amending(3, Method::card)).code, "payment-in-progress");
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(view(order).state, PayState::paid);
}

TEST_F(CouponOrders, WhatWasFreeMayBePaidInCashToo) {
  const auto claim = take(make([](auto& one) { one.off.amount_minor = kPrice; }));
  const auto order = place(wish_with(claim, kPrice))->order;
  const auto grown = write([&](Tx& tx) {
    return amend_order(tx, order.token,
                       {.lines = {{necklace_, 2}},
                        .expected_total = {kPrice, kCny},
                        .payment_method = Method::on_delivery},
                       terms_, clock_);
  });
  ASSERT_TRUE(grown);
  EXPECT_EQ(view(order).state, PayState::due);
  EXPECT_EQ(view(order).amount.minor, kPrice);
}

TEST_F(CouponOrders, TheSellerEarnsWhatWasPaidAndNoMore) {
  PlaceOrder wanted = wish_with(take(make()));
  wanted.payment_method = Method::card;
  const auto order = write([&](Tx& tx) { return checkout(tx, wanted, clock_, terms_); })->order;
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  const auto earned = *read(
      [&](Tx& tx) -> Result<ledger::Earnings> { return ledger::earnings(tx, shop_, show_, kCny); });
  EXPECT_EQ(earned.gross_minor, kPrice - kOff);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM ledger_entry WHERE memo = 'Autumn -30.00 CNY'"), 1);
  const auto report = *read([&](Tx& tx) { return show_report(tx, shop_, show_, clock_); });
  EXPECT_EQ(report.takings_minor, kPrice);
  EXPECT_EQ(report.discounts_minor, kOff);

  // All that was paid goes back, and no more could.
  ASSERT_TRUE(write(refunding(order, kPrice - kOff, false)));
  EXPECT_FALSE(write(refunding(order, 1, false, "refund-02")));
}

TEST_F(CouponOrders, WhatACancelledOrderTookOffIsNotInTheShowsReport) {
  const auto coupon = make();
  const auto order = place(wish_with(take(coupon)))->order;
  ASSERT_TRUE(place(wish_with(take(coupon, 2), kOff, 2)));
  ASSERT_TRUE(write(setting(order, OrderStatus::cancelled)));
  const auto report = *read([&](Tx& tx) { return show_report(tx, shop_, show_, clock_); });
  EXPECT_EQ(report.takings_minor, kPrice);
  EXPECT_EQ(report.discounts_minor, kOff);
}

TEST_F(CouponOrders, AReturnIsWorthWhatWasPaidForIt) {
  PlaceOrder wanted = wish(1);
  wanted.lines[0].quantity = 3;
  wanted.coupon = take(make([](auto& one) { one.off.amount_minor = 1'000; }));
  wanted.expected_total.minor = 3 * kPrice - 1'000;
  const auto order = place(wanted)->order;
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
  ASSERT_TRUE(write(setting(order, OrderStatus::handed_over)));
  const auto asked = write([&](Tx& tx) {
    return ask_return(tx,
                      {.token = order.token,
                       .key = "return-01",
                       .wish = shipping::ReturnWish::refund,
                       .reason = shipping::ReturnReason::damaged,
                       .lines = {{necklace_, 3}}},
                      clock_);
  });
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->lines.at(0).unit_price.minor, kPrice - 334) << "a third of it, rounded up";
}

TEST_F(CouponOrders, RoomsHearOfATapsCouponAndWhenItIsGone) {
  told();
  const auto coupon = make([](auto& one) { one.units = 2; });
  const std::string id = std::to_string(coupon.id.value);
  const auto line = [&](const char* left) {
    return topic() + R"({"type":"coupon","coupon_id":")" + id + R"(","left":)" + left + "}";
  };
  EXPECT_EQ(told(), std::vector<std::string>{line("2")});
  take(coupon, 1);
  EXPECT_TRUE(told().empty()) << "not each of a crowd";
  take(coupon, 2);
  EXPECT_EQ(told(), std::vector<std::string>{line("0")});
  make([](auto& one) { one.code = "SECRET"; });
  EXPECT_TRUE(told().empty());
}

TEST_F(CouponOrders, ACodeIsNotTakenByATap) {
  const auto coupon = make([](auto& one) { one.code = "autumn"; });
  const auto by_tap = [&](Tx& tx) { return take_coupon(tx, coupon.id, DeviceId{1}, clock_); };
  EXPECT_EQ(refused(by_tap).code, "coupon-not-found");
  const auto by_code = [&](const char* code) {
    return [&, code](Tx& tx) { return take_coupon(tx, shop_, code, DeviceId{1}, clock_); };
  };
  EXPECT_EQ(refused(by_code("WINTER")).code, "coupon-not-found");
  EXPECT_EQ(field_of(refused(by_code("a"))), "/code");
  EXPECT_TRUE(write(by_code(" Autumn ")));
}

TEST_F(CouponOrders, OnlyAShopsOwnShowAndMoneyAreTaken) {
  const auto making = [&](const std::function<void(orders::NewCoupon&)>& change) {
    orders::NewCoupon coupon = wanted();
    change(coupon);
    return [this, coupon](Tx& tx) { return make_coupon(tx, coupon, clock_); };
  };
  EXPECT_EQ(field_of(refused(making([](auto& one) { one.currency = kMxn; }))), "/amount/currency");
  EXPECT_EQ(field_of(refused(making([](auto& one) { one.show = ShowId{99}; }))), "/show_id");
  const ShopId other = open_shop("Other", "");
  EXPECT_EQ(field_of(refused(making([&](auto& one) {
              one.shop = other;
              one.show = show_;
            }))),
            "/show_id");
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(field_of(refused(making([&](auto& one) { one.show = show_; }))), "/show_id");
}

TEST_F(CouponOrders, OneCouponSpentByRacingOrdersIsSpentOnce) {
  const auto claim = take(make());
  std::vector<std::string> answers(8);
  {
    std::vector<std::jthread> taps;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      taps.emplace_back([&, i] {
        const auto placed = place(wish_with(claim, kOff, 1, "key-0000" + std::to_string(i)));
        answers[i] = placed ? "placed" : placed.error().code;
      });
    }
  }
  EXPECT_EQ(std::ranges::count(answers, "placed"), 1);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM shop_order WHERE discount_minor > 0"), 1);
}

}  // namespace
}  // namespace geili::flows
