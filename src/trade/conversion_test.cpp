#include "trade/conversion.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace geili::trade {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

// "EUR/MXN=21.2402 EUR/USD=1.1593"
std::vector<Leg> legs_of(const std::string& text) {
  std::vector<Leg> legs;
  RateFault fault{};
  for (const std::string& leg : split(text, ' ')) {
    legs.push_back({*Currency::parse(leg.substr(0, 3)), *Currency::parse(leg.substr(4, 3)),
                    parse_rate(leg.substr(8), fault).value()});
  }
  return legs;
}

// The table is the browser's, too: web/src/lib/features/currency/conversion.test.ts.
TEST(Conversion, IsWhatTheSharedTableSays) {
  std::ifstream file(GEILI_SOURCE_DIR "/tests/golden/trade/conversions.csv");
  std::string line;
  std::getline(file, line);
  ASSERT_EQ(line, "case,minor,base,base_digits,quote,quote_digits,legs,converted");
  int cases = 0;
  for (; std::getline(file, line); ++cases) {
    SCOPED_TRACE(line);
    const auto cells = split(line, ',');
    ASSERT_EQ(cells.size(), 8);
    const Currency base = *Currency::parse(cells[2]);
    const Currency quote = *Currency::parse(cells[4]);
    EXPECT_EQ(base.exponent(), std::stoi(cells[3]));
    EXPECT_EQ(quote.exponent(), std::stoi(cells[5]));
    const auto converted = convert({std::stoll(cells[1]), base}, quote, legs_of(cells[6]));
    const std::string said = converted ? std::to_string(converted->minor) : converted.error().code;
    EXPECT_EQ(said, cells[7]);
    if (converted) EXPECT_EQ(converted->currency, quote);
  }
  EXPECT_GE(cases, 35);
}

TEST(Conversion, OfTheLargestWithTheLongestRatesDoesNotOverflow) {
  // 10^12 * 10^11 * 10^11 * 10^3, the most that is ever multiplied.
  const DecimalRate longest{.digits = 99'999'999'999, .scale = 0};
  const Currency jpy = *Currency::parse("JPY");
  const Currency eur = *Currency::parse("EUR");
  const Currency kwd = *Currency::parse("KWD");
  const std::vector<Leg> legs{{jpy, eur, longest}, {eur, kwd, longest}};
  EXPECT_EQ(convert({kMoneyMinorMax, jpy}, kwd, legs).error().code, "conversion-overflow");
  // Back again by the same rates: next to nothing, and not less.
  const std::vector<Leg> back{{eur, kwd, longest}, {jpy, eur, longest}};
  EXPECT_EQ(convert({kMoneyMinorMax, kwd}, jpy, back)->minor, 0);
}

TEST(Conversion, ThereAndBackIsTheSameUpToARounding) {
  const Currency mxn = *Currency::parse("MXN");
  const Currency usd = *Currency::parse("USD");
  const std::vector<Leg> legs{{usd, mxn, {.digits = 183'216, .scale = 4}}};
  for (std::int64_t minor = 0; minor < 20'000; minor += 7) {
    const auto there = convert({minor, usd}, mxn, legs);
    const auto back = convert(*there, usd, legs);
    EXPECT_EQ(back->minor, minor);
  }
}

}  // namespace
}  // namespace geili::trade
