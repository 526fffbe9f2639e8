// What is paid and what goes back, in the co-operative's books.
#include "flows/parcels.hpp"
#include "flows/test_pay.hpp"
#include "ledger/account.hpp"
#include "ledger/statement.hpp"
#include "ledger/verify.hpp"

namespace geili::flows {
namespace {

// What payments leave in the co-operative's books, with a provider whose money is real.
class PaidBooks : public StripePay {
 protected:
  void SetUp() override {
    StripePay::SetUp();
    take_stripe();
  }
  void TearDown() override {
    const auto findings =
        *read([](Tx& tx) -> Result<std::vector<ledger::Finding>> { return ledger::verify(tx); });
    EXPECT_TRUE(findings.empty()) << findings[0].fault << " at " << findings[0].subject;
  }
  ledger::Earnings earned() {
    return *read([&](Tx& tx) -> Result<ledger::Earnings> {
      return ledger::earnings(tx, shop_, show_, kCny);
    });
  }
  std::int64_t owed_minor() {
    return *read([&](Tx& tx) -> Result<std::int64_t> {
      return ledger::seller_balance(tx, shop_, kCny).minor;
    });
  }
  std::int64_t entries() {
    return *read([](Tx& tx) -> Result<std::int64_t> { return ledger::head(tx).number.value; });
  }
  // The provider has given it all back.
  void give_back(const orders::Order& order) {
    const auto payment = view(order).payment.value();
    for (const auto& refund : *read([&](Tx& tx) -> Result<std::vector<payments::Refund>> {
           return payments::list_refunds(tx, payment.id);
         })) {
      payments::Event event{
          .id = "r" + refund.idempotency_key, .kind = "x", .reference = payment.idempotency_key};
      event.refund = payments::RefundNews{.state = payments::RefundState::done,
                                          .idempotency_key = refund.idempotency_key,
                                          .provider_reference = {}};
      ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
        auto taken = take_events(tx, shop_, "stripe", {event}, clock_);
        if (!taken) return fail_as(taken);
        return true;
      }));
    }
  }
};

// A buyer's orders of a show lie in one parcel, which leaves with the last of them.
TEST_F(PaidBooks, EachOrderInCashIsPaidThoughItsParcelLeavesWithTheLast) {
  const auto first = buy(Method::on_delivery);
  const auto second = write(placing(Method::on_delivery, 1, "key-second"))->order;
  for (const auto& order : {first, second}) {
    ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
    ASSERT_TRUE(write(setting(order, OrderStatus::handed_over)));
  }
  EXPECT_EQ(view(first).state, PayState::paid);
  EXPECT_EQ(earned().orders, 2);
  EXPECT_EQ(earned().gross_minor, 2 * kPrice);
}

TEST_F(PaidBooks, AnOrderInCashIsPaidWhenWhatItsParcelWaitedForIsCalledOff) {
  const auto first = buy(Method::on_delivery);
  const auto second = write(placing(Method::on_delivery, 1, "key-second"))->order;
  ASSERT_TRUE(write(setting(first, OrderStatus::packed)));
  ASSERT_TRUE(write(setting(first, OrderStatus::handed_over)));
  EXPECT_EQ(earned().orders, 0);
  ASSERT_TRUE(write(setting(second, OrderStatus::cancelled)));
  EXPECT_EQ(view(first).state, PayState::paid);
  EXPECT_EQ(earned().gross_minor, kPrice);
}

TEST_F(PaidBooks, ACardIsOwedToTheHouseholdFromTheMomentItIsPaid) {
  const auto order = buy();
  EXPECT_EQ(entries(), 0);
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(owed_minor(), kPrice);
  EXPECT_EQ(earned().gross_minor, kPrice);
  // Told again under another name, packed and handed over: it is one sale.
  ASSERT_TRUE(say(order, EvidenceKind::paid, "e2"));
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
  ASSERT_TRUE(write(setting(order, OrderStatus::handed_over)));
  EXPECT_EQ(entries(), 1);
}

