#include "trade/decimal_rate.hpp"

#include <gtest/gtest.h>

#include "trade/day.hpp"

namespace geili::trade {
namespace {

TEST(DecimalRate, IsReadExactly) {
  struct {
    const char* text;
    DecimalRate rate;
    const char* again;
  } const kTable[] = {
      {"18.7905", {187'905, 4}, "18.7905"},
      {"1", {1, 0}, "1"},
      {"1.0", {1, 0}, "1"},
      {"1.1630", {1'163, 3}, "1.163"},
      {"0.0546", {546, 4}, "0.0546"},
      {"0.0000000001", {1, 10}, "0.0000000001"},
      {"0.00000000010", {1, 10}, "0.0000000001"},
      {"19306.98", {1'930'698, 2}, "19306.98"},
      {"26300", {26'300, 0}, "26300"},
      {"99999999999", {99'999'999'999, 0}, "99999999999"},
      {"9.9999999999", {99'999'999'999, 10}, "9.9999999999"},
  };
  for (const auto& row : kTable) {
    RateFault fault{};
    const auto rate = parse_rate(row.text, fault);
    ASSERT_TRUE(rate) << row.text;
    EXPECT_EQ(*rate, row.rate) << row.text;
    EXPECT_EQ(to_text(*rate), row.again);
  }
}

TEST(DecimalRate, WhatIsNoneIsRefusedWithItsFault) {
  using enum RateFault;
  struct {
    const char* text;
    RateFault fault;
  } const kTable[] = {
      {"", not_a_number},
      {".", not_a_number},
      {".5", not_a_number},
      {"5.", not_a_number},
      {"-1", not_a_number},
      {"+1", not_a_number},
      {"1,5", not_a_number},
      {"1.000,5", not_a_number},
      {"1.2.3", not_a_number},
      {"1e3", not_a_number},
      {"0x1", not_a_number},
      {"007", not_a_number},
      {"01.5", not_a_number},
      {" 1", not_a_number},
      {"1 ", not_a_number},
      {"N/A", not_a_number},
      {"NaN", not_a_number},
      {"inf", not_a_number},
      {"\xD9\xA1", not_a_number},  // a digit of another script
      {"0", not_positive},
      {"0.000", not_positive},
      {"0.00000000001", too_fine},
      {"1.12345678901", too_fine},
      {"100000000000", too_many_digits},
      {"12.3456789012", too_many_digits},
      {"999999999999999999999999", too_many_digits},
  };
  for (const auto& row : kTable) {
    RateFault fault{};
    EXPECT_FALSE(parse_rate(row.text, fault)) << row.text;
    EXPECT_EQ(fault, row.fault) << row.text << " " << to_text(fault);
  }
}

TEST(Day, IsReadAsItIsWritten) {
  for (const char* text : {"1970-01-01", "2024-02-29", "2026-11-27", "9999-12-31"}) {
    ASSERT_TRUE(parse_day(text)) << text;
    EXPECT_EQ(to_text(*parse_day(text)), text);
  }
  EXPECT_EQ(parse_written_day("27 November 2026"), parse_day("2026-11-27"));
  EXPECT_EQ(parse_written_day("03 June 2021"), parse_day("2021-06-03"));
  EXPECT_EQ(parse_written_day("3 June 2021"), parse_day("2021-06-03"));
  EXPECT_EQ(to_text(day_of(Instant{1'795'000'000'000'000})), "2026-11-18");
}

TEST(Day, ThatIsNoneIsRefused) {
  for (const char* text : {"", "2026", "2026-11", "2026-11-31", "2026-02-29", "2026-13-01",
                           "2026-00-10", "2026-11-00", "1969-12-31", "26-11-27", "2026/11/27",
                           "2026-11-27T00:00:00Z", "2026-1-27 ", "+026-11-27", " 2026-11-2"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
  for (const char* text : {"", "27", "27 November", "November 27 2026", "31 November 2026",
                           "27 november 2026", "27 Nov 2026", "027 November 2026", "27  2026",
                           "27 November 26", "27 November 2026 ", "-1 November 2026"}) {
    EXPECT_FALSE(parse_written_day(text)) << text;
  }
}

}  // namespace
}  // namespace geili::trade
