#include "payments/mercado_pago/mercado_pago.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "payments/mercado_pago/mercado_pago_stub_testing.hpp"
#include "payments/payments_testing.hpp"

namespace geili::payments {
namespace {

using store::Tx;

class MercadoPago : public PaymentsTest {
 protected:
  Payment open(std::int64_t amount_minor = 7'550) {
    return make(Method::checkout, amount_minor, "mercado_pago");
  }
  Ask begun(const Payment& payment) {
    return *write([&](Tx& tx) {
      return begin(tx, payment.id,
                   {.description = "Collar \"Luna\"",
                    .buyer_email = "ana@example.org",
                    .return_url = "https://shop.example/orders/1"},
                   clock_);
    });
  }
  HttpRequest request(const Ask& ask) { return std::get<HttpRequest>(*provider_.build(ask)); }
  Answer carry(const Ask& ask) {
    const auto answer = provider_.read(ask, stub_.serve(request(ask)));
    if (!answer) {
      ADD_FAILURE() << answer.error().code << " " << answer.error().detail;
      return {};
    }
    last_ = answered(ask, *answer);
    return *answer;
  }
  // A notification comes in and is looked up.
  Told notify(const std::string& number, int id) {
    const auto events = provider_.read_webhook(
        signed_by_mercado_pago(number, notification(number, id), clock_.now()), clock_);
    const Told told = tell(events->at(0), "mercado_pago");
    carry(told.asks.at(0));
    return last_;
  }

