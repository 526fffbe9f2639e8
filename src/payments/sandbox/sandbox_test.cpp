#include "payments/sandbox/sandbox.hpp"

#include <string>

#include "payments/delivery/delivery.hpp"
#include "payments/payments_testing.hpp"
#include "payments/transfer/transfer.hpp"

namespace geili::payments {
namespace {

using store::Tx;

class Sandbox : public PaymentsTest {
 protected:
  Payment open() { return make(Method::card, 1000, "sandbox"); }
  auto paying(const Payment& payment, std::string number) {
    return [=, this, key = payment.idempotency_key](Tx& tx) -> Result<SettleOutcome> {
      auto events = sandbox::submit_card(tx, key, Secret<std::string>(number), clock_);
      if (!events) return fail_as(events);
      return outcome_of(tx, *events);
    };
  }
  Result<SettleOutcome> outcome_of(Tx& tx, const std::vector<Event>& events) {
    auto told = take_event(tx, "sandbox", events.at(0), clock_);
    if (!told) return fail_as(told);
    return told->outcomes.at(0);
  }
  SettleOutcome pay(const Payment& payment, const std::string& number) {
    return *write(paying(payment, number));
  }
};

TEST_F(Sandbox, CardsDoWhatTheirLastDigitsSay) {
  EXPECT_EQ(pay(open(), "4242 4242 4242 4242").what, Settled::paid_now);
  const Payment declined = open();
  EXPECT_EQ(pay(declined, "4000000000000002").what, Settled::attempt_failed);
  EXPECT_EQ(pay(declined, "4242-4242-4242-4242").what, Settled::paid_now);
  EXPECT_EQ(refused(paying(declined, "4242424242424242")).code, "payment-ended");
}

TEST_F(Sandbox, ALateCardIsPaidOnceItsTimeHasCome) {
  const Payment payment = open();
  EXPECT_EQ(pay(payment, "4000000000000077").what, Settled::pending_now);
  const auto due = [&] {
    return *write(
        [&](Tx& tx) -> Result<std::vector<Event>> { return sandbox::take_due(tx, clock_); });
  };
  EXPECT_TRUE(due().empty());
  clock_.advance(sandbox::kLateAfter);
  const auto events = due();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(tell(events[0], "sandbox").outcomes.at(0).what, Settled::paid_now);
}

TEST_F(Sandbox, ACardMayNeedAConfirmation) {
  const Payment payment = open();
  EXPECT_EQ(pay(payment, "4000000000003220").what, Settled::pending_now);
  const auto confirming = [&](bool accepted) {
    return [=, this, key = payment.idempotency_key](Tx& tx) -> Result<SettleOutcome> {
      auto events = sandbox::confirm(tx, key, accepted);
      if (!events) return fail_as(events);
      return outcome_of(tx, *events);
    };
  };
  EXPECT_EQ(write(confirming(false))->what, Settled::attempt_failed);
  EXPECT_EQ(refused(confirming(true)).code, "payment-ended");
  EXPECT_EQ(pay(payment, "4000000000003220").what, Settled::nothing);
  EXPECT_EQ(write(confirming(true))->what, Settled::paid_now);
}

TEST_F(Sandbox, KeepsTheLastFourDigitsAlone) {
  pay(open(), "4242 4242 4242 4242");
  const std::string all = rows();
  EXPECT_EQ(all.find("42424"), std::string::npos);
  EXPECT_EQ(all.find("4242 4242"), std::string::npos);
  EXPECT_NE(all.find("'4242'"), std::string::npos);
}

TEST_F(Sandbox, RefusesWhatIsNoPracticeCard) {
  const Payment payment = open();
  for (const std::string bad :
       {"", "4242", "4242424242424241", "4242x4242424242424242", "42424242424242424242424242424242",
        "４２４２４２４２４２４２４２４２", "4242 4242 4242 423"}) {
    EXPECT_EQ(refused(paying(payment, bad)).code, "card-number-invalid") << bad;
  }
  EXPECT_EQ(refused(paying(payment, "5555555555554444")).code, "card-not-of-the-sandbox");
  EXPECT_EQ(refused(paying(make(), "4242424242424242")).code, "payment-not-found");
  for (int i = 0; i < sandbox::kAttemptsMax; ++i) pay(payment, "4000000000000002");
  EXPECT_EQ(refused(paying(payment, "4242424242424242")).code, "too-many-attempts");
}

TEST_F(Sandbox, DoesNotStandBesideRealMoney) {
  const auto with = [](std::unique_ptr<Provider> other) {
    std::vector<std::unique_ptr<Provider>> providers;
    providers.push_back(std::make_unique<SandboxProvider>("/sandbox/"));
    providers.push_back(std::move(other));
    return Providers::make(std::move(providers));
  };
  EXPECT_TRUE(with(std::make_unique<DeliveryProvider>()));
  EXPECT_EQ(with(std::make_unique<TransferProvider>(
                     *TransferProvider::make({"Bank", "032180000118359719", "Holder", "MXN"})))
                .error()
                .code,
            "sandbox-with-real-provider");
  EXPECT_EQ(with(std::make_unique<SandboxProvider>("/sandbox/")).error().code, "provider-twice");
}

TEST_F(Sandbox, SendsTheBuyerToItsPage) {
  const SandboxProvider provider("/sandbox/");
  const Payment payment = open();
  const Ask ask =
      *write([&](Tx& tx) { return begin(tx, payment.id, {.description = "x"}, clock_); });
  const auto answer = std::get<Answer>(*provider.build(ask));
  EXPECT_EQ(answer.buyer.redirect_url, "/sandbox/" + payment.idempotency_key);
  EXPECT_EQ(answered(ask, answer).outcomes.at(0).what, Settled::pending_now);
}

}  // namespace
}  // namespace geili::payments
