#include "payments/stripe/stripe.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "payments/payments_testing.hpp"
#include "payments/stripe/stripe_form.hpp"
#include "payments/stripe/stripe_stub_testing.hpp"

namespace geili::payments {
namespace {

using store::Tx;

class Stripe : public PaymentsTest {
 protected:
  Ask begun(const Payment& payment) {
    return *write([&](Tx& tx) {
      return begin(tx, payment.id,
                   {.description = "Necklace & ring, 50% off",
                    .buyer_name = "Ana",
                    .buyer_email = "ana@example.org"},
                   clock_);
    });
  }
  HttpRequest request(const Ask& ask) { return std::get<HttpRequest>(*provider_.build(ask)); }
  // Asks until nothing more is to be asked, and returns the last answer.
  Answer carry(const Ask& ask) {
    const auto answer = provider_.read(ask, stub_.serve(request(ask)));
    if (!answer) {
      ADD_FAILURE() << answer.error().code << " " << answer.error().detail;
      return {};
    }
    last_ = answered(ask, *answer);
    if (answer->ask_again) return carry(last_.asks.at(0));
    return *answer;
  }
  Payment voucher(Method method) {
    const auto quota = *write([&](Tx& tx) { return set_voucher_quota(tx, QuotaKind::show, 1, 9); });
    return *write([&](Tx& tx) {
      return create(tx,
                    {.order = OrderId{++orders_},
                     .shop = ShopId{1},
                     .provider = "stripe",
                     .method = method,
                     .amount = {50'000, kMxn},
                     .voucher_quota = quota.id},
                    clock_);
    });
  }
  std::vector<Event> events(const std::string& body) {
    return *provider_.read_webhook(signed_by_stripe(body, clock_.now()), clock_);
  }

  StripeProvider provider_ = stripe_provider();
  StripeStub stub_;
  Told last_;
};

TEST_F(Stripe, ACardIsPaidThroughHostedFields) {
  const Payment payment = make(Method::card, 12'345);
  const Answer answer = carry(begun(payment));
  EXPECT_EQ(answer.buyer.client_secret.reveal(), "pi_1_secret_1");
  EXPECT_EQ(now_of(payment).state, State::pending);
  EXPECT_EQ(now_of(payment).provider_reference, "pi_1");
  auto& intent = stub_.intent("pi_1");
  EXPECT_EQ(intent.amount, 12'345);
  intent.error = "insufficient_funds";
  const auto declined =
      events(stub_.event("payment_intent.payment_failed", StripeStub::intent_json(intent)));
  EXPECT_EQ(tell(declined.at(0)).outcomes.at(0).reason, "insufficient_funds");
  intent.error.clear();
  intent.status = "succeeded";
  intent.received = intent.amount;
  const auto paid =
      events(stub_.event("payment_intent.succeeded", StripeStub::intent_json(intent)));
  EXPECT_EQ(tell(paid.at(0)).outcomes.at(0).what, Settled::paid_now);
  EXPECT_EQ(rows().find("secret"), std::string::npos);
}

TEST_F(Stripe, TheFeeIsLookedUpWhenTheEventOfAPaymentDoesNotTellIt) {
  const Payment payment = make(Method::card, 12'345);
  carry(begun(payment));
  auto& intent = stub_.intent("pi_1");
  intent.status = "succeeded";
  intent.received = intent.amount;
  const Told told =
      tell(events(stub_.event("payment_intent.succeeded", StripeStub::intent_json(intent))).at(0));
  EXPECT_TRUE(told.fees.empty());
  ASSERT_EQ(told.asks.size(), 1U);
  intent.fee = R"({"id":"txn_1","object":"balance_transaction","fee":741,"currency":"mxn"})";
  carry(told.asks[0]);
  ASSERT_EQ(last_.fees.size(), 1U);
  EXPECT_EQ(last_.fees[0].fee, (Money{741, kMxn}));
  EXPECT_TRUE(last_.asks.empty());
}

TEST_F(Stripe, AFeeThatCannotBeReadIsNotKnown) {
  const Payment payment = make();
  carry(begun(payment));
  auto& intent = stub_.intent("pi_1");
  intent.status = "succeeded";
  intent.received = intent.amount;
  for (const char* fee :
       {"null", "7", R"({"fee":0,"currency":"mxn"})", R"({"fee":41,"currency":"usd"})",
        R"({"fee":-1,"currency":"mxn"})", R"({"fee":"41","currency":"mxn"})"}) {
    intent.fee = fee;
    carry(*write([&](Tx& tx) { return look_up(tx, payment.id, clock_); }));
    EXPECT_TRUE(last_.fees.empty()) << fee;
  }
}

TEST_F(Stripe, TheSameAskIsTheSameRequestAndMakesOnePayment) {
  const Payment payment = make();
  const Ask first = begun(payment);
  clock_.advance(std::chrono::minutes(3));
  const Ask second = begun(payment);
  const HttpRequest one = request(first);
  const HttpRequest two = request(second);
  EXPECT_EQ(one.body, two.body);
  EXPECT_EQ(one.headers, two.headers);
  for (const HttpRequest& repeated : {one, two, one}) {
    EXPECT_EQ(stub_.serve(repeated).status, 200);
  }
  EXPECT_EQ(stub_.intents(), 1U);
}

TEST_F(Stripe, AVoucherShowsItsNumberAndEndsUnpaid) {
  const Payment payment = voucher(Method::oxxo);
  const Answer answer = carry(begun(payment));
  EXPECT_EQ(answer.buyer.voucher_number, "12345678901234657890123456789012");
  EXPECT_TRUE(answer.buyer.voucher_url.starts_with("https://"));
  EXPECT_NE(request(begun(voucher(Method::oxxo))).body.find("[expires_after_days]=3"),
            std::string::npos);
  auto& intent = stub_.intent("pi_1");
  intent.error = "payment_intent_payment_attempt_expired";
  const auto expired =
      events(stub_.event("payment_intent.payment_failed", StripeStub::intent_json(intent)));
  EXPECT_EQ(tell(expired.at(0)).outcomes.at(0).what, Settled::failed_now);
}

TEST_F(Stripe, SpeiMakesACustomerFirst) {
  const Payment payment = voucher(Method::spei);
  const Answer answer = carry(begun(payment));
  EXPECT_EQ(answer.buyer.account, "002180650612345670");
  EXPECT_EQ(answer.buyer.transfer_reference, "9392");
  EXPECT_EQ(now_of(payment).customer_reference, "cus_1");
  EXPECT_EQ(now_of(payment).state, State::pending);
}

TEST_F(Stripe, RefundsOnceAndTellsOfIt) {
  const Payment payment = make();
  carry(begun(payment));
  auto& intent = stub_.intent("pi_1");
  intent.status = "succeeded";
  intent.received = intent.amount;
  carry(*write([&](Tx& tx) { return look_up(tx, payment.id, clock_); }));
  EXPECT_EQ(now_of(payment).state, State::paid);
  const Ask ask = ask_to_refund(payment, 400, "a");
  carry(ask);
  carry(ask);
  EXPECT_EQ(intent.refunded, 400);
  EXPECT_EQ(now_of(payment).refunded_minor, 400);
  for (const auto& event :
       events(stub_.event("charge.refunded", StripeStub::charge_json(intent)))) {
    EXPECT_EQ(tell(event).outcomes.at(0).what, Settled::nothing);
  }
}

TEST_F(Stripe, ACancellationThatComesTooLateFindsTheMoney) {
  const Payment payment = make();
  carry(begun(payment));
  stub_.intent("pi_1").status = "succeeded";
  stub_.intent("pi_1").received = 1000;
  const Ask ask = *write([&](Tx& tx) { return cancel(tx, payment.id, clock_); })->ask;
  const auto refusal = provider_.read(ask, stub_.serve(request(ask)));
  EXPECT_EQ(refusal.error().code, "provider-refused");
  EXPECT_EQ(refusal.error().detail, "payment_intent_unexpected_state");
  const Told told = *write([&](Tx& tx) { return take_refusal(tx, ask, refusal.error(), clock_); });
  carry(told.asks.at(0));
  EXPECT_EQ(last_.outcomes.at(0).what, Settled::paid_late);
}

TEST_F(Stripe, TheStubRefusesWrongRequests) {
  const HttpRequest right = request(begun(make()));
  EXPECT_EQ(StripeStub().serve(right).status, 200);
  const auto refuses = [&](auto spoil) {
    HttpRequest wrong = right;
    spoil(wrong);
    return StripeStub().serve(wrong).status >= 400;
  };
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.content_type = "application/json"; }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.headers.pop_back(); }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.headers.erase(r.headers.begin()); }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.authorization = Secret<std::string>("sk_test_1"); }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.body += "&metadata.payment=x"; }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.body.replace(0, 11, "amount=10.00"); }));
}

