#include "shows/auction_rule.hpp"

#include <functional>

#include <gtest/gtest.h>

namespace geili::shows {
namespace {

using std::chrono::seconds;

constexpr std::string_view kAna = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
constexpr std::string_view kLuis = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

AuctionTerms terms(AuctionMode mode = AuctionMode::extend) {
  const bool is_extended = mode == AuctionMode::extend;
  return {.show = ShowId{4},
          .auction = AuctionId{9},
          .product = ProductId{5},
          .title = "A bracelet",
          .currency = "CNY",
          .start_minor = 100,
          .step_minor = 10,
          .mode = mode,
          .extend = seconds(is_extended ? 10 : 0),
          .opened_at = Instant{0},
          .first_close_at = Instant{60'000'000},
          .last_close_at = Instant{is_extended ? 660'000'000 : 60'000'000}};
}

// Hashes as they must be, whatever the lines tell.
AuctionLog chained(AuctionTerms terms, std::vector<AuctionLine> lines) {
  AuctionLog log{.terms = std::move(terms), .lines = std::move(lines)};
  Bytes head = hash_of(log.terms);
  std::int64_t position = 0;
  for (AuctionLine& line : log.lines) {
    if (line.position == 0) line.position = ++position;
    line.hash = head = hash_of(head, line);
  }
  return log;
}

AuctionLine line(AuctionStep what, std::int64_t at_s, std::string_view mark,
                 std::int64_t amount_minor, std::int64_t closes_s = 60) {
  return {.what = what,
          .at = Instant{at_s * 1'000'000},
          .mark = std::string(mark),
          .amount_minor = amount_minor,
          .closes_at = Instant{closes_s * 1'000'000}};
}

std::vector<AuctionLine> fair_lines() {
  return {line(AuctionStep::bid, 5, kAna, 100),
          line(AuctionStep::bid, 55, kLuis, 115),
          line(AuctionStep::extended, 55, "", 115, 65),
          line(AuctionStep::closed, 65, "", 115, 65),
          line(AuctionStep::offered, 65, kLuis, 115, 65),
          line(AuctionStep::offered, 700, kAna, 100, 65)};
}

TEST(AuctionRule, TheLeastBidIsTheStartAndThenAStepMore) {
  EXPECT_EQ(least_bid_minor(terms(), std::nullopt), 100);
  EXPECT_EQ(least_bid_minor(terms(), 115), 125);
}

TEST(AuctionRule, ALateBidMovesTheCloseAndNeverBehindTheLast) {
  const AuctionTerms late = terms();
  const auto after_bid = [&](std::int64_t closes_s, std::int64_t at_s) {
    return close_after_bid(late, Instant{closes_s * 1'000'000}, Instant{at_s * 1'000'000}).us /
           1'000'000;
  };
  EXPECT_EQ(after_bid(60, 49), 60);
  EXPECT_EQ(after_bid(60, 50), 60);
  EXPECT_EQ(after_bid(60, 51), 61);
  EXPECT_EQ(after_bid(658, 655), 660);
  EXPECT_EQ(after_bid(660, 659), 660);
  EXPECT_EQ(
      close_after_bid(terms(AuctionMode::sudden_death), Instant{60'000'000}, Instant{59'999'999}),
      Instant{60'000'000});
}

TEST(AuctionRule, AFairLogHasNoFaultAndTellsWhoHasIt) {
  const AuctionLog log = chained(terms(), fair_lines());
  EXPECT_EQ(fault_of(log), std::nullopt);
  const AuctionOutcome outcome = outcome_of(log);
  EXPECT_EQ(outcome.bids, 2);
  EXPECT_EQ(outcome.winner, kAna);
  EXPECT_EQ(outcome.price_minor, 100);
}

TEST(AuctionRule, WhatWasChangedAfterwardsIsFound) {
  const std::vector<std::function<void(AuctionLog&)>> changes{
      [](AuctionLog& log) { log.lines[0].amount_minor = 101; },
      [](AuctionLog& log) { log.lines[1].mark = kAna; },
      [](AuctionLog& log) { log.lines.erase(log.lines.begin()); },
      [](AuctionLog& log) { log.terms.start_minor = 90; },
      [](AuctionLog& log) { log.terms.title = "A ring"; },
      [](AuctionLog& log) { log.lines.resize(3); },
      [](AuctionLog& log) { log.lines.resize(4); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    AuctionLog log = chained(terms(), fair_lines());
    changes[i](log);
    EXPECT_NE(fault_of(log), std::nullopt) << i;
  }
}

// A chain that holds and rules that do not.
TEST(AuctionRule, ALogThatBreaksARuleSaysWhich) {
  struct Case {
    const char* fault;
    AuctionTerms terms;
    std::vector<AuctionLine> lines;
  };
  const AuctionTerms sudden = terms(AuctionMode::sudden_death);
  AuctionTerms endless = sudden;
  endless.last_close_at = Instant{61'000'000};
  AuctionTerms never = terms();
  never.first_close_at = never.opened_at;
  AuctionTerms still = terms();
  still.extend = seconds(0);
  const AuctionLine first = line(AuctionStep::bid, 5, kAna, 100);
  const AuctionLine closed = line(AuctionStep::closed, 60, "", 100);
  std::vector<AuctionLine> twice{first, closed, line(AuctionStep::offered, 60, kAna, 100)};
  twice[1].position = 1;
  const std::vector<Case> bad{
      {"line 1 is a bid below the least", terms(), {line(AuctionStep::bid, 5, kAna, 99)}},
      {"line 2 is a bid below the least", terms(), {first, line(AuctionStep::bid, 6, kLuis, 109)}},
      {"line 2 is a bid against the own one",
       terms(),
       {first, line(AuctionStep::bid, 6, kAna, 110)}},
      {"line 1 is a bid after the close", terms(), {line(AuctionStep::bid, 60, kAna, 100)}},
      {"line 1 is nobody's bid", terms(), {line(AuctionStep::bid, 6, "", 100)}},
      {"line 2 is earlier than the one before",
       terms(),
       {first, line(AuctionStep::bid, 4, kLuis, 110)}},
      {"line 2 does not extend as it must",
       terms(),
       {line(AuctionStep::bid, 55, kAna, 100), closed}},
      {"the last bid does not extend as it must", terms(), {line(AuctionStep::bid, 55, kAna, 100)}},
      {"line 2 tells another close",
       terms(),
       {line(AuctionStep::bid, 55, kAna, 100), line(AuctionStep::extended, 55, "", 100, 66)}},
      {"line 2 extends without need", terms(), {first, line(AuctionStep::extended, 5, "", 100)}},
      {"line 2 extends without need",
       sudden,
       {line(AuctionStep::bid, 59, kAna, 100), line(AuctionStep::extended, 59, "", 100, 69)}},
      {"line 1 tells another close", terms(), {line(AuctionStep::bid, 5, kAna, 100, 61)}},
      {"line 2 tells another price", terms(), {first, line(AuctionStep::closed, 60, "", 110)}},
      {"line 3 ends it twice", terms(), {first, closed, closed}},
      {"line 3 offers it out of turn",
       terms(),
       {first, closed, line(AuctionStep::offered, 60, kLuis, 100)}},
      {"line 3 offers it at another price",
       terms(),
       {first, closed, line(AuctionStep::offered, 60, kAna, 90)}},
      {"line 2 offers what is not to be had",
       terms(),
       {first, line(AuctionStep::offered, 5, kAna, 100)}},
      {"line 3 offers what is not to be had",
       terms(),
       {first, line(AuctionStep::cancelled, 9, "", 100), line(AuctionStep::offered, 9, kAna, 100)}},
      {"it was offered to nobody", terms(), {first, closed}},
      {"it has not ended", terms(), {first}},
      {"line 2 is missing", terms(), twice},
      {"the last close does not fit the mode", endless, {}},
      {"it closes before it opens", never, {}},
      {"the extension does not fit the mode", still, {}},
  };
  for (const Case& one : bad) {
    const auto fault = fault_of(chained(one.terms, one.lines));
    EXPECT_EQ(fault.value_or("none"), one.fault);
  }
}

TEST(AuctionRule, NoMoreThanThreeAreOffered) {
  std::vector<AuctionLine> lines;
  for (std::int64_t i = 0; i < 4; ++i) {
    lines.push_back(
        line(AuctionStep::bid, i, std::string(32, static_cast<char>('a' + i)), 100 + 10 * i));
  }
  lines.push_back(line(AuctionStep::closed, 60, "", 130));
  for (std::int64_t i = 3; i >= 0; --i) {
    lines.push_back(
        line(AuctionStep::offered, 61, std::string(32, static_cast<char>('a' + i)), 100 + 10 * i));
  }
  EXPECT_EQ(fault_of(chained(terms(), lines)), "line 9 offers it too often");
  lines[5].what = AuctionStep::passed;
  EXPECT_EQ(fault_of(chained(terms(), lines)), std::nullopt);
}

}  // namespace
}  // namespace geili::shows
