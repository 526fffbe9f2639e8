// Money, goods and orders: what follows for each from what a provider or the clock says.
#include "flows/pay.hpp"

#include "base/random.hpp"
#include "flows/test_pay.hpp"
#include "payments/to_ask.hpp"
#include "stock/show_limit.hpp"

namespace geili::flows {
namespace {

TEST_F(Pay, AnOrderIsPaidInCashWhereNobodyChose) {
  const auto order = write(placing(std::nullopt))->order;
  EXPECT_EQ(view(order).state, PayState::due);
  EXPECT_EQ(view(order).method, Method::on_delivery);
  EXPECT_EQ(integer("SELECT count(*) FROM payment"), 0);
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
  ASSERT_TRUE(write([&](Tx& tx) { return confirm_payment(tx, shop_, order.id, clock_); }));
  EXPECT_EQ(view(order).state, PayState::paid);
  const std::string once = rows();
  ASSERT_TRUE(write([&](Tx& tx) { return confirm_payment(tx, shop_, order.id, clock_); }));
  EXPECT_EQ(rows(), once);
}

TEST_F(Pay, OnlyWhatTheShopTakesIsTaken) {
  for (const Method method : {Method::oxxo, Method::checkout, Method::transfer}) {
    EXPECT_EQ(refused(placing(method)).code, "payment-method-unavailable");
  }
  EXPECT_EQ(refused(placing(Method::at_pickup)).code, "payment-method-unavailable");
  take_transfers();
  EXPECT_EQ(refused(placing(std::nullopt)).code, "payment-method-unavailable");
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Pay, ThePaymentIsPartOfTheOrder) {
  const auto order = buy();
  EXPECT_EQ(view(order).state, PayState::pending);
  EXPECT_EQ(*view(order).payment->pay_until - order.placed_at, std::chrono::minutes(10));
  // The same intent again makes neither a second order nor a second payment.
  ASSERT_TRUE(write(placing(Method::card, 1, "key-10001"))->is_replay);
  EXPECT_EQ(integer("SELECT count(*) FROM payment"), 1);
}

TEST_F(Pay, WhatIsPaidBeforehandIsNotPackedUnpaid) {
  const auto order = buy();
  EXPECT_EQ(refused(setting(order, OrderStatus::packed)).code, "order-not-paid");
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
}

TEST_F(Pay, AnOrderNobodyPaysGivesItsGoodsBackOnce) {
  const auto order = buy();
  EXPECT_FALSE(needs_upkeep());
  clock_.advance(std::chrono::minutes(11));
  EXPECT_FALSE(needs_upkeep()) << "news may still come";
  clock_.advance(std::chrono::minutes(1));
  EXPECT_TRUE(needs_upkeep());
  told();
  upkeep();
  EXPECT_EQ(now_of(order).status, OrderStatus::cancelled);
  EXPECT_EQ(view(order).state, PayState::expired);
  EXPECT_EQ(left(necklace_), 12);
  EXPECT_EQ(told().size(), 1U);
  const std::string once = rows();
  upkeep();
  EXPECT_EQ(rows(), once);
}

TEST_F(Pay, APaidOrderDoesNotExpire) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  let_it_expire();
  EXPECT_EQ(now_of(order).status, OrderStatus::placed);
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(Pay, LateMoneyBuysTheGoodsAgainWhileThereAreAny) {
  const auto order = buy();
  let_it_expire();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(now_of(order).status, OrderStatus::placed);
  EXPECT_EQ(view(order).state, PayState::paid);
  EXPECT_TRUE(view(order).has_late_money);
  EXPECT_EQ(left(necklace_), 11);
  // Its new units are what a cancellation gives back.
  ASSERT_TRUE(write(setting(order, OrderStatus::cancelled)));
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Pay, LateMoneyIsRefundedByItselfOnceTheGoodsAreGone) {
  const auto order = buy();
  let_it_expire();
  PlaceOrder rest = wish(2, "key-rest1");
  rest.lines = {{necklace_, 12}};
  rest.expected_total.minor = 12 * kPrice;
  ASSERT_TRUE(place(rest));
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(now_of(order).status, OrderStatus::cancelled);
  EXPECT_EQ(left(necklace_), 0);
  EXPECT_TRUE(needs_upkeep());
  carry_all();
  EXPECT_EQ(view(order).state, PayState::refunded);
  EXPECT_TRUE(view(order).has_late_money);
  EXPECT_EQ(integer("SELECT count(*) FROM payment_ask"), 0);
  const std::string once = rows();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(rows(), once);
}

TEST_F(Pay, LateMoneyBuysNothingBeyondWhatTheShowSellsAndTakesNoUnits) {
  const auto order = buy();
  let_it_expire();
  ASSERT_TRUE(write([&](Tx& tx) {
    return stock::set_limit(tx, show_, necklace_, {.units_max = 0, .units_per_buyer_max = {}});
  }));
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(now_of(order).status, OrderStatus::cancelled);
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Pay, LateMoneyBuysNothingBeyondWhatABuyerGetsAndTakesNoUnits) {
  ASSERT_TRUE(write([&](Tx& tx) {
    return stock::set_limit(tx, show_, necklace_, {.units_max = {}, .units_per_buyer_max = 1});
  }));
  const auto order = buy();
  let_it_expire();
  ASSERT_TRUE(place(wish(1, "key-other1")));
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(now_of(order).status, OrderStatus::cancelled);
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(Pay, MoneyForAnOrderThatWasCalledOffGoesBackThoughTheGoodsAreThere) {
  const auto order = buy();
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order.token, clock_); }));
  EXPECT_EQ(view(order).state, PayState::cancelled);
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  carry_all();
  EXPECT_EQ(view(order).state, PayState::refunded);
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Pay, CancellingGivesTheMoneyBack) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order.token, clock_); }));
  carry_all();
  EXPECT_EQ(view(order).state, PayState::refunded);
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Pay, MoneyThatCameTwiceGoesBackOnce) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(say(order, EvidenceKind::paid, "e2", "m2"));
  ASSERT_TRUE(say(order, EvidenceKind::paid, "e3", "m2"));
  carry_all();
  EXPECT_EQ(integer("SELECT count(*) FROM refund WHERE state = 'done'"), 1);
  EXPECT_EQ(view(order).state, PayState::paid);
}

