#include "shows/draw_rule.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <gtest/gtest.h>

namespace geili::shows {
namespace {

Bytes seed_of(int number) {
  Bytes seed(kDrawSeedBytes, std::byte{7});
  seed[0] = static_cast<std::byte>(number);
  seed[1] = static_cast<std::byte>(number >> 8);
  return seed;
}

DrawLog log_of(std::int64_t entries, std::int64_t winners, int seed = 1) {
  DrawLog log{.terms = {.show = ShowId{4},
                        .draw = DrawId{9},
                        .prize = "A bracelet",
                        .winners_max = winners,
                        .opened_at = Instant{1'000},
                        .commitment = commitment_of(seed_of(seed))},
              .seed = seed_of(seed),
              .entries = {},
              .winners = {}};
  Bytes head = hash_of(log.terms);
  for (std::int64_t number = 1; number <= entries; ++number) {
    DrawEntry entry{.number = number,
                    .mark = std::to_string(number),
                    .entered_at = Instant{1'000 + number},
                    .hash = {}};
    entry.hash = head = hash_of(head, entry);
    log.entries.push_back(entry);
  }
  log.winners = winners_of(log.seed, head, entries, winners);
  return log;
}

TEST(DrawRule, ChoosesEachWinnerOnce) {
  for (const std::int64_t entries : {0, 1, 2, 3, 50, 1'000}) {
    for (const std::int64_t wanted : {1, 2, 50}) {
      auto winners = log_of(entries, wanted).winners;
      EXPECT_EQ(std::ssize(winners), std::min(entries, wanted));
      std::ranges::sort(winners);
      EXPECT_TRUE(std::ranges::adjacent_find(winners) == winners.end());
      for (const std::int64_t number : winners) {
        EXPECT_GE(number, 1);
        EXPECT_LE(number, entries);
      }
    }
  }
}

TEST(DrawRule, IsAsLikelyToChooseAnyEntry) {
  constexpr int kDraws = 6'000;
  std::map<std::int64_t, int> first, second;
  for (int seed = 0; seed < kDraws; ++seed) {
    const auto winners = log_of(3, 2, seed).winners;
    ++first[winners.at(0)];
    ++second[winners.at(1)];
  }
  // Five standard deviations of a third.
  for (const std::int64_t number : {1, 2, 3}) {
    EXPECT_NEAR(first[number], kDraws / 3, 183);
    EXPECT_NEAR(second[number], kDraws / 3, 183);
  }
}

// So that a program of somebody else's can be held against it.
TEST(DrawRule, GivesTheHashesItAlwaysGave) {
  const DrawLog log = log_of(3, 1);
  EXPECT_EQ(to_hex(log.terms.commitment),
            "145fa1b4b58d27eba64182b9a6da1fc86d0f33885f4e62f61d48d2ed9d79fe9a");
  EXPECT_EQ(to_hex(log.entries[2].hash),
            "ed122b597594ae929997706eef4cbd1db9d67a714706291b385c9783b4526f4a");
  EXPECT_EQ(log.winners, std::vector<std::int64_t>{3});
}

TEST(DrawRule, FindsWhateverWasChangedAfterwards) {
  EXPECT_EQ(fault_of(log_of(20, 3)), std::nullopt);
  EXPECT_EQ(fault_of(log_of(0, 3)), std::nullopt);
  const std::vector<std::pair<const char*, std::function<void(DrawLog&)>>> changes{
      {"another seed", [](DrawLog& log) { log.seed = seed_of(2); }},
      {"another seed, committed to later",
       [](DrawLog& log) {
         log.seed = seed_of(2);
         log.terms.commitment = commitment_of(log.seed);
       }},
      {"another seed, and who wins by it",
       [](DrawLog& log) {
         log.seed = seed_of(2);
         log.winners = winners_of(log.seed, log.entries.back().hash, 20, 3);
       }},
      {"another prize", [](DrawLog& log) { log.terms.prize = "A ring"; }},
      {"more winners", [](DrawLog& log) { log.terms.winners_max = 4; }},
      {"an entry taken out", [](DrawLog& log) { log.entries.erase(log.entries.begin() + 4); }},
      {"the last entry taken out", [](DrawLog& log) { log.entries.pop_back(); }},
      {"two entries exchanged",
       [](DrawLog& log) { std::swap(log.entries[2].mark, log.entries[3].mark); }},
      {"an entry put behind",
       [](DrawLog& log) {
         log.entries.push_back(
             {.number = 21, .mark = "x", .entered_at = Instant{2'000}, .hash = {}});
       }},
      {"an earlier entry", [](DrawLog& log) { log.entries[5].entered_at = Instant{1}; }},
      {"another winner", [](DrawLog& log) { log.winners[0] = log.winners[0] % 20 + 1; }},
      {"winners in another order", [](DrawLog& log) { std::swap(log.winners[0], log.winners[1]); }},
      {"a winner less", [](DrawLog& log) { log.winners.pop_back(); }},
      {"called off, with winners", [](DrawLog& log) { log.is_cancelled = true; }},
  };
  for (const auto& [name, change] : changes) {
    DrawLog log = log_of(20, 3);
    change(log);
    EXPECT_NE(fault_of(log), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace geili::shows
