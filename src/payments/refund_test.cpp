#include <string>

#include "payments/payments_testing.hpp"

namespace geili::payments {
namespace {

using store::Tx;

class Refunds : public PaymentsTest {
 protected:
  Payment paid() {
    const Payment payment = make();
    say(payment, EvidenceKind::paid);
    return payment;
  }
  auto requesting(const Payment& payment, std::int64_t amount_minor, std::string key) {
    return [=, this, id = payment.id](Tx& tx) {
      return request_refund(tx, id, amount_minor, RefundReason::seller, key, clock_);
    };
  }
  SettleOutcome news(const Ask& ask, RefundState state) {
    return answered(ask, {.refund = RefundNews{.state = state, .provider_reference = "re_1"}})
        .outcomes.at(0);
  }
};

TEST_F(Refunds, InPartsNeverMakeMoreThanWasPaid) {
  const Payment payment = paid();
  const Ask first = ask_to_refund(payment, 400, "a");
  EXPECT_EQ(first.money_reference, "money_1");
  const Error too_much = refused(requesting(payment, 601, "b"));
  EXPECT_EQ(too_much.code, "refund-too-large");
  EXPECT_EQ(store::testing::figure_of(too_much, "refundable_minor"), 600);
  EXPECT_EQ(news(first, RefundState::done).what, Settled::refunded_now);
  EXPECT_EQ(refused(requesting(payment, 601, "b")).code, "refund-too-large");
  EXPECT_EQ(news(ask_to_refund(payment, 600, "b"), RefundState::done).amount_minor, 600);
  EXPECT_EQ(now_of(payment).refunded_minor, 1000);
  EXPECT_EQ(refused(requesting(payment, 1, "c")).code, "refund-too-large");
}

TEST_F(Refunds, TheSameKeyIsTheSameRefund) {
  const Payment payment = paid();
  const Ask first = ask_to_refund(payment, 400, "a");
  EXPECT_EQ(ask_to_refund(payment, 400, "a").idempotency_key, first.idempotency_key);
  EXPECT_EQ(refused(requesting(payment, 401, "a")).code, "idempotency-key-reused");
  EXPECT_EQ(integer("SELECT count(*) FROM refund"), 1);
}

TEST_F(Refunds, AnAnswerAndAnEventOfOneRefundCountOnce) {
  const Payment payment = paid();
  const Ask ask = ask_to_refund(payment, 400, "a");
  Evidence evidence = evidence_of(EvidenceKind::refunded, payment);
  evidence.refunded_minor = 400;
  EXPECT_EQ(say(payment, evidence).what, Settled::refunded_now);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(news(ask, RefundState::done).what, Settled::nothing);
    EXPECT_EQ(say(payment, evidence).what, Settled::nothing);
  }
  EXPECT_EQ(now_of(payment).refunded_minor, 400);
}

TEST_F(Refunds, NewsOutOfOrderEndsTheSame) {
  const Payment payment = paid();
  const Ask ask = ask_to_refund(payment, 400, "a");
  news(ask, RefundState::done);
  EXPECT_EQ(news(ask, RefundState::pending).what, Settled::nothing);
  const auto list =
      *read([&](Tx& tx) -> Result<std::vector<Refund>> { return list_refunds(tx, payment.id); });
  EXPECT_EQ(list.at(0).state, RefundState::done);
}

TEST_F(Refunds, ARefundThatFailsIsForAPersonAndFreesItsSum) {
  const Payment payment = paid();
  const Ask ask = ask_to_refund(payment, 1000, "a");
  EXPECT_EQ(news(ask, RefundState::failed).problem->code, "refund-failed");
  EXPECT_EQ(news(ask, RefundState::done).what, Settled::nothing);
  EXPECT_EQ(now_of(payment).refunded_minor, 0);
  EXPECT_EQ(now_of(payment).problem, "refund-failed");
  ask_to_refund(payment, 1000, "b");
}

TEST_F(Refunds, AreRefusedWhereNothingCameIn) {
  const Payment payment = make();
  EXPECT_EQ(refused(requesting(payment, 1, "a")).code, "payment-not-paid");
  const Payment with_money = paid();
  EXPECT_EQ(refused(requesting(with_money, 0, "a")).code, "invalid-field");
  EXPECT_EQ(refused(requesting(with_money, 1, "")).code, "invalid-field");
  EXPECT_EQ(refused(requesting(with_money, 1, std::string(65, 'k'))).code, "invalid-field");
}

TEST_F(Refunds, WithoutAnAnswerAreAskedAgainByTheSameKey) {
  const Payment payment = paid();
  const Ask ask = ask_to_refund(payment, 400, "a");
  const auto waiting = [&] {
    return *read(
        [&](Tx& tx) -> Result<std::vector<Ask>> { return list_unanswered_refunds(tx, clock_); });
  };
  EXPECT_TRUE(waiting().empty());
  clock_.advance(std::chrono::minutes(2));
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_EQ(waiting()[0].idempotency_key, ask.idempotency_key);
  news(ask, RefundState::pending);
  EXPECT_TRUE(waiting().empty());
}

}  // namespace
}  // namespace geili::payments