  MercadoPagoProvider provider_ = mercado_pago_provider();
  MercadoPagoStub stub_;
  Told last_;
};

TEST_F(MercadoPago, ANotificationIsLookedUpAndSettled) {
  const Payment payment = open();
  const Answer answer = carry(begun(payment));
  EXPECT_EQ(answer.buyer.redirect_url,
            "https://www.mercadopago.com.mx/checkout?pref_id=123-pref-1");
  EXPECT_EQ(now_of(payment).provider_reference, "123-pref-1");
  const Answer again = carry(begun(payment));
  EXPECT_EQ(again.buyer.redirect_url, answer.buyer.redirect_url);
  auto& paid = stub_.pay(payment.idempotency_key, "75.5");
  paid.status = "rejected";
  EXPECT_EQ(notify(paid.number, 1).outcomes.at(0).what, Settled::attempt_failed);
  paid.status = "approved";
  EXPECT_EQ(notify(paid.number, 2).outcomes.at(0).what, Settled::paid_now);
  EXPECT_EQ(notify(paid.number, 2).outcomes.at(0).what, Settled::nothing);
  EXPECT_EQ(now_of(payment).money_reference, paid.number);
}

TEST_F(MercadoPago, TheFeesThatTheSellerBearsAreAddedUp) {
  const Payment payment = open();
  carry(begun(payment));
  auto& paid = stub_.pay(payment.idempotency_key, "75.50");
  const auto fee = [&](std::string fees) {
    paid.fees = std::move(fees);
    carry(*write([&](Tx& tx) { return look_up(tx, payment.id, clock_); }));
    return last_.fees.empty() ? std::int64_t{0} : last_.fees[0].fee.minor;
  };
  EXPECT_EQ(fee(R"([{"type":"mercadopago_fee","amount":3.21,"fee_payer":"collector"},)"
                R"({"type":"application_fee","amount":1,"fee_payer":"collector"},)"
                R"({"type":"financing_fee","amount":9,"fee_payer":"payer"}])"),
            421);
  for (const char* unreadable :
       {"null", "[]", "{}", R"([{"amount":0,"fee_payer":"collector"}])",
        R"([{"amount":1,"fee_payer":"collector"},{"amount":1.005,"fee_payer":"collector"}])",
        R"([{"amount":-1,"fee_payer":"collector"}])", R"([{"amount":"1","fee_payer":"collector"}])",
        R"([{"amount":10000000000.01,"fee_payer":"collector"}])"}) {
    EXPECT_EQ(fee(unreadable), 0) << unreadable;
  }
}

TEST_F(MercadoPago, TwoPaymentsOfOnePreferenceGiveOneBack) {
  const Payment payment = open();
  carry(begun(payment));
  const std::string first = stub_.pay(payment.idempotency_key, "75.50").number;
  auto& second = stub_.pay(payment.idempotency_key, "75.50");
  carry(*write([&](Tx& tx) { return look_up(tx, payment.id, clock_); }));
  ASSERT_EQ(last_.outcomes.size(), 2U);
  EXPECT_EQ(last_.outcomes[0].what, Settled::paid_now);
  EXPECT_EQ(last_.outcomes[1].what, Settled::refund_due);
  const Ask refund = last_.asks.at(0);
  carry(refund);
  carry(refund);
  EXPECT_EQ(second.refunded, "75.50");
  EXPECT_EQ(now_of(payment).money_reference, first);
  EXPECT_EQ(now_of(payment).refunded_minor, 0);
  second.status = "refunded";
  EXPECT_EQ(notify(second.number, 9).outcomes.at(0).what, Settled::nothing);
}

TEST_F(MercadoPago, AnotherSumThanWasAskedIsKeptForAPerson) {
  const Payment payment = open();
  carry(begun(payment));
  EXPECT_EQ(notify(stub_.pay(payment.idempotency_key, "75.49").number, 1).outcomes.at(0).what,
            Settled::held);
  EXPECT_EQ(notify(stub_.pay(payment.idempotency_key, "75.505").number, 2).outcomes.at(0).what,
            Settled::held);
  auto& foreign = stub_.pay(payment.idempotency_key, "75.50");
  foreign.currency = "BRL";
  EXPECT_EQ(notify(foreign.number, 3).outcomes.at(0).what, Settled::held);
  EXPECT_EQ(now_of(payment).problem, "payment-amount-mismatch");
  EXPECT_EQ(now_of(payment).received_minor, 0);
}

TEST_F(MercadoPago, RefundsInPartsAndWhole) {
  const Payment payment = open(10'000);
  carry(begun(payment));
  auto& paid = stub_.pay(payment.idempotency_key, "100");
  notify(paid.number, 1);
  carry(ask_to_refund(payment, 2'500, "a"));
  EXPECT_EQ(paid.refunded, "25.00");
  EXPECT_EQ(now_of(payment).refunded_minor, 2'500);
  paid.refunded = "60.00";  // more was given back at the provider's own desk
  EXPECT_EQ(notify(paid.number, 2).outcomes.at(1).amount_minor, 3'500);
  paid.status = "refunded";
  EXPECT_EQ(notify(paid.number, 3).outcomes.at(0).amount_minor, 4'000);
  EXPECT_EQ(now_of(payment).refunded_minor, 10'000);
}

TEST_F(MercadoPago, TheSameAskIsTheSameRequestAndMakesOnePreference) {
  const Payment payment = open();
  const HttpRequest one = request(begun(payment));
  clock_.advance(std::chrono::minutes(3));
  const HttpRequest two = request(begun(payment));
  EXPECT_EQ(one.body, two.body);
  EXPECT_EQ(one.headers, two.headers);
  for (const HttpRequest& repeated : {one, two, one}) {
    EXPECT_EQ(stub_.serve(repeated).status, 201);
  }
  EXPECT_EQ(stub_.preferences(), 1U);
}

TEST_F(MercadoPago, ACancellationEndsThePreference) {
  const Payment payment = open();
  carry(begun(payment));
  const Ask ask = *write([&](Tx& tx) { return cancel(tx, payment.id, clock_); })->ask;
  EXPECT_EQ(request(ask).method, "PUT");
  carry(ask);
  EXPECT_TRUE(last_.outcomes.empty());
}

TEST_F(MercadoPago, TheStubRefusesWrongRequests) {
  const HttpRequest right = request(begun(open()));
  EXPECT_EQ(MercadoPagoStub().serve(right).status, 201);
  const auto refuses = [&](auto spoil) {
    HttpRequest wrong = right;
    spoil(wrong);
    return MercadoPagoStub().serve(wrong).status >= 400;
  };
  const auto replace = [](HttpRequest& r, std::string_view from, std::string_view to) {
    r.body.replace(r.body.find(from), from.size(), to);
  };
  EXPECT_TRUE(
      refuses([](HttpRequest& r) { r.content_type = "application/x-www-form-urlencoded"; }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.headers.clear(); }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.authorization = Secret<std::string>("TEST-1"); }));
  EXPECT_TRUE(refuses([&](HttpRequest& r) { replace(r, "75.50", "7550"); }));
  EXPECT_TRUE(refuses([&](HttpRequest& r) { replace(r, "75.50", "\"75.50\""); }));
  EXPECT_TRUE(refuses([&](HttpRequest& r) { replace(r, "items", "item"); }));
  EXPECT_TRUE(refuses([](HttpRequest& r) { r.body.pop_back(); }));
}

TEST_F(MercadoPago, RefusesWhatItCannotTake) {
  Ask ask = begun(open());
  ask.amount = Money{7'550, *Currency::parse("BRL")};
  EXPECT_EQ(provider_.build(ask).error().code, "payment-currency-unsupported");
  ask.method = Method::oxxo;
  EXPECT_EQ(provider_.build(ask).error().code, "payment-method-unsupported");
  for (const AskKind kind : {AskKind::cancel, AskKind::refund}) {
    ask.kind = kind;
    for (const std::string bad : {"", "1/../2", "x y", "1?a=b"}) {
      ask.provider_reference = bad;
      ask.money_reference = bad;
      EXPECT_EQ(provider_.build(ask).error().code, "payment-reference-missing") << bad;
    }
  }
  const auto colombia =
      MercadoPagoProvider::make({.access_token = Secret<std::string>("TEST-1"),
                                 .webhook_secret = Secret<std::string>(kMercadoPagoSecret),
                                 .currency = "COP",
                                 .notification_url = "https://shop.example/hook"});
  ask = begun(open());
  ask.amount = Money{150, *Currency::parse("COP")};
  EXPECT_EQ(colombia->build(ask).error().code, "payment-amount-not-whole");
}

TEST_F(MercadoPago, AnswersOfAnotherShapeAreRefused) {
  const Ask create = begun(open());
  Ask look_up = create;
  look_up.kind = AskKind::look_up;
  look_up.money_reference = "1";
  const std::string& reference = create.reference;
  for (const std::string& body :
       {std::string(), std::string("[]"), std::string("{}"), std::string("<html>"),
        std::string(R"({"id":"p","external_reference":"other","init_point":"https://x"})"),
        R"({"id":"p","external_reference":")" + reference + R"(","init_point":"javascript:1"})",
        R"({"id":1,"status":"new","external_reference":")" + reference + R"("})",
        R"({"id":1.5,"status":"approved","external_reference":")" + reference + R"("})"}) {
    EXPECT_EQ(provider_.read(create, {.status = 201, .body = body}).error().code,
              "provider-malformed")
        << body;
    EXPECT_EQ(provider_.read(look_up, {.status = 200, .body = body}).error().code,
              "provider-malformed")
        << body;
  }
  EXPECT_EQ(provider_.read(create, {.status = 401, .body = "{}"}).error().code, "provider-refused");
}

TEST_F(MercadoPago, SignaturesThatDoNotFitAreRefused) {
  const Instant now = clock_.now();
  const std::string body = notification("123", 1);
  const Webhook right = signed_by_mercado_pago("123", body, now);
  ASSERT_TRUE(provider_.verify(right, now));
  const std::string header = right.headers[0].second;
  const std::string time = header.substr(0, header.find(','));
  const std::string hash = header.substr(header.find(',') + 1);
  struct Case {
    std::string name;
    std::string header;
    bool fits;
  };
  for (const Case& c : std::vector<Case>{
           {"with spaces", time + ", " + hash, true},
           {"other order", hash + "," + time, true},
           {"empty", "", false},
           {"no time", hash, false},
           {"no hash", time, false},
           {"two times", time + "," + time + "," + hash, false},
           {"two hashes", time + "," + hash + "," + hash, false},
           {"empty time first", "ts=," + time + "," + hash, false},
           {"cut", time + "," + hash.substr(0, 50), false},
           {"base64", time + ",v1=W9zBRr9gdU5qBCQIlXXJWgA/AI0nOXODnexYuWTsOEM=", false},
           {"zeros", time + ",v1=" + std::string(64, '0'), false},
           {"another time", "ts=1704908010," + hash, false},
           {"no equals", "ts," + hash, false},
           {"too long", time + "," + hash + ",x=" + std::string(500, 'x'), false}}) {
    const Webhook webhook{body, {{"X-Signature", c.header}, right.headers[1]}, right.query};
    EXPECT_EQ(provider_.verify(webhook, now).has_value(), c.fits) << c.name;
  }
  const auto code = [&](const Webhook& webhook) {
    return provider_.verify(webhook, now).error().code;
  };
  const auto& h = right.headers;
  EXPECT_EQ(code({body, {}, right.query}), "webhook-unsigned");
  EXPECT_EQ(code({body, {h[0], h[0], h[1]}, right.query}), "webhook-unsigned");
  EXPECT_EQ(code({body, {h[0], h[1], h[1]}, right.query}), "webhook-signature");
  EXPECT_EQ(code({body, {h[0]}, right.query}), "webhook-signature");
  EXPECT_EQ(code({body, h, {}}), "webhook-signature");
  EXPECT_EQ(code({body, h, {{"data.id", "124"}}}), "webhook-signature");
  EXPECT_EQ(code({body, h, {{"data.id", "123"}, {"data.id", "123"}}}), "webhook-signature");
  EXPECT_EQ(code({body, h, {{"data.id", "123;ts:1"}}}), "webhook-signature");
  EXPECT_EQ(code(signed_by_mercado_pago("123", body, now, "wrong wrong wrong")),
            "webhook-signature");
  EXPECT_EQ(code(signed_by_mercado_pago("123", body, now - std::chrono::hours(121))),
            "webhook-time");
  EXPECT_EQ(code(signed_by_mercado_pago("123", body, now + std::chrono::minutes(6))),
            "webhook-time");
}

TEST_F(MercadoPago, TheSignedIdIsInSmallLettersAndWhatIsMissingIsLeftOut) {
  const std::string time = std::to_string(clock_.now().us / 1'000'000);
  const std::string hash =
      hmac_sha256_hex(Secret<std::string>(kMercadoPagoSecret), "id:abc9;ts:" + time + ";");
  const Webhook webhook{"", {{"x-signature", "ts=" + time + ",v1=" + hash}}, {{"data.id", "ABC9"}}};
  EXPECT_EQ(provider_.verify(webhook, clock_.now()), "ABC9");
}

TEST_F(MercadoPago, NotificationsOfAnotherShapeAreRefusedAndOtherTopicsPassedOver) {
  const auto read = [&](const std::string& body) {
    return provider_.read_webhook(signed_by_mercado_pago("123", body, clock_.now()), clock_);
  };
  for (const std::string& bad :
       {std::string(), std::string("[]"), notification("124", 1),
        std::string(R"({"type":"payment","data":{"id":"123"}})"),
        std::string(R"({"id":1,"id":2,"type":"payment","data":{"id":"123"}})")}) {
    EXPECT_EQ(read(bad).error().code, "webhook-malformed") << bad;
  }
  EXPECT_TRUE(read(notification("123", 1, "merchant_order"))->empty());
}

// What happened to one payment, looked up ten times from each moment and in any order.
TEST_F(MercadoPago, LookUpsTenTimesAndShuffledEndInOneState) {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    std::mt19937 random(seed);
    const Payment payment = open();
    MercadoPagoStub stub;
    auto& paid = stub.pay(payment.idempotency_key, "75.50");
    const Ask ask{
        .kind = AskKind::look_up, .provider = "mercado_pago", .money_reference = paid.number};
    std::vector<Answer> answers;
    const auto note = [&](std::string_view status, std::string_view refunded) {
      paid.status = status;
      paid.refunded = refunded;
      const auto answer = provider_.read(ask, stub.serve(request(ask)));
      for (int i = 0; i < 10; ++i) answers.push_back(*answer);
    };
    note("in_process", "0");
    note("approved", "0");
    note("approved", "20.5");
    note("approved", "30.00");
    std::ranges::shuffle(answers, random);
    const auto paid_now = write([&](Tx& tx) -> Result<int> {
      int count = 0;
      for (const Answer& answer : answers) {
        auto told = take_answer(tx, ask, answer, clock_);
        if (!told) return fail_as(told);
        for (const auto& outcome : told->outcomes) count += outcome.what == Settled::paid_now;
      }
      return count;
    });
    ASSERT_EQ(paid_now, 1) << seed;
    ASSERT_EQ(now_of(payment).state, State::paid) << seed;
    ASSERT_EQ(now_of(payment).refunded_minor, 3'000) << seed;
  }
}

}  // namespace
}  // namespace geili::payments