TEST_F(Stripe, RefusesWhatItCannotTake) {
  Ask ask = begun(make());
  const auto code = [&](Method method, Money amount) {
    ask.method = method;
    ask.amount = amount;
    const auto call = provider_.build(ask);
    return call ? std::string("taken") : call.error().code;
  };
  const auto money = [](std::int64_t minor, std::string_view currency) {
    return Money{minor, *Currency::parse(currency)};
  };
  EXPECT_EQ(code(Method::card, money(999, "MXN")), "payment-amount-too-small");
  EXPECT_EQ(code(Method::card, money(1000, "MXN")), "taken");
  EXPECT_EQ(code(Method::card, money(49, "JPY")), "payment-amount-too-small");
  EXPECT_EQ(code(Method::oxxo, money(1'000'001, "MXN")), "payment-amount-too-large");
  EXPECT_EQ(code(Method::oxxo, money(5000, "USD")), "payment-currency-unsupported");
  EXPECT_EQ(code(Method::transfer, money(5000, "MXN")), "payment-method-unsupported");
  EXPECT_EQ(code(Method::card, money(1234, "KWD")), "payment-amount-not-whole");
  ask.kind = AskKind::look_up;
  for (const std::string bad : {"", "pi_1/../x", "pi 1", "pi_1?x"}) {
    ask.provider_reference = bad;
    EXPECT_EQ(provider_.build(ask).error().code, "payment-reference-missing") << bad;
  }
}

