#include "trade/rate_file.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "trade/test_rates.hpp"

namespace geili::trade {
namespace {

const Day kToday = day("2026-11-29");

std::string said(const RateBatch& batch) {
  std::string text = batch.source + ":";
  for (const NewRate& rate : batch.rates) {
    text += " " + to_text(rate.as_of) + " " + std::string(rate.base.code()) + "/" +
            std::string(rate.quote.code()) + "=" + to_text(rate.value);
  }
  return text;
}

std::string read(std::string_view text, std::string_view source = "") {
  const auto parsed = parse_rate_file(text, source, kToday);
  if (parsed) return said(parsed->batch);
  std::string told = parsed.error().code + ":";
  for (const FieldError& field : parsed.error().fields) {
    told += " [" + field.path + " " + field.message + "]";
  }
  return told;
}

TEST(RateFile, OfOursHasARateALine) {
  EXPECT_EQ(
      read("date,base,quote,rate\n2026-11-27,EUR,MXN,21.2402\n2026-11-28,USD,CNY,7.0801\n", "Bank"),
      "Bank: 2026-11-27 EUR/MXN=21.2402 2026-11-28 USD/CNY=7.0801");
}

TEST(RateFile, IsTakenAsSpreadsheetsWriteIt) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "date,base,quote,rate\r\n\r\n2026-11-27, EUR , MXN ,21.2402\r\n\r\n",
                 "Bank"),
            "Bank: 2026-11-27 EUR/MXN=21.2402");
  EXPECT_EQ(read("date,base,quote,rate\n2026-11-27,EUR,MXN,21.2402", "Bank"),
            "Bank: 2026-11-27 EUR/MXN=21.2402");
}

TEST(RateFile, OfTheBankHasADayWithAllCurrencies) {
  EXPECT_EQ(read("Date, USD, JPY, MXN, \n27 November 2026, 1.1593, 181.02, 21.2402, \n"),
            "ECB: 2026-11-27 EUR/USD=1.1593 2026-11-27 EUR/JPY=181.02 2026-11-27 EUR/MXN=21.2402");
  EXPECT_EQ(read("Date,USD,BGN,\n2026-11-27,1.1593,N/A,\n2026-11-26,1.1602,N/A,\n", "Copy"),
            "Copy: 2026-11-27 EUR/USD=1.1593 2026-11-26 EUR/USD=1.1602");
}

TEST(RateFile, OfTheBankAsItComesIsTakenWhole) {
  std::ifstream file(GEILI_SOURCE_DIR "/src/trade/corpus/rate_file_fuzz/bank_daily");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto parsed = parse_rate_file(text, "", kToday);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->batch.rates.size(), 29);
  EXPECT_TRUE(parsed->unknown.empty());
}

TEST(RateFile, ACurrencyThatNobodyKnowsIsLeftOutOfTheBanksAndTold) {
  const auto parsed =
      parse_rate_file("Date,USD,BGN,XXX\n2026-11-27,1.1593,1.9558,oops\n", "", kToday);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(said(parsed->batch), "ECB: 2026-11-27 EUR/USD=1.1593");
  EXPECT_EQ(parsed->unknown, (std::vector<std::string>{"BGN", "XXX"}));
}