TEST_F(Pay, ARefundIsOnItsWayUntilItHasCome) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write(refunding(order, 100, false)));
  EXPECT_EQ(view(order).state, PayState::paid) << "a part of it";
  EXPECT_EQ(view(order).returning_minor, 100);
  carry_all();
  EXPECT_EQ(view(order).returning_minor, 0);
  ASSERT_TRUE(write(refunding(order, kPrice - 100, false, "refund-02")));
  EXPECT_EQ(view(order).state, PayState::refunding);
  EXPECT_EQ(view(order).returning_minor, kPrice - 100);
  EXPECT_EQ(refused(setting(order, OrderStatus::packed)).code, "order-not-paid");
  carry_all();
  EXPECT_EQ(view(order).state, PayState::refunded);
  EXPECT_EQ(view(order).returning_minor, 0);
}

TEST_F(Pay, ARefundThatFailsLeavesTheMoneyPaid) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write(refunding(order, kPrice, false)));
  EXPECT_EQ(view(order).state, PayState::refunding);
  const payments::Payment payment = view(order).payment.value();
  const auto refund = read([&](Tx& tx) -> Result<std::vector<payments::Refund>> {
                        return payments::list_refunds(tx, payment.id);
                      })->at(0);
  payments::Event event{.id = "r1", .kind = "x", .reference = payment.idempotency_key};
  event.refund = payments::RefundNews{.state = payments::RefundState::failed,
                                      .idempotency_key = refund.idempotency_key,
                                      .provider_reference = {}};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
    return take_events(tx, shop_, "sandbox", {event}, clock_).has_value();
  }));
  EXPECT_EQ(view(order).state, PayState::paid);
  EXPECT_EQ(view(order).payment->problem, "refund-failed");
}

TEST_F(Pay, ARefundMayBePartlyAndReturnsGoodsWhereAsked) {
  const auto order = buy();
  EXPECT_EQ(refused(refunding(order, 100, false)).code, "payment-not-paid");
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write(refunding(order, 100, false)));
  carry_all();
  EXPECT_EQ(view(order).refunded_minor, 100);
  EXPECT_EQ(view(order).state, PayState::paid);
  EXPECT_EQ(now_of(order).status, OrderStatus::placed);
  EXPECT_EQ(refused(refunding(order, kPrice, true, "refund-02")).code, "refund-too-large");
  ASSERT_TRUE(write(refunding(order, kPrice - 100, true, "refund-02")));
  carry_all();
  EXPECT_EQ(view(order).state, PayState::refunded);
  EXPECT_EQ(now_of(order).status, OrderStatus::cancelled);
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Pay, GoodsThatWereHandedOverComeBackWithTheirRefund) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
  ASSERT_TRUE(write(setting(order, OrderStatus::handed_over)));
  ASSERT_TRUE(write(refunding(order, kPrice, true)));
  ASSERT_TRUE(write(refunding(order, kPrice, true)));
  EXPECT_EQ(left(necklace_), 12);
  EXPECT_EQ(now_of(order).status, OrderStatus::handed_over);
}

TEST_F(Pay, ATransferIsConfirmedByTheSellerAndGivenBackByHand) {
  take_transfers();
  const auto order = buy(Method::transfer);
  EXPECT_FALSE(view(order).transfer_reference.empty());
  ASSERT_TRUE(write([&](Tx& tx) { return confirm_payment(tx, shop_, order.id, clock_); }));
  EXPECT_EQ(view(order).state, PayState::paid);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order.token, clock_); }));
  EXPECT_EQ(view(order).payment->problem, "refund-by-hand");
  EXPECT_EQ(view(order).state, PayState::refunding);
  EXPECT_EQ(integer("SELECT count(*) FROM payment_ask"), 0);
  ASSERT_TRUE(write([&](Tx& tx) { return clear_payment_problem(tx, shop_, order.id, clock_); }));
  EXPECT_EQ(view(order).payment->problem, "");
  EXPECT_EQ(view(order).payment->refunded_minor, kPrice);
}

