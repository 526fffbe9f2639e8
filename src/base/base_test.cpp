#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/money.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace geili {
namespace {

TEST(Money, KnowsMinorUnits) {
  EXPECT_EQ(to_string({1250, *Currency::parse("CNY")}), "12.50 CNY");
  EXPECT_EQ(to_string({5, *Currency::parse("MXN")}), "0.05 MXN");
  EXPECT_EQ(to_string({1250, *Currency::parse("JPY")}), "1250 JPY");
  EXPECT_EQ(to_string({-7, *Currency::parse("KWD")}), "-0.007 KWD");
  EXPECT_EQ(to_decimal({-1250, *Currency::parse("CNY")}), "-12.50");
  EXPECT_EQ(to_decimal({INT64_MIN, *Currency::parse("JPY")}), "-9223372036854775808");
  for (const char* code : {"", "cny", "CN", "CNYY", "XXX"}) EXPECT_FALSE(Currency::parse(code));
}

TEST(Rfc3339, RoundTripsAndRefuses) {
  for (const char* text :
       {"2026-11-23T20:15:55.120Z", "1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"}) {
    const auto instant = parse_rfc3339(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(to_rfc3339(*instant), text);
  }
  EXPECT_EQ(parse_rfc3339("2026-11-24T04:15:55+08:00"), parse_rfc3339("2026-11-23T20:15:55Z"));
  EXPECT_EQ(parse_rfc3339("2026-11-23T20:15:55.1234567Z")->us % 1'000'000, 123456);
  for (const char* text :
       {"", "2026-11-23", "2026-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2026-11-23T24:00:00Z",
        "2026-11-23T20:15:55", "2026-11-23T20:15:55.Z", "2026-11-23 20:15:55Z",
        "2026-11-23T20:15:55Zx", "1969-12-31T23:59:59Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(Bytes, TextFormsRoundTrip) {
  for (std::size_t size = 0; size < 70; ++size) {
    const Bytes bytes = random_bytes(size);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
  }
  EXPECT_EQ(to_base64url(as_bytes("fo")), "Zm8");
  for (const char* text : {"Z", "Zm8=", "Zm9", "Z m8", "Zm8+"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
  for (const char* text : {"a", "zz", "0x"}) EXPECT_FALSE(from_hex(text)) << text;
}

TEST(Random, IsNeverGivenTwice) {
  std::set<Bytes> given;
  for (int i = 0; i < 1'000; ++i) given.insert(random_bytes(16));
  std::thread([&] {
    for (int i = 0; i < 1'000; ++i) given.insert(random_bytes(16));
  }).join();
  EXPECT_EQ(given.size(), 2'000U);
  EXPECT_FALSE(given.contains(Bytes(16)));
  EXPECT_NE(random_bytes(2'000), random_bytes(2'000));
}

TEST(Text, IsCutBetweenCodePoints) {
  EXPECT_EQ(utf8_prefix("pearls", 6), "pearls");
  EXPECT_EQ(utf8_prefix("pearls", 4), "pear");
  EXPECT_EQ(utf8_prefix("\u73cd\u73e0", 5), "\u73cd");
  EXPECT_EQ(utf8_prefix("\u73cd\u73e0", 6), "\u73cd\u73e0");
  EXPECT_EQ(utf8_prefix("\u73cd", 2), "");
  EXPECT_EQ(utf8_prefix("a", 0), "");
}

TEST(Text, TrimsCountsAndRefuses) {
  const TextRule rule{.min_length = 1, .max_length = 4};
  EXPECT_EQ(*checked_text("  珍珠 ", rule, "/title"), "珍珠");
  struct Case {
    std::string_view text, message;
  };
  for (const Case& c : {Case{"   ", "is empty"}, Case{"abcde", "is longer than 4 characters"},
                        Case{"a\nb", "has a control character"}, Case{"a\xC0\x80", "is not UTF-8"},
                        Case{"\xED\xA0\x80", "is not UTF-8"},
                        Case{"\xF5\x80\x80\x80", "is not UTF-8"}, Case{"a\xE2", "is not UTF-8"},
                        Case{"a\xE2\x80\xAE"
                             "b",
                             "has a control character"}}) {
    const auto result = checked_text(c.text, rule, "/title");
    ASSERT_FALSE(result) << c.text;
    EXPECT_EQ(result.error().fields.at(0).path, "/title");
    EXPECT_EQ(result.error().fields.at(0).message, c.message);
  }
  EXPECT_TRUE(checked_text("a\nb", {.max_length = 4, .lines = Lines::multiple}, "/x"));
}

}  // namespace
}  // namespace geili
