#include "trade/rate.hpp"

#include <gtest/gtest.h>

#include "trade/test_rates.hpp"

namespace geili::trade {
namespace {

class RateTest : public Rates {
 protected:
  std::string everything() {
    return *read([](store::Tx& tx) -> Result<std::string> { return store::testing::dump(tx); });
  }
};

TEST_F(RateTest, IsKeptWithItsDaySourceAndWhoRecordedItWhen) {
  ASSERT_EQ(to_text(day_of(clock_.now())), "2026-11-29");
  ASSERT_TRUE(record({rate("EUR/MXN", "21.2402", "2026-11-27")}, "  ECB ", PersonId{7}));
  const auto kept = all();
  ASSERT_EQ(kept.size(), 1);
  EXPECT_EQ(kept[0].rate.base, currency("EUR"));
  EXPECT_EQ(kept[0].rate.quote, currency("MXN"));
  EXPECT_EQ(kept[0].rate.value, (DecimalRate{212'402, 4}));
  EXPECT_EQ(to_text(kept[0].rate.as_of), "2026-11-27");
  EXPECT_EQ(kept[0].source, "ECB");
  EXPECT_EQ(kept[0].recorded_at, clock_.now());
  EXPECT_EQ(kept[0].recorded_by, PersonId{7});
}

TEST_F(RateTest, TheSameAgainChangesNothing) {
  const std::vector<NewRate> rates{rate("EUR/MXN", "21.2402", "2026-11-27"),
                                   rate("EUR/USD", "1.1593", "2026-11-27")};
  EXPECT_EQ(record(rates)->added, 2);
  const std::string before = everything();
  const auto again = record(rates);
  EXPECT_EQ(again->added, 0);
  EXPECT_EQ(again->unchanged, 2);
  // The same number, written otherwise.
  EXPECT_EQ(record({rate("EUR/USD", "1.15930", "2026-11-27")})->unchanged, 1);
  EXPECT_EQ(everything(), before);
}

TEST_F(RateTest, AnotherOfTheSameDayAndSourceIsACorrectionAndBothAreKept) {
  ASSERT_TRUE(record({rate("EUR/USD", "1.1593", "2026-11-27")}));
  const auto corrected = record({rate("EUR/USD", "1.1539", "2026-11-27")});
  EXPECT_EQ(corrected->added, 1);
  EXPECT_EQ(corrected->corrected, 1);
  EXPECT_EQ(all().size(), 2);
  const auto path = table().find(currency("EUR"), currency("USD"));
  EXPECT_EQ(to_text(path->records[0].rate.value), "1.1539");
  // Corrected back, it counts again.
  EXPECT_EQ(record({rate("EUR/USD", "1.1593", "2026-11-27")})->corrected, 1);
  EXPECT_EQ(to_text(table().find(currency("EUR"), currency("USD"))->records[0].rate.value),
            "1.1593");
}

TEST_F(RateTest, OfAnotherDayOrSourceIsNoCorrection) {
  ASSERT_TRUE(record({rate("EUR/USD", "1.1593", "2026-11-27")}));
  EXPECT_EQ(record({rate("EUR/USD", "1.16", "2026-11-26")})->corrected, 0);
  EXPECT_EQ(record({rate("EUR/USD", "1.16", "2026-11-27")}, "Bank of the lake")->corrected, 0);
}

TEST_F(RateTest, AFaultyBatchRecordsNothingAndNamesEachFault) {
  const auto refused =
      record({rate("EUR/USD", "1.1593", "2026-11-27"), rate("EUR/EUR", "1", "2026-11-27"),
              rate("EUR/MXN", "21", "2026-12-01"), rate("EUR/USD", "1.1594", "2026-11-27")},
             "   ");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "invalid-field");
  std::vector<std::string> paths;
  for (const FieldError& field : refused.error().fields) paths.push_back(field.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"/source", "/rates/1/quote", "/rates/2/date",
                                             "/rates/3/rate"}));
  EXPECT_TRUE(all().empty());
}

TEST_F(RateTest, TomorrowIsTakenWhereADayBeginsEarlyAndCountsFromThen) {
  ASSERT_TRUE(record({rate("EUR/USD", "1.2", "2026-11-30"), rate("EUR/USD", "1.1", "2026-11-29")}));
  EXPECT_EQ(to_text(table().find(currency("EUR"), currency("USD"))->records[0].rate.value), "1.1");
  clock_.advance(std::chrono::days(1));
  EXPECT_EQ(to_text(table().find(currency("EUR"), currency("USD"))->records[0].rate.value), "1.2");
}

TEST_F(RateTest, TooManyAtOnceAreRefusedByName) {
  const std::vector<NewRate> many(kRatesAtOnceMax + 1, rate("EUR/USD", "1.1593", "2026-11-27"));
  EXPECT_EQ(record(many).error().code, "rates-too-many");
  EXPECT_EQ(record({}).error().code, "invalid-field");
}

TEST_F(RateTest, AreListedNewestFirstPageByPage) {
  ASSERT_TRUE(record({rate("EUR/USD", "1.1", "2026-11-25"), rate("EUR/USD", "1.2", "2026-11-26"),
                      rate("EUR/USD", "1.3", "2026-11-27")}));
  const auto page = [&](const std::string& cursor) {
    return *read([&](store::Tx& tx) { return list_rates(tx, {.cursor = cursor, .limit = 2}); });
  };
  const auto first = page("");
  ASSERT_EQ(first.items.size(), 2);
  EXPECT_EQ(to_text(first.items[0].rate.value), "1.3");
  const auto second = page(first.next_cursor);
  ASSERT_EQ(second.items.size(), 1);
  EXPECT_EQ(to_text(second.items[0].rate.value), "1.1");
  EXPECT_TRUE(second.next_cursor.empty());
}

}  // namespace
}  // namespace geili::trade
