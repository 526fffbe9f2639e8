// Retries, numbers and signatures: what every provider leans on.
#include <string>

#include <gtest/gtest.h>

#include "payments/json.hpp"
#include "payments/provider.hpp"
#include "payments/retry.hpp"
#include "payments/signature.hpp"

namespace geili::payments {
namespace {

HttpAnswer answer_of(int status, Headers headers = {}) {
  return {.status = status, .headers = std::move(headers)};
}

TEST(Retry, TellsWhatIsTriedAgain) {
  for (const int status : {200, 201, 400, 401, 402, 403, 404, 422, 302, 600}) {
    EXPECT_EQ(classify(answer_of(status), 1, 0).next, Next::read) << status;
  }
  for (const int status : {409, 425, 429, 500, 502, 503, 504, 599}) {
    EXPECT_EQ(classify(answer_of(status), 1, 0).next, Next::retry) << status;
    EXPECT_EQ(classify(answer_of(status), 5, 0).next, Next::give_up) << status;
  }
  EXPECT_EQ(classify({.carried = Carried::timed_out}, 1, 0).next, Next::retry);
  EXPECT_EQ(classify({.carried = Carried::unreachable}, 1, 0).next, Next::retry);
  EXPECT_EQ(classify(answer_of(409, {{"stripe-should-retry", "false"}}), 1, 0).next, Next::read);
  EXPECT_EQ(classify(answer_of(400, {{"Stripe-Should-Retry", "true"}}), 1, 0).next, Next::retry);
}

TEST(Retry, WaitsLongerEachTimeWithinItsBounds) {
  using std::chrono::milliseconds;
  for (int attempt = 1; attempt < 5; ++attempt) {
    const milliseconds whole = milliseconds(500) * (1 << (attempt - 1));
    for (const std::uint64_t random : {std::uint64_t{0}, std::uint64_t{12345}, ~std::uint64_t{0}}) {
      const auto step = classify(answer_of(500), attempt, random);
      EXPECT_GE(step.after, whole / 2);
      EXPECT_LE(step.after, whole);
    }
  }
  const RetrySettings many{.attempts_max = 1000};
  EXPECT_LE(classify(answer_of(500), 999, ~std::uint64_t{0}, many).after, many.longest);
}

TEST(Retry, KeepsToRetryAfter) {
  using std::chrono::milliseconds;
  const auto after = [](std::string value) {
    return classify(answer_of(429, {{"Retry-After", std::move(value)}}), 1, 0).after;
  };
  EXPECT_EQ(after("7"), milliseconds(7'000));
  EXPECT_EQ(after("86400"), milliseconds(30'000));
  for (const std::string bad : {"", "-1", "x", "7s", "99999999999999", "Wed, 21 Oct 2026"}) {
    EXPECT_EQ(after(bad), milliseconds(250)) << bad;
  }
}

TEST(Headers, AreFoundOnceOrNotAtAll) {
  const Headers headers{{"X-One", "1"}, {"x-two", "2"}, {"X-TWO", "2"}};
  EXPECT_EQ(only_header(headers, "x-one"), "1");
  EXPECT_FALSE(only_header(headers, "x-two"));
  EXPECT_FALSE(only_header(headers, "x-three"));
}

// Test case 2 of RFC 4231.
TEST(Signature, IsHmacSha256) {
  const Secret<std::string> key("Jefe");
  const std::string message = "what do ya want for nothing?";
  const std::string hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  EXPECT_EQ(hmac_sha256_hex(key, message), hex);
  EXPECT_TRUE(is_hmac(key, message, hex));
  for (const std::string& bad : {std::string(), hex.substr(1), hex + "0", std::string(64, '0'),
                                 std::string(64, 'g'), hex.substr(0, 63) + "2"}) {
    EXPECT_FALSE(is_hmac(key, message, bad)) << bad;
  }
  EXPECT_FALSE(is_hmac(Secret<std::string>("jefe"), message, hex));
}

TEST(Json, KeepsNumbersAsTheyAreWritten) {
  const auto value = parse_json(R"({"a":75.50,"b":{"c":[1,"x",true,null]},"d":123456789012,"e":-1,)"
                                R"("f":1e3,"g":12345678901234567890123})");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->at("a").text, "75.50");
  EXPECT_EQ(value->at("d").integer(), 123456789012);
  EXPECT_EQ(value->at("d").id(), "123456789012");
  EXPECT_EQ(value->at("g").text, "12345678901234567890123");
  EXPECT_FALSE(value->at("a").integer());
  EXPECT_FALSE(value->at("e").integer());
  EXPECT_FALSE(value->at("f").integer());
  EXPECT_EQ(value->at("b").at("c").members.size(), 4U);
  EXPECT_EQ(value->at("b").at("none").at("deeper").string(), "");
  EXPECT_EQ(parse_json(R"({"k\u0041":"\u00e9"})")->at("kA").string(), "é");
}

TEST(Json, RefusesWhatIsNoneOrTooMuch) {
  std::string deep;
  for (int i = 0; i < 30; ++i) deep += R"({"a":)";
  std::string many = R"({"a":[0)";
  for (int i = 0; i < 20'001; ++i) many += ",0";
  many += "]}";
  for (const std::string& bad :
       {std::string(), std::string("[]"), std::string("1"), std::string("null"), std::string("{"),
        std::string("{} {}"), std::string("{}x"), std::string(R"({"a":1,"a":2})"),
        std::string(R"({"a":1,"\u0061":2})"), std::string(R"({"a":{"b":1,"b":1}})"),
        std::string("{\"a\":\"\xff\"}"), std::string(R"({"a":01})"), std::string(R"({"a":NaN})"),
        std::string("{'a':1}"), deep + "1" + std::string(30, '}'), many,
        R"({"a":")" + std::string(kHttpBodyMax, 'x') + R"("})"}) {
    const auto value = parse_json(bad);
    ASSERT_FALSE(value) << bad.substr(0, 60);
    EXPECT_EQ(value.error().code, "provider-malformed");
  }
}

TEST(Decimals, AreReadExactlyOrNotAtAll) {
  const Currency mxn = *Currency::parse("MXN");
  const Currency clp = *Currency::parse("CLP");
  const Currency kwd = *Currency::parse("KWD");
  EXPECT_EQ(minor_from_decimal("75.5", mxn), 7550);
  EXPECT_EQ(minor_from_decimal("75", mxn), 7500);
  EXPECT_EQ(minor_from_decimal("0.01", mxn), 1);
  EXPECT_EQ(minor_from_decimal("75.5000", mxn), 7550);
  EXPECT_EQ(minor_from_decimal("75", clp), 75);
  EXPECT_EQ(minor_from_decimal("75.0", clp), 75);
  EXPECT_EQ(minor_from_decimal("1.234", kwd), 1234);
  EXPECT_EQ(minor_from_decimal("10000000000.00", mxn), kMoneyMinorMax);
  for (const std::string bad : {"", ".", "75.", ".5", "-1", "+1", "1e2", "75.505", "1,5", " 1",
                                "0x10", "1.2.3", "99999999999999999999"}) {
    EXPECT_FALSE(minor_from_decimal(bad, mxn)) << bad;
  }
  EXPECT_FALSE(minor_from_decimal("75.5", clp));
  EXPECT_EQ(decimal_from_minor({7550, mxn}), "75.50");
  EXPECT_EQ(decimal_from_minor({5, clp}), "5");
  EXPECT_EQ(decimal_from_minor({5, kwd}), "0.005");
}

}  // namespace
}  // namespace geili::payments