TEST_F(Pay, ATransferThatCameLateClaimsAgain) {
  take_transfers();
  const auto order = buy(Method::transfer);
  let_it_expire();
  EXPECT_EQ(now_of(order).status, OrderStatus::cancelled);
  ASSERT_TRUE(write([&](Tx& tx) { return confirm_payment(tx, shop_, order.id, clock_); }));
  EXPECT_EQ(now_of(order).status, OrderStatus::placed);
  EXPECT_EQ(view(order).state, PayState::paid);
}

TEST_F(Pay, ACardIsNotForTheSellerToConfirm) {
  const auto order = buy();
  EXPECT_EQ(refused([&](Tx& tx) { return confirm_payment(tx, shop_, order.id, clock_); }).code,
            "payment-not-confirmable");
}

TEST_F(Pay, AShopsKeysSayNothingOfAnothersPayments) {
  const auto order = buy();
  const ShopId other = open_shop("Other", "");
  EXPECT_EQ(refused([&](Tx& tx) -> Result<bool> {
              const auto payment = payments::list_by_order(tx, order.id).at(0);
              payments::Event event{.id = "e", .kind = "x", .reference = payment.idempotency_key};
              event.evidence = payments::Evidence{
                  .kind = EvidenceKind::paid, .money_reference = "m", .amount = payment.amount};
              auto taken = take_events(tx, other, "sandbox", {event}, clock_);
              if (!taken) return fail_as(taken);
              return true;
            }).code,
            "payment-not-found");
  EXPECT_EQ(view(order).state, PayState::pending);
}

TEST_F(Pay, WhatWasToBeAskedIsAskedAgainAfterACrash) {
  const auto order = buy();
  // Begun, and the answer never came: whoever comes next asks the very same.
  const auto begun =
      **write([&](Tx& tx) { return begin_payment(tx, order.token, terms_, clock_); });
  EXPECT_TRUE(upkeep().empty()) << "it has its lease";
  clock_.advance(payments::kAskLease);
  const auto again = upkeep();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].asked.ask.idempotency_key, begun.asked.ask.idempotency_key);
  EXPECT_EQ(again[0].asked.ask.purchase.description, begun.asked.ask.purchase.description);
  EXPECT_EQ(again[0].asked.ask.made_at, begun.asked.ask.made_at);
  EXPECT_EQ(again[0].asked.attempts, 2);
  carry_all();
}

TEST_F(Pay, WhatIsWantedAnewWhileItIsAskedIsAskedOnceMore) {
  const auto order = buy();
  const payments::Ask ask = *write([&](Tx& tx) {
    return payments::look_up(tx, payments::list_by_order(tx, order.id).at(0).id, clock_);
  });
  const auto in_store = [&](auto job) {
    (void)write([&](Tx& tx) -> Result<bool> {
      job(tx);
      return true;
    });
  };
  in_store([&](Tx& tx) { payments::want(tx, shop_, ask, clock_.now()); });
  const auto first = upkeep();
  ASSERT_EQ(first.size(), 1U);
  in_store([&](Tx& tx) { payments::want(tx, shop_, ask, clock_.now()); });
  in_store([&](Tx& tx) { payments::forget(tx, first[0].asked); });
  EXPECT_EQ(upkeep().size(), 1U);
}

TEST_F(Pay, AProviderThatWasTakenAwayEndsWhatItWasToDo) {
  const auto order = buy();
  ASSERT_TRUE(write([&](Tx& tx) { return begin_payment(tx, order.token, terms_, clock_); }));
  take_transfers();
  clock_.advance(payments::kAskLease);
  EXPECT_TRUE(upkeep().empty());
  EXPECT_EQ(view(order).state, PayState::failed);
  EXPECT_EQ(left(necklace_), 12);
  EXPECT_EQ(integer("SELECT count(*) FROM payment_ask"), 0);
}

TEST_F(StripePay, KeysAreSealedAndTheSandboxStandsAlone) {
  const payments::ShopProvider row = stripe();
  set({row});
  EXPECT_FALSE(rows().contains("sk_test_secret"));
  EXPECT_FALSE(rows().contains("whsec_"));
  EXPECT_EQ(refused([&](Tx& tx) -> Result<bool> {
              auto set = payments::set_shop_providers(
                  tx, shop_,
                  {row, {.shop = shop_, .provider = "sandbox", .methods = {Method::card}}}, kCny,
                  terms_.site, clock_.now());
              if (!set) return fail_as(set);
              return true;
            }).code,
            "sandbox-with-real-provider");
  // Another key file, as after moving without it: nothing is offered, and nothing is sold by it.
  const crypto::Sealer other{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
  terms_.site.sealer = &other;
  EXPECT_TRUE((*read([&](Tx& tx) { return offered_methods(tx, shop_, show_, terms_); })).empty());
  EXPECT_EQ(refused(placing(Method::card)).code, "payment-keys-unreadable");
}

}  // namespace
}  // namespace geili::flows