TEST_F(PaidBooks, TheProvidersFeeIsTakenFromWhatTheShowEarnedOnce) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(say(order, EvidenceKind::paid, "e2", "m1", 900));
  ASSERT_TRUE(say(order, EvidenceKind::paid, "e3", "m1", 950));
  EXPECT_EQ(owed_minor(), kPrice - 900);
  EXPECT_EQ(earned().provider_fees_minor, 900);
  EXPECT_EQ(earned().net_minor, kPrice - 900);
  EXPECT_EQ(entries(), 2);
}

TEST_F(PaidBooks, TheProviderKeepsItsFeeOfMoneyThatWentBack) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid, "e1", "m1", 900));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order.token, clock_); }));
  give_back(order);
  EXPECT_EQ(owed_minor(), -900);
}

TEST_F(PaidBooks, ACancelledOrderIsOwedUntilItsMoneyHasGoneBack) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order.token, clock_); }));
  EXPECT_EQ(owed_minor(), kPrice);
  give_back(order);
  EXPECT_EQ(owed_minor(), 0);
  EXPECT_EQ(earned().refunds_minor, kPrice);
  EXPECT_EQ(entries(), 2);
}

TEST_F(PaidBooks, PartsThatGoBackAreEachPostedOnce) {
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  for (const char* key : {"refund-01", "refund-02"}) {
    ASSERT_TRUE(write(refunding(order, 100, false, key)));
    give_back(order);
    give_back(order);
  }
  EXPECT_EQ(owed_minor(), kPrice - 200);
  EXPECT_EQ(entries(), 3);
}

TEST_F(PaidBooks, LateMoneyIsASaleOnlyWhereItBoughtTheGoods) {
  const auto order = buy();
  const auto other = buy(Method::card, 2);
  let_it_expire();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(owed_minor(), kPrice);
  PlaceOrder rest = wish(3, "key-rest1");
  rest.lines = {{necklace_, 11}};
  rest.expected_total.minor = 11 * kPrice;
  ASSERT_TRUE(place(rest));
  ASSERT_TRUE(say(other, EvidenceKind::paid, "e3", "m3"));
  give_back(other);
  EXPECT_EQ(view(other).state, PayState::refunded);
  EXPECT_EQ(owed_minor(), kPrice);
  EXPECT_EQ(entries(), 1);
}

TEST_F(PaidBooks, CashIsTheHouseholdsAndGoesBackByHand) {
  const auto order = buy(Method::on_delivery);
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
  EXPECT_EQ(entries(), 0);
  ASSERT_TRUE(write(setting(order, OrderStatus::handed_over)));
  EXPECT_EQ(view(order).state, PayState::paid);
  EXPECT_EQ(earned().gross_minor, kPrice);
  EXPECT_EQ(owed_minor(), 0);
  ASSERT_TRUE(write(refunding(order, kPrice, true)));
  EXPECT_EQ(earned().refunds_minor, kPrice);
  EXPECT_EQ(owed_minor(), 0);
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(PaidBooks, WhatACarrierBringsIsPaidWhenItIsThere) {
  const auto order = buy(Method::on_delivery);
  const auto parcel = read([&](Tx& tx) {
                        return shipping::list_parcels(tx, shop_, {}, {.limit = 1});
                      })->items.at(0);
  const auto move = [&](shipping::ParcelState state) {
    return write([&](Tx& tx) { return set_parcel_state(tx, shop_, parcel.id, state, clock_); });
  };
  ASSERT_TRUE(move(shipping::ParcelState::packed));
  ASSERT_TRUE(write(
      [&](Tx& tx) { return hand_over_parcel(tx, shop_, parcel.id, {"SF", "1", {}}, clock_); }));
  EXPECT_EQ(now_of(order).status, OrderStatus::handed_over);
  EXPECT_EQ(view(order).state, PayState::due);
  EXPECT_EQ(entries(), 0);
  ASSERT_TRUE(move(shipping::ParcelState::delivered));
  EXPECT_EQ(view(order).state, PayState::paid);
  EXPECT_EQ(entries(), 1);
}

TEST_F(PaidBooks, PracticeMoneyIsInNoBooks) {
  set({{.shop = shop_, .provider = "sandbox", .methods = {Method::card}}});
  const auto order = buy();
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
  ASSERT_TRUE(write(setting(order, OrderStatus::handed_over)));
  EXPECT_EQ(view(order).state, PayState::paid);
  EXPECT_EQ(entries(), 0);
}

}  // namespace
}  // namespace geili::flows