TEST_F(Stripe, CountsInItsOwnUnits) {
  const auto unit = [](std::int64_t minor, std::string_view currency) {
    return *to_stripe_amount({minor, *Currency::parse(currency)});
  };
  EXPECT_EQ(unit(1250, "MXN"), 1250);
  EXPECT_EQ(unit(500, "JPY"), 500);
  EXPECT_EQ(unit(500, "UGX"), 50'000);
  EXPECT_EQ(unit(1230, "KWD"), 1230);
  EXPECT_EQ(from_stripe_amount(50'000, "ugx")->minor, 500);
  EXPECT_FALSE(from_stripe_amount(50'001, "ugx"));
  EXPECT_FALSE(from_stripe_amount(1, "xxx"));
  EXPECT_FALSE(from_stripe_amount(std::nullopt, "mxn"));
}

TEST_F(Stripe, AnswersOfAnotherShapeAreRefused) {
  const Ask ask = begun(make());
  for (const std::string& body :
       {std::string(), std::string("{}"), std::string("[]"), std::string("<html>"),
        std::string(R"({"id":"pi_1","object":"refund"})"),
        std::string(R"({"id":"pi_1","object":"payment_intent","metadata":{"payment":"other"}})"),
        std::string(R"({"id":"../x","object":"payment_intent"})"),
        std::string(R"({"id":7,"object":"payment_intent"})")}) {
    EXPECT_EQ(provider_.read(ask, {.status = 200, .body = body}).error().code, "provider-malformed")
        << body;
  }
  EXPECT_EQ(
      provider_.read(ask, {.status = 402, .body = R"({"error":{"code":"<b>"}})"}).error().detail,
      "unknown");
  EXPECT_EQ(provider_.read(ask, {.status = 301, .body = "{}"}).error().code, "provider-malformed");
}

TEST_F(Stripe, SignaturesThatDoNotFitAreRefused) {
  const Instant now = clock_.now();
  const std::string body = stub_.event("payment_intent.created", "{}");
  const Webhook right = signed_by_stripe(body, now);
  ASSERT_TRUE(provider_.verify(right, now));
  const std::string header = right.headers[0].second;
  const std::string time = header.substr(0, header.find(','));
  const std::string hash = header.substr(header.find("v1="), 67);
  const std::string wrong_hash = "v1=" + std::string(64, '0');
  struct Case {
    std::string name;
    std::string header;
    bool fits;
  };
  const std::vector<Case> cases{
      {"several, one of them right", time + "," + wrong_hash + "," + hash, true},
      {"other order", hash + "," + time, true},
      {"empty", "", false},
      {"no time", hash, false},
      {"no hash", time, false},
      {"two times", time + "," + time + "," + hash, false},
      {"wrong hash", time + "," + wrong_hash, false},
      {"cut", time + "," + hash.substr(0, 60), false},
      {"longer", time + "," + hash + "0", false},
      {"base64", time + ",v1=W9zBRr9gdU5qBCQIlXXJWgA/AI0nOXODnexYuWTsOEM=", false},
      {"v0 alone", time + ",v0" + hash.substr(2), false},
      {"another time", "t=" + std::to_string(now.us / 1'000'000 - 1) + "," + hash, false},
      {"time with sign", "t=+" + time.substr(2) + "," + hash, false},
      {"time in words", "t=now," + hash, false},
      {"no equals", time + ",v1," + hash, false},
      {"too many",
       time + "," + wrong_hash + "," + wrong_hash + "," + wrong_hash + "," + wrong_hash + "," +
           wrong_hash + "," + wrong_hash + "," + wrong_hash + "," + wrong_hash + "," + hash,
       false},
      {"too long", time + "," + hash + ",x=" + std::string(2'000, 'x'), false}};
  for (const Case& c : cases) {
    const Webhook webhook{body, {{"stripe-signature", c.header}}, {}};
    EXPECT_EQ(provider_.verify(webhook, now).has_value(), c.fits) << c.name;
  }
  const auto code = [&](const Webhook& webhook) {
    return provider_.verify(webhook, now).error().code;
  };
  EXPECT_EQ(code({body, {}, {}}), "webhook-unsigned");
  EXPECT_EQ(code({body, {right.headers[0], right.headers[0]}, {}}), "webhook-unsigned");
  EXPECT_EQ(code({body + " ", right.headers, {}}), "webhook-signature");
  EXPECT_EQ(code(signed_by_stripe(body, now, "whsec_wrongwrongwrong")), "webhook-signature");
  EXPECT_EQ(code(signed_by_stripe(body, now - std::chrono::seconds(302))), "webhook-time");
  EXPECT_EQ(code(signed_by_stripe(body, now + std::chrono::seconds(302))), "webhook-time");
  EXPECT_TRUE(provider_.verify(signed_by_stripe(body, now - std::chrono::seconds(299)), now));
}

TEST_F(Stripe, WebhooksThatAreNoEventAreRefusedAndOthersPassedOver) {
  const auto read = [&](const std::string& body) {
    return provider_.read_webhook(signed_by_stripe(body, clock_.now()), clock_);
  };
  for (const std::string& bad : {std::string(), std::string("{}"), std::string("[]"),
                                 std::string(R"({"id":"evt_1","object":"charge"})"),
                                 std::string(R"({"id":"evt/1","object":"event"})"),
                                 std::string(R"({"id":"evt_1","id":"evt_2","object":"event"})")}) {
    EXPECT_EQ(read(bad).error().code, "webhook-malformed") << bad;
  }
  EXPECT_EQ(read(R"({"id":"evt_1","object":"event","livemode":true})").error().code,
            "webhook-unsupported");
  for (const std::string& other :
       {stub_.event("invoice.paid", R"({"object":"invoice"})"),
        stub_.event("payment_intent.created", "null"), stub_.event("charge.refunded", "7"),
        stub_.event("charge.dispute.created", R"({"object":"dispute"})")}) {
    EXPECT_TRUE(read(other)->empty()) << other;
  }
}

TEST_F(Stripe, IsConfiguredWithKeysThatBelongTogether) {
  const auto faults = [](std::string secret, std::string open, std::string hook) {
    const auto made = StripeProvider::make({.secret_key = Secret<std::string>(std::move(secret)),
                                            .publishable_key = std::move(open),
                                            .webhook_secrets = {Secret<std::string>(hook)}});
    return made ? std::string() : made.error().fields.at(0).path;
  };
  EXPECT_EQ(faults("sk_test_1", "pk_test_1", kStripeWebhookSecret), "");
  EXPECT_EQ(faults("pk_test_1", "pk_test_1", kStripeWebhookSecret), "/secret_key");
  EXPECT_EQ(faults("sk_live_1", "pk_test_1", kStripeWebhookSecret), "/publishable_key");
  EXPECT_EQ(faults("sk_test_1", "pk_test_1", ""), "/webhook_secrets");
}

// What happened to one payment, each event ten times and in any order, ends in one state.
TEST_F(Stripe, EventsTenTimesAndShuffledEndInOneState) {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    std::mt19937 random(seed);
    const Payment payment = make();
    StripeStub::Intent intent{.id = "pi_s" + std::to_string(seed),
                              .amount = 1000,
                              .currency = "mxn",
                              .type = "card",
                              .payment = payment.idempotency_key,
                              .status = "requires_payment_method"};
    std::vector<Event> shuffled;
    const auto note = [&](std::string_view type, const std::string& json) {
      const Event event = events(stub_.event(type, json)).at(0);
      for (int i = 0; i < 10; ++i) shuffled.push_back(event);
    };
    note("payment_intent.created", StripeStub::intent_json(intent));
    intent.error = "do_not_honor";
    note("payment_intent.payment_failed", StripeStub::intent_json(intent));
    intent.error.clear();
    intent.status = "processing";
    note("payment_intent.processing", StripeStub::intent_json(intent));
    intent.status = "succeeded";
    intent.received = 1000;
    note("payment_intent.succeeded", StripeStub::intent_json(intent));
    intent.refunded = 300;
    note("charge.refunded", StripeStub::charge_json(intent));
    intent.refunded = 700;
    note("charge.refunded", StripeStub::charge_json(intent));
    std::ranges::shuffle(shuffled, random);
    const auto taken = write([&](Tx& tx) -> Result<int> {
      int paid_now = 0;
      for (const Event& event : shuffled) {
        auto told = take_event(tx, "stripe", event, clock_);
        if (!told) return fail_as(told);
        for (const auto& outcome : told->outcomes) paid_now += outcome.what == Settled::paid_now;
      }
      return paid_now;
    });
    ASSERT_EQ(taken, 1) << seed;
    const Payment after = now_of(payment);
    ASSERT_EQ(after.state, State::paid) << seed;
    ASSERT_EQ(after.refunded_minor, 700) << seed;
    ASSERT_EQ(after.problem, "") << seed;
  }
}

}  // namespace
}  // namespace geili::payments