TEST(RateFile, ThatDoesNotFitIsRefusedWithItsLines) {
  const std::string ours = "date,base,quote,rate\n";
  const std::string bank = "Date,USD,JPY,\n";
  struct {
    std::string text;
    std::string_view told;
  } const kTable[] = {
      {"",
       R"([line 0 is neither "date,base,quote,rate" nor a line of the European Central Bank's])"},
      {"\n\n",
       R"([line 2 is neither "date,base,quote,rate" nor a line of the European Central Bank's])"},
      {"date;base;quote;rate\n",
       R"([line 1 is neither "date,base,quote,rate" nor a line of the European Central Bank's])"},
      {"DATE,USD\n",
       R"([line 1 is neither "date,base,quote,rate" nor a line of the European Central Bank's])"},
      {"PK\x03\x04",
       R"([line 1 is neither "date,base,quote,rate" nor a line of the European Central Bank's])"},
      {ours, "[line 1 is the end: there is no rate]"},
      {ours + "2026-11-27,EUR,MXN\n", "[line 2 has not four cells: date, base, quote, rate]"},
      {ours + "2026-11-27,EUR,MXN,1,2\n", "[line 2 has not four cells: date, base, quote, rate]"},
      {ours + "27.11.2026,EUR,MXN,1\n", "[line 2 date is not a day such as 2026-11-27]"},
      {ours + "27 November 2026,EUR,MXN,1\n", "[line 2 date is not a day such as 2026-11-27]"},
      {ours + "2026-12-01,EUR,MXN,1\n", "[line 2 date is not yet]"},
      {ours + "2026-11-27,EUR,XYZ,1\n", "[line 2 quote is not a currency we know (ISO 4217)]"},
      {ours + "2026-11-27,eur,MXN,1\n", "[line 2 base is not a currency we know (ISO 4217)]"},
      {ours + "2026-11-27,\"EUR\",MXN,1\n", "[line 2 base is not a currency we know (ISO 4217)]"},
      {ours + "2026-11-27,EUR,EUR,1\n", "[line 2 quote is the currency itself]"},
      {ours + "2026-11-27,EUR,MXN,\n", "[line 2 rate is not a decimal number such as 18.7905]"},
      {ours + "2026-11-27,EUR,MXN,0\n", "[line 2 rate is not above 0]"},
      {ours + "2026-11-27,EUR,MXN,N/A\n", "[line 2 rate is not a decimal number such as 18.7905]"},
      {ours + "2026-11-27,EUR,MXN,1.12345678901\n",
       "[line 2 rate has more than 10 digits after the point]"},
      {ours + "2026-11-27,EUR,MXN,123456789012\n", "[line 2 rate has more than 11 digits]"},
      {ours + "2026-11-27,EUR,MXN,21\n\nx,EUR,USD,y\n",
       "[line 4 date is not a day such as 2026-11-27] [line 4 rate is not a decimal number such as "
       "18.7905]"},
      {"Date\n2026-11-27\n", "[line 2 is the end: there is no rate]"},
      {"Date,USD,us\n", "[line 1 names a column that is no currency]"},
      {"Date,USD,,JPY\n", "[line 1 names a column that is no currency]"},
      {"Date,USD,USD\n", "[line 1 names a currency twice, or the euro]"},
      {"Date,EUR\n", "[line 1 names a currency twice, or the euro]"},
      {"Date" +
           [] {
             std::string many;
             for (int i = 0; i < 100; ++i) many += ",USD";
             return many;
           }() +
           "\n",
       "[line 1 has more than 100 columns]"},
      {bank + "2026-11-27,1.1,\n", "[line 2 has not as many cells as the first line]"},
      {bank + "2026-11-27,1.1,180,3,\n", "[line 2 has not as many cells as the first line]"},
      {bank + "2026-11-27,1.1,x,\n", "[line 2 rate is not a decimal number such as 18.7905]"},
      {bank + "31 November 2026,1.1,180,\n", "[line 2 date is not a day such as 2026-11-27]"},
      {bank + "2026-11-27,N/A,N/A,\n", "[line 2 is the end: there is no rate]"},
  };
  for (const auto& row : kTable) {
    EXPECT_EQ(read(row.text, "Bank"), "rates-file-invalid: " + std::string(row.told)) << row.text;
  }
}

TEST(RateFile, OfOursNeedsASource) {
  EXPECT_EQ(read("date,base,quote,rate\n2026-11-27,EUR,MXN,21.2402\n"), "rates-source-missing:");
}

TEST(RateFile, HasLimitsWithNames) {
  EXPECT_EQ(read(std::string(kRateFileBytesMax + 1, 'x')), "rates-file-too-large:");
  std::string many = "date,base,quote,rate\n";
  for (std::size_t i = 0; i < kRatesAtOnceMax; ++i) many += "2026-11-27,EUR,MXN,21.2402\n";
  EXPECT_EQ(parse_rate_file(many, "Bank", kToday)->batch.rates.size(), kRatesAtOnceMax);
  EXPECT_EQ(read(many + "2026-11-27,EUR,MXN,21.2402\n", "Bank"), "rates-too-many:");
  std::string faulty = "date,base,quote,rate\n";
  for (int i = 0; i < 100; ++i) faulty += "x\n";
  EXPECT_EQ(parse_rate_file(faulty, "Bank", kToday).error().fields.size(), kRateFileFaultsMax);
}

TEST(RateFile, AFaultOfTheBatchIsToldByItsLine) {
  const auto parsed = parse_rate_file(
      "date,base,quote,rate\n2026-11-27,EUR,MXN,21\n\n2026-11-27,EUR,MXN,22\n", "Bank", kToday);
  ASSERT_TRUE(parsed);
  Error error = Error::invalid_field("/rates/1/rate", "is another one");
  error.fields.push_back({"/source", "is too long"});
  error.fields.push_back({"/rates/9/rate", "is nowhere"});
  const Error told = by_lines(error, *parsed);
  EXPECT_EQ(told.fields[0].path, "line 4: rate");
  EXPECT_EQ(told.fields[1].path, "/source");
  EXPECT_EQ(told.fields[2].path, "/rates/9/rate");
}

}  // namespace
}  // namespace geili::trade
