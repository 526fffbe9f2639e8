#include "trade/rate_table.hpp"

#include <gtest/gtest.h>

#include "trade/test_rates.hpp"

namespace geili::trade {
namespace {

class RateTableTest : public Rates {
 protected:
  // "EUR/MXN=21.24 (2026-11-27), EUR/USD=1.16 (2026-11-26); as of 2026-11-26, old"
  std::string way(std::string_view base, std::string_view quote) {
    const auto path = table().find(currency(base), currency(quote));
    if (!path) return "none";
    std::string text;
    for (const RateRecord& record : path->records) {
      text += (text.empty() ? "" : ", ") + std::string(record.rate.base.code()) + "/" +
              std::string(record.rate.quote.code()) + "=" + to_text(record.rate.value) + " (" +
              to_text(record.rate.as_of) + ")";
    }
    return text + "; as of " + to_text(path->as_of) + (path->is_old ? ", old" : "");
  }
  void know(std::vector<NewRate> rates) { ASSERT_TRUE(record(std::move(rates))); }
};

TEST_F(RateTableTest, TheNewestDayCountsWhateverWasRecordedLast) {
  know({rate("EUR/USD", "1.2", "2026-11-27")});
  know({rate("EUR/USD", "1.1", "2026-11-20")});
  EXPECT_EQ(way("EUR", "USD"), "EUR/USD=1.2 (2026-11-27); as of 2026-11-27");
}

TEST_F(RateTableTest, ARecordIsUsedAgainstItsDirection) {
  know({rate("EUR/USD", "1.2", "2026-11-27")});
  EXPECT_EQ(way("USD", "EUR"), "EUR/USD=1.2 (2026-11-27); as of 2026-11-27");
}

TEST_F(RateTableTest, OfTwoDirectionsTheNewerCountsAndOfOneDayTheOneAskedFor) {
  know({rate("EUR/USD", "1.2", "2026-11-26"), rate("USD/EUR", "0.8", "2026-11-27")});
  EXPECT_EQ(way("EUR", "USD"), "USD/EUR=0.8 (2026-11-27); as of 2026-11-27");
  know({rate("EUR/USD", "1.3", "2026-11-27")});
  EXPECT_EQ(way("EUR", "USD"), "EUR/USD=1.3 (2026-11-27); as of 2026-11-27");
  EXPECT_EQ(way("USD", "EUR"), "USD/EUR=0.8 (2026-11-27); as of 2026-11-27");
}

TEST_F(RateTableTest, WithoutADirectOneAThirdCurrencyLeadsThereAndBothDaysAreTold) {
  know({rate("EUR/MXN", "21.24", "2026-11-27"), rate("EUR/USD", "1.16", "2026-11-26")});
  EXPECT_EQ(way("MXN", "USD"),
            "EUR/MXN=21.24 (2026-11-27), EUR/USD=1.16 (2026-11-26); as of 2026-11-26");
  EXPECT_EQ(way("USD", "MXN"),
            "EUR/USD=1.16 (2026-11-26), EUR/MXN=21.24 (2026-11-27); as of 2026-11-26");
}

TEST_F(RateTableTest, ADirectOneComesBeforeANewerOneByWayOfAThird) {
  know({rate("EUR/MXN", "21.24", "2026-11-29"), rate("EUR/USD", "1.16", "2026-11-29"),
        rate("MXN/USD", "0.05", "2026-11-22")});
  EXPECT_EQ(way("MXN", "USD"), "MXN/USD=0.05 (2026-11-22); as of 2026-11-22");
}

TEST_F(RateTableTest, AnOldDirectOneGivesWayToOnesThatAreNotOld) {
  know({rate("EUR/MXN", "21.24", "2026-11-27"), rate("EUR/USD", "1.16", "2026-11-27"),
        rate("MXN/USD", "0.05", "2026-11-21")});
  EXPECT_EQ(way("MXN", "USD"),
            "EUR/MXN=21.24 (2026-11-27), EUR/USD=1.16 (2026-11-27); as of 2026-11-27");
}

TEST_F(RateTableTest, OfSeveralThirdsTheOneWithTheNewestDaysCounts) {
  know({rate("EUR/MXN", "21", "2026-11-27"), rate("EUR/CNY", "8", "2026-11-25"),
        rate("USD/MXN", "18", "2026-11-26"), rate("USD/CNY", "7", "2026-11-26")});
  EXPECT_EQ(way("MXN", "CNY"), "USD/MXN=18 (2026-11-26), USD/CNY=7 (2026-11-26); as of 2026-11-26");
  know({rate("EUR/CNY", "8", "2026-11-26")});  // the older day is the same; the other is newer
  EXPECT_EQ(way("MXN", "CNY"), "EUR/MXN=21 (2026-11-27), EUR/CNY=8 (2026-11-26); as of 2026-11-26");
  know({rate("CAD/MXN", "13", "2026-11-27"), rate("CAD/CNY", "5", "2026-11-26")});
  EXPECT_EQ(way("MXN", "CNY"), "CAD/MXN=13 (2026-11-27), CAD/CNY=5 (2026-11-26); as of 2026-11-26");
}

TEST_F(RateTableTest, IsOldAfterAWeekAndNotShownAfterThirtyDays) {
  know({rate("EUR/USD", "1.2", "2026-11-22"), rate("EUR/MXN", "21", "2026-11-21"),
        rate("EUR/CNY", "8", "2026-10-30"), rate("EUR/JPY", "180", "2026-10-29")});
  EXPECT_EQ(way("EUR", "USD"), "EUR/USD=1.2 (2026-11-22); as of 2026-11-22");
  EXPECT_EQ(way("EUR", "MXN"), "EUR/MXN=21 (2026-11-21); as of 2026-11-21, old");
  EXPECT_EQ(way("EUR", "CNY"), "EUR/CNY=8 (2026-10-30); as of 2026-10-30, old");
  EXPECT_EQ(way("EUR", "JPY"), "none");
  EXPECT_EQ(way("USD", "MXN"),
            "EUR/USD=1.2 (2026-11-22), EUR/MXN=21 (2026-11-21); as of 2026-11-21, old");
}

TEST_F(RateTableTest, OfTwoSourcesOfOneDayTheOneRecordedLastCounts) {
  ASSERT_TRUE(record({rate("EUR/USD", "1.2", "2026-11-27")}, "ECB"));
  ASSERT_TRUE(record({rate("EUR/USD", "1.3", "2026-11-27")}, "Bank of the lake"));
  EXPECT_EQ(way("EUR", "USD"), "EUR/USD=1.3 (2026-11-27); as of 2026-11-27");
}

TEST_F(RateTableTest, LeadsNowhereFromWhatItDoesNotKnow) {
  EXPECT_EQ(way("EUR", "USD"), "none");
  know({rate("EUR/USD", "1.2", "2026-11-27"), rate("MXN/CNY", "0.4", "2026-11-27")});
  EXPECT_EQ(way("EUR", "JPY"), "none");
  EXPECT_EQ(way("EUR", "MXN"), "none");
  EXPECT_EQ(way("EUR", "EUR"), "none");
  std::string known;
  for (const Currency one : table().currencies()) known += std::string(one.code()) + " ";
  EXPECT_EQ(known, "CNY EUR MXN USD ");
}

}  // namespace
}  // namespace geili::trade
