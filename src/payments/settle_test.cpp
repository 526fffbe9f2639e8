#include <map>
#include <string>
#include <vector>

#include "payments/payments_testing.hpp"

namespace geili::payments {
namespace {

using store::Tx;
using enum EvidenceKind;

class Settle : public PaymentsTest {};

TEST_F(Settle, PaidIsTakenOnce) {
  const Payment payment = make();
  const auto first = say(payment, paid);
  EXPECT_EQ(first.what, Settled::paid_now);
  EXPECT_EQ(first.amount_minor, 1000);
  const std::string before = rows();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(say(payment, paid).what, Settled::nothing);
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(now_of(payment).received_minor, 1000);
}

// Every state with every kind of evidence: where it leads. Nothing leads out of an end.
TEST_F(Settle, AnEndIsNeverLeft) {
  const std::map<State, EvidenceKind> ways{{State::pending, pending},
                                           {State::authorised, authorised},
                                           {State::paid, paid},
                                           {State::failed, failed},
                                           {State::cancelled, cancelled}};
  for (const auto& [state, way] : ways) {
    for (const EvidenceKind next :
         {pending, authorised, attempt_failed, paid, failed, cancelled, refunded, disputed}) {
      const Payment payment = make();
      say(payment, way);
      ASSERT_EQ(now_of(payment).state, state);
      say(payment, next);
      const std::string name = std::string(to_text(state)) + " + " + std::string(to_text(next));
      const Payment after = now_of(payment);
      if (is_final(state)) EXPECT_EQ(after.state, state) << name;
      EXPECT_GE(after.state, state) << name;
      const bool has_money = state == State::paid || next == paid || next == refunded;
      EXPECT_EQ(after.received_minor, has_money ? 1000 : 0) << name;
      EXPECT_EQ(after.late != Late::none,
                has_money && (state == State::failed || state == State::cancelled))
          << name;
    }
  }
}

TEST_F(Settle, ADeclinedTryKeepsTheHold) {
  const Payment payment = make();
  EXPECT_EQ(say(payment, attempt_failed).what, Settled::attempt_failed);
  EXPECT_EQ(now_of(payment).state, State::pending);
  EXPECT_EQ(say(payment, paid).what, Settled::paid_now);
}

TEST_F(Settle, AnotherAmountOrCurrencyIsKeptForAPerson) {
  struct Case {
    std::string name;
    std::optional<Money> amount;
  };
  for (const Case& c : {Case{"less", Money{999, kMxn}}, Case{"more", Money{1001, kMxn}},
                        Case{"another currency", Money{1000, *Currency::parse("USD")}},
                        Case{"none", std::nullopt}}) {
    for (const EvidenceKind kind : {paid, authorised, refunded}) {
      const Payment payment = make();
      Evidence evidence = evidence_of(kind, payment);
      evidence.amount = c.amount;
      const auto outcome = say(payment, evidence);
      EXPECT_EQ(outcome.what, Settled::held) << c.name;
      EXPECT_EQ(outcome.problem->code, "payment-amount-mismatch") << c.name;
      EXPECT_EQ(now_of(payment).state, State::created) << c.name;
      EXPECT_EQ(now_of(payment).problem, "payment-amount-mismatch") << c.name;
    }
  }
  const auto problems =
      *read([&](Tx& tx) -> Result<std::vector<Payment>> { return list_problems(tx, ShopId{1}); });
  ASSERT_EQ(problems.size(), 12U);
  ASSERT_TRUE(write([&](Tx& tx) { return clear_problem(tx, problems[0].id, clock_); }));
  EXPECT_EQ(now_of(problems[0]).problem, "");
}

TEST_F(Settle, MoneyAfterTheEndIsLate) {
  const Payment payment = make();
  let_it_expire();
  const Told swept = sweep();
  ASSERT_EQ(swept.outcomes.size(), 1U);
  EXPECT_EQ(swept.outcomes[0].what, Settled::expired_now);
  const auto outcome = say(payment, paid);
  EXPECT_EQ(outcome.what, Settled::paid_late);
  EXPECT_EQ(outcome.was, State::expired);
  EXPECT_EQ(say(payment, paid).what, Settled::nothing);
  EXPECT_EQ(now_of(payment).late, Late::undecided);
  EXPECT_TRUE(sweep().outcomes.empty());
}

TEST_F(Settle, MoneyAfterTheHoldIsLateEvenBeforeTheSweep) {
  const Payment payment = make();
  let_it_expire();
  EXPECT_EQ(say(payment, paid).what, Settled::paid_late);
  EXPECT_EQ(now_of(payment).state, State::expired);
  EXPECT_TRUE(sweep().outcomes.empty());
}

TEST_F(Settle, LateMoneyIsKeptOnceOrGivenBack) {
  const Payment kept = make();
  const Payment returned = make();
  let_it_expire();
  say(kept, paid);
  say(returned, paid);
  const auto keep = [&](const Payment& payment) {
    return [&, id = payment.id](Tx& tx) { return keep_late(tx, id, clock_); };
  };
  EXPECT_EQ(write(keep(kept))->late, Late::kept);
  EXPECT_EQ(refused(keep(kept)).code, "payment-not-late");
  ask_to_refund(returned, 1000, "late");
  EXPECT_EQ(now_of(returned).late, Late::returned);
  EXPECT_EQ(refused(keep(returned)).code, "payment-not-late");
}

TEST_F(Settle, LateMoneyIsNotKeptBesideAnotherPaymentOfTheOrder) {
  const Payment first = make();
  ASSERT_TRUE(write([&](Tx& tx) { return cancel(tx, first.id, clock_); }));
  --orders_;
  make();
  EXPECT_EQ(say(first, paid).what, Settled::paid_late);
  EXPECT_EQ(refused([&](Tx& tx) { return keep_late(tx, first.id, clock_); }).code,
            "payment-in-progress");
}

TEST_F(Settle, ASecondMoneyIsGivenBack) {
  const Payment payment = make();
  say(payment, paid);
  const auto outcome = say(payment, evidence_of(paid, payment, "money_2"));
  EXPECT_EQ(outcome.what, Settled::refund_due);
  ASSERT_TRUE(outcome.ask);
  EXPECT_EQ(outcome.ask->kind, AskKind::refund);
  EXPECT_EQ(outcome.ask->money_reference, "money_2");
  EXPECT_EQ(outcome.ask->amount, payment.amount);
  const auto again = say(payment, evidence_of(paid, payment, "money_2"));
  EXPECT_EQ(again.ask->idempotency_key, outcome.ask->idempotency_key);
  EXPECT_EQ(integer("SELECT count(*) FROM refund"), 1);
  answered(*outcome.ask, {.refund = RefundNews{.state = RefundState::done}});
  EXPECT_EQ(now_of(payment).refunded_minor, 0);
  say(payment, Evidence{.kind = refunded,
                        .money_reference = "money_2",
                        .amount = payment.amount,
                        .refunded_minor = 1000});
  EXPECT_EQ(now_of(payment).refunded_minor, 0);
}

TEST_F(Settle, ARefundThatOvertakesThePaymentIsThePaymentToo) {
  const Payment whole = make();
  Evidence evidence = evidence_of(refunded, whole);
  evidence.refunded_minor = 1000;
  EXPECT_EQ(say(whole, evidence).what, Settled::refunded_now);
  EXPECT_EQ(say(whole, paid).what, Settled::nothing);
  EXPECT_EQ(now_of(whole).state, State::paid);
  EXPECT_EQ(now_of(whole).refunded_minor, 1000);
  const Payment part = make();
  evidence = evidence_of(refunded, part);
  evidence.refunded_minor = 300;
  EXPECT_EQ(say(part, evidence).what, Settled::paid_now);
  EXPECT_EQ(now_of(part).refunded_minor, 300);
}

TEST_F(Settle, MoreRefundedThanPaidIsKeptForAPerson) {
  const Payment payment = make();
  say(payment, paid);
  for (const std::int64_t wrong : {1001, -1}) {
    Evidence evidence = evidence_of(refunded, payment);
    evidence.refunded_minor = wrong;
    EXPECT_EQ(say(payment, evidence).problem->code, "payment-refund-mismatch");
  }
  EXPECT_EQ(now_of(payment).refunded_minor, 0);
}

TEST_F(Settle, ADisputeIsKeptForAPerson) {
  const Payment payment = make();
  say(payment, paid);
  EXPECT_EQ(say(payment, disputed).problem->code, "payment-disputed");
  EXPECT_EQ(now_of(payment).state, State::paid);
}

TEST_F(Settle, OnePaymentOfAnOrderAtATime) {
  const Payment first = make();
  const NewPayment second{.order = first.order,
                          .shop = first.shop,
                          .provider = "transfer",
                          .method = Method::transfer,
                          .amount = first.amount};
  const auto again = [&](Tx& tx) { return create(tx, second, clock_); };
  EXPECT_EQ(refused(again).code, "payment-in-progress");
  ASSERT_TRUE(write([&](Tx& tx) { return cancel(tx, first.id, clock_); }));
  ASSERT_TRUE(write(again));
  EXPECT_EQ(refused(again).code, "payment-in-progress");
}

TEST_F(Settle, TheSameAskHasTheSameKey) {
  const Payment payment = make();
  const auto ask = [&] {
    return *write([&](Tx& tx) { return begin(tx, payment.id, {.description = "x"}, clock_); });
  };
  const Ask first = ask();
  EXPECT_EQ(first.kind, AskKind::create);
  clock_.advance(std::chrono::minutes(2));
  const auto waiting =
      *read([&](Tx& tx) -> Result<std::vector<Payment>> { return list_unanswered(tx, clock_); });
  ASSERT_EQ(waiting.size(), 1U);
  const Ask second = ask();
  EXPECT_EQ(second.idempotency_key, first.idempotency_key);
  EXPECT_EQ(second.pay_until, first.pay_until);
  answered(second, {.provider_reference = "pi_1",
                    .evidence = {{.kind = pending, .provider_reference = "pi_1"}}});
  EXPECT_EQ(ask().kind, AskKind::resume);
  const auto called_off = *write([&](Tx& tx) { return cancel(tx, payment.id, clock_); });
  ASSERT_TRUE(called_off.ask);
  EXPECT_EQ(called_off.ask->kind, AskKind::cancel);
  EXPECT_EQ(called_off.ask->provider_reference, "pi_1");
  EXPECT_NE(called_off.ask->idempotency_key, first.idempotency_key);
  EXPECT_EQ(refused([&](Tx& tx) { return begin(tx, payment.id, {}, clock_); }).code,
            "payment-ended");
}

TEST_F(Settle, AnAnswerThatComesWhenThePaymentHasEndedIsCancelled) {
  const Payment payment = make();
  const Ask ask = *write([&](Tx& tx) { return begin(tx, payment.id, {}, clock_); });
  let_it_expire();
  EXPECT_TRUE(sweep().asks.empty());
  const Answer answer{.provider_reference = "pi_1",
                      .evidence = {{.kind = pending, .provider_reference = "pi_1"}}};
  const Told told = answered(ask, answer);
  ASSERT_EQ(told.asks.size(), 1U);
  EXPECT_EQ(told.asks[0].kind, AskKind::cancel);
  EXPECT_EQ(told.asks[0].provider_reference, "pi_1");
  EXPECT_EQ(now_of(payment).state, State::expired);
}

TEST_F(Settle, ARefusedCreationFailsAndARefusedCancellationIsLookedUp) {
  const Payment payment = make();
  const Ask ask = *write([&](Tx& tx) { return begin(tx, payment.id, {}, clock_); });
  const Error no = Error::make(ErrorKind::conflict, "provider-refused", "No.");
  Ask cancelling = ask;
  cancelling.kind = AskKind::cancel;
  const auto told = *write([&](Tx& tx) { return take_refusal(tx, cancelling, no, clock_); });
  ASSERT_EQ(told.asks.size(), 1U);
  EXPECT_EQ(told.asks[0].kind, AskKind::look_up);
  const auto failed_now = *write([&](Tx& tx) { return take_refusal(tx, ask, no, clock_); });
  EXPECT_EQ(failed_now.outcomes.at(0).what, Settled::failed_now);
  EXPECT_EQ(failed_now.outcomes.at(0).reason, "provider-refused");
}

TEST_F(Settle, AnEventIsTakenOnceAndOneOfNoPaymentMayComeAgain) {
  const Event event{.id = "evt_1",
                    .kind = "paid",
                    .reference = "",
                    .provider_reference = "pi_1",
                    .evidence = Evidence{.kind = paid,
                                         .provider_reference = "pi_1",
                                         .money_reference = "pi_1",
                                         .amount = Money{1000, kMxn}}};
  EXPECT_EQ(refused([&](Tx& tx) { return take_event(tx, "stripe", event, clock_); }).code,
            "payment-not-found");
  const Payment payment = make();
  const Ask ask = *write([&](Tx& tx) { return begin(tx, payment.id, {}, clock_); });
  answered(ask, {.provider_reference = "pi_1", .evidence = {}});
  EXPECT_EQ(refused([&](Tx& tx) { return take_event(tx, "sandbox", event, clock_); }).code,
            "payment-not-found");
  EXPECT_EQ(tell(event).outcomes.at(0).what, Settled::paid_now);
  const std::string before = rows();
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(tell(event).outcomes.empty());
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(integer("SELECT count(*) FROM payment_event WHERE effect = 'paid_now'"), 1);
  for (const std::string& id : {std::string(), std::string(kEventIdMax + 1, 'x')}) {
    Event bad = event;
    bad.id = id;
    EXPECT_EQ(refused([&](Tx& tx) { return take_event(tx, "stripe", bad, clock_); }).code,
              "webhook-malformed");
  }
}

TEST_F(Settle, ALookUpEventAsksHoweverOftenItIsSent) {
  const Event event{.id = "n1", .kind = "payment", .look_up = "123"};
  for (int i = 0; i < 3; ++i) {
    const Told told = tell(event, "mercado_pago");
    ASSERT_EQ(told.asks.size(), 1U);
    EXPECT_EQ(told.asks[0].kind, AskKind::look_up);
    EXPECT_EQ(told.asks[0].money_reference, "123");
  }
  EXPECT_EQ(integer("SELECT count(*) FROM payment_event"), 1);
}

TEST_F(Settle, TheSellerConfirmsWhatNoProviderDoes) {
  const Payment cash = make(Method::on_delivery, 500, "delivery");
  let_it_expire();
  EXPECT_TRUE(sweep().outcomes.empty());
  const auto confirm = [&](const Payment& payment) {
    return [&, id = payment.id](Tx& tx) { return confirm_by_seller(tx, id, clock_); };
  };
  EXPECT_EQ(write(confirm(cash))->what, Settled::paid_now);
  EXPECT_EQ(write(confirm(cash))->what, Settled::nothing);
  EXPECT_EQ(refused(confirm(make())).code, "payment-not-confirmable");
}

TEST_F(Settle, VouchersNeedADealThatAllowsThemAndRoomInItsQuota) {
  NewPayment voucher{.order = OrderId{1},
                     .shop = ShopId{1},
                     .provider = "stripe",
                     .method = Method::oxxo,
                     .amount = {1000, kMxn}};
  const auto creating = [&](Tx& tx) { return create(tx, voucher, clock_); };
  EXPECT_EQ(refused(creating).code, "voucher-not-allowed");
  voucher.voucher_quota = VoucherQuotaId{99};
  EXPECT_EQ(refused(creating).code, "voucher-not-allowed");
  const auto quota = *write([&](Tx& tx) { return set_voucher_quota(tx, QuotaKind::show, 4, 1); });
  voucher.voucher_quota = quota.id;
  const Payment first = *write(creating);
  voucher.order = OrderId{2};
  EXPECT_EQ(refused(creating).code, "voucher-quota-full");
  EXPECT_EQ(refused([&](Tx& tx) { return set_voucher_quota(tx, QuotaKind::show, 4, 0); }).code,
            "invalid-field");
  let_it_expire();
  EXPECT_EQ(sweep().outcomes.size(), 1U);
  const Payment second = *write(creating);
  say(second, paid);
  let_it_expire();
  EXPECT_TRUE(sweep().outcomes.empty());
  EXPECT_EQ(say(first, paid).what, Settled::paid_late);
  EXPECT_EQ(integer("SELECT taken FROM voucher_quota"), 1);
}

TEST_F(Settle, HoldsLastAsLongAsTheMethodNeeds) {
  HoldTimes times;
  times.oxxo = std::chrono::hours(24);
  EXPECT_EQ(hold_time(Method::oxxo, times)->pay_within, std::chrono::hours(24));
  EXPECT_EQ(hold_time(Method::oxxo, times)->grace, std::chrono::hours(48));
  EXPECT_FALSE(hold_time(Method::at_pickup));
  const Payment card = make();
  EXPECT_EQ(*card.pay_until - card.created_at, std::chrono::minutes(10));
  EXPECT_EQ(*card.expires_at - *card.pay_until, std::chrono::minutes(2));
}

TEST_F(Settle, AmountsOutOfBoundsAreRefused) {
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-1}, kMoneyMinorMax + 1}) {
    const Error error = refused([&](Tx& tx) {
      return create(
          tx,
          {.order = OrderId{1}, .shop = ShopId{1}, .provider = "stripe", .amount = {amount, kMxn}},
          clock_);
    });
    EXPECT_EQ(store::testing::field_of(error), "/amount");
  }
}

}  // namespace
}  // namespace geili::payments
