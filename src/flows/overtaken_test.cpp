// What a provider tells in another order than it happened, or all at once: a refund that was made
// at its own desk before anybody here heard of the money.
#include "flows/test_pay.hpp"
#include "ledger/sale.hpp"
#include "ledger/verify.hpp"

namespace geili::flows {
namespace {

class Overtaken : public StripePay {
 protected:
  void SetUp() override {
    StripePay::SetUp();
    set({stripe()});
    order_ = buy();
  }
  void TearDown() override {
    const auto findings =
        *read([](Tx& tx) -> Result<std::vector<ledger::Finding>> { return ledger::verify(tx); });
    EXPECT_TRUE(findings.empty()) << findings[0].fault << " at " << findings[0].subject;
  }

  payments::Payment payment() { return view(order_).payment.value(); }
  payments::Evidence evidence(EvidenceKind kind, std::int64_t refunded_minor = 0) {
    return {.kind = kind,
            .provider_reference = "pi_1",
            .money_reference = "pi_1",
            .amount = payment().amount,
            .refunded_minor = refunded_minor};
  }
  // As an event of its own.
  Result<bool> hear(const std::string& id, const payments::Evidence& evidence) {
    payments::Event event{.id = id, .kind = "x", .reference = payment().idempotency_key};
    event.evidence = evidence;
    return write([&](Tx& tx) -> Result<bool> {
      auto taken = take_events(tx, shop_, "stripe", {event}, clock_);
      if (!taken) return fail_as(taken);
      return true;
    });
  }
  // As the answer to a question.
  Result<CallEnd> hear_answer(std::vector<payments::Evidence> evidence) {
    const payments::Answer answer{.reference = payment().idempotency_key,
                                  .provider_reference = "pi_1",
                                  .evidence = std::move(evidence)};
    return write([&](Tx& tx) -> Result<CallEnd> {
      auto ask = payments::look_up(tx, payment().id, clock_);
      if (!ask) return fail_as(ask);
      const ProviderCall call{.asked = payments::want_and_take(tx, shop_, *ask, clock_.now()),
                              .provider = {},
                              .call = {}};
      return settle_call(tx, call, answer, terms_, clock_);
    });
  }
  Result<CallEnd> hear_refunded(const ProviderCall& call) {
    payments::Answer answer;
    answer.refund = payments::RefundNews{.state = payments::RefundState::done,
                                         .idempotency_key = call.asked.ask.idempotency_key,
                                         .provider_reference = {}};
    return write([&](Tx& tx) { return settle_call(tx, call, answer, terms_, clock_); });
  }
  void buy_the_rest() {
    PlaceOrder all = wish(9, "key-00009");
    all.show = std::nullopt;
    all.lines = {{necklace_, left(necklace_)}};
    all.expected_total.minor = kPrice * left(necklace_);
    all.payment_method = Method::card;
    const auto placed = write([&](Tx& tx) { return checkout(tx, all, clock_, terms_); });
    ASSERT_TRUE(placed) << placed.error().code;
  }
  std::int64_t back_in_books_minor() {
    return *read([&](Tx& tx) -> Result<std::int64_t> {
      auto sale = ledger::find_sale(tx, ledger::Source::of("order", order_.id));
      if (!sale) return fail_as(sale);
      return sale->back.paid.total_minor();
    });
  }

  orders::Order order_{.total = {0, kCny}};
};

TEST_F(Overtaken, APartThatWentBackBeforeTheMoneyWasHeardOfIsInTheBooks) {
  ASSERT_TRUE(hear("e2", evidence(EvidenceKind::refunded, 800)));
  ASSERT_TRUE(hear("e1", evidence(EvidenceKind::paid)));
  EXPECT_EQ(view(order_).refunded_minor, 800);
  EXPECT_EQ(back_in_books_minor(), 800);
  ASSERT_TRUE(hear("e3", evidence(EvidenceKind::refunded, 1'000)));
  EXPECT_EQ(back_in_books_minor(), 1'000);
}

TEST_F(Overtaken, WhatTheProviderKeepsOfMoneyThatWentBackFirstIsAskedFor) {
  ASSERT_TRUE(hear("e2", evidence(EvidenceKind::refunded, kPrice)));
  const auto calls = upkeep();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].asked.ask.kind, payments::AskKind::look_up);
  ASSERT_TRUE(hear("e3", evidence(EvidenceKind::refunded, kPrice)));
  EXPECT_TRUE(upkeep().empty());
}

TEST_F(Overtaken, LateMoneyThatWentBackAlreadyIsTakenAsItIs) {
  let_it_expire();
  const auto end =
      hear_answer({evidence(EvidenceKind::paid), evidence(EvidenceKind::refunded, kPrice)});
  ASSERT_TRUE(end) << end.error().code;
  EXPECT_EQ(view(order_).state, PayState::refunded);
  EXPECT_EQ(now_of(order_).status, OrderStatus::cancelled);
}

TEST_F(Overtaken, OfLateMoneyThatWentBackInPartTheRestGoesBack) {
  let_it_expire();
  buy_the_rest();
  const auto end =
      hear_answer({evidence(EvidenceKind::paid), evidence(EvidenceKind::refunded, 800)});
  ASSERT_TRUE(end) << end.error().code;
  EXPECT_EQ(view(order_).refunded_minor, kPrice);
  EXPECT_EQ(payment().late, payments::Late::returned);
  EXPECT_EQ(now_of(order_).status, OrderStatus::cancelled);
}

TEST_F(Overtaken, LateMoneyOfWhichAPartWentBackBuysTheGoodsAndIsInTheBooks) {
  let_it_expire();
  const auto end =
      hear_answer({evidence(EvidenceKind::paid), evidence(EvidenceKind::refunded, 800)});
  ASSERT_TRUE(end) << end.error().code;
  EXPECT_EQ(now_of(order_).status, OrderStatus::placed);
  EXPECT_EQ(payment().late, payments::Late::kept);
  EXPECT_EQ(back_in_books_minor(), 800);
}

// The provider's total has counted our refund before its own answer came: what it hides of the
// money is asked for once it is done.
TEST_F(Overtaken, OfACalledOffOrderTheRestGoesBackThoughARefundWasUnderWayWhenItsTotalWasHeard) {
  ASSERT_TRUE(hear("e1", evidence(EvidenceKind::paid)));
  ASSERT_TRUE(write(refunding(order_, kPrice - 700, false)));
  auto calls = upkeep();
  ASSERT_EQ(calls.size(), 1U);
  ASSERT_TRUE(hear("e2", evidence(EvidenceKind::refunded, kPrice - 700)));
  ASSERT_TRUE(write(setting(order_, OrderStatus::cancelled)));
  EXPECT_TRUE(upkeep().empty());
  ASSERT_TRUE(hear_refunded(calls[0]));
  calls = upkeep();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].asked.ask.kind, payments::AskKind::refund);
  EXPECT_EQ(calls[0].asked.ask.amount->minor, 700);
  ASSERT_TRUE(hear_refunded(calls[0]));
  EXPECT_TRUE(upkeep().empty());
  EXPECT_EQ(view(order_).state, PayState::refunded);
  EXPECT_EQ(back_in_books_minor(), kPrice);
}

}  // namespace
}  // namespace geili::flows
