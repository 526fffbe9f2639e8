#include "shows/red_packet_rule.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

namespace geili::shows {
namespace {

Bytes seed_of(int number) {
  Bytes seed(kPacketSeedBytes);
  seed.at(0) = static_cast<std::byte>(number & 255);
  seed.at(1) = static_cast<std::byte>(number >> 8);
  return seed;
}

std::vector<std::int64_t> lucky(std::int64_t total, std::int64_t envelopes, int seed) {
  return split_packet(PacketSplit::lucky, total, envelopes, seed_of(seed));
}

TEST(RedPacketRule, EvenSharesDifferByOneMinorUnitAtMost) {
  EXPECT_EQ(split_packet(PacketSplit::even, 10, 4, {}), (std::vector<std::int64_t>{3, 3, 2, 2}));
  EXPECT_EQ(split_packet(PacketSplit::even, 9, 3, {}), (std::vector<std::int64_t>{3, 3, 3}));
  EXPECT_EQ(split_packet(PacketSplit::even, 3, 3, {}), (std::vector<std::int64_t>{1, 1, 1}));
}

TEST(RedPacketRule, LuckySharesSumUpAndAreNeverLessThanTheLeast) {
  for (int seed = 0; seed < 200; ++seed) {
    for (const auto& [total, envelopes] : {std::pair(10'000, 50),
                                           {2'000, 5},
                                           {50, 50},
                                           {51, 50},
                                           {7, 1},
                                           {100'000'000, 500},
                                           {999, 10}}) {
      const auto amounts = lucky(total, envelopes, seed);
      ASSERT_EQ(std::ssize(amounts), envelopes);
      ASSERT_EQ(std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0}), total);
      ASSERT_GE(std::ranges::min(amounts), envelope_min_minor(total, envelopes));
    }
  }
  EXPECT_EQ(envelope_min_minor(10'000, 50), 20);
  EXPECT_EQ(envelope_min_minor(50, 50), 1);
}

TEST(RedPacketRule, TheSeedDecidesAndNothingElse) {
  EXPECT_EQ(lucky(10'000, 50, 1), lucky(10'000, 50, 1));
  EXPECT_NE(lucky(10'000, 50, 1), lucky(10'000, 50, 2));
  EXPECT_EQ(lucky(50, 50, 1), lucky(50, 50, 2)) << "nothing is left to cut";
}

TEST(RedPacketRule, NoTurnIsBetterThanAnother) {
  constexpr int kSeeds = 2'000;
  std::vector<std::int64_t> sums(5);
  for (int seed = 0; seed < kSeeds; ++seed) {
    const auto amounts = lucky(5'000, 5, seed);
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += amounts[i];
  }
  for (const std::int64_t sum : sums) EXPECT_NEAR(sum / kSeeds, 1'000, 60);
}

}  // namespace
}  // namespace geili::shows
