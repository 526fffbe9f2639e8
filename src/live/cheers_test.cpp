#include "live/cheers.hpp"

#include <gtest/gtest.h>

namespace geili::live {
namespace {

using std::chrono::seconds;

constexpr Instant kNoon{1'795'000'000'000'000};

TEST(Cheers, AreReadAsPeopleWriteThem) {
  for (const char* text :
       {"geili", "Geili!", "GEILI!!!", "ｇｅｉｌｉ", "geili geili", "geiligeili!", "给力", "给力！",
        "给力给力", "給力!", "🔥给力🔥", " 给 力 "}) {
    EXPECT_TRUE(is_cheer(text)) << text;
  }
  for (const char* text : {"", "!", "geil", "geili?no", "not geili", "给", "力", "不给力", "666",
                           "give strength", "\xff", "geili 3 x 12"}) {
    EXPECT_FALSE(is_cheer(text)) << text;
  }
}

TEST(Cheers, NeedATenthOfTheViewersWithinLimits) {
  EXPECT_EQ(cheers_needed(0), 3);
  EXPECT_EQ(cheers_needed(30), 3);
  EXPECT_EQ(cheers_needed(31), 4);
  EXPECT_EQ(cheers_needed(500), 50);
  EXPECT_EQ(cheers_needed(15'000), 100);
}

TEST(Cheers, OfDifferentPeopleMakeABurst) {
  Cheers cheers;
  EXPECT_FALSE(cheers.note(1, 10, kNoon));
  EXPECT_FALSE(cheers.note(1, 10, kNoon));
  EXPECT_FALSE(cheers.note(2, 10, kNoon + seconds(1)));
  EXPECT_FALSE(cheers.note(2, 10, kNoon + seconds(2)));
  EXPECT_EQ(cheers.note(3, 10, kNoon + seconds(3)), 3);
}

TEST(Cheers, AreForgottenAfterTheWindow) {
  Cheers cheers;
  EXPECT_FALSE(cheers.note(1, 10, kNoon));
  EXPECT_FALSE(cheers.note(2, 10, kNoon + seconds(1)));
  EXPECT_FALSE(cheers.note(3, 10, kNoon + kCheerWindow)) << "the first is too old";
  EXPECT_EQ(cheers.note(4, 10, kNoon + kCheerWindow), 3);
}

TEST(Cheers, PauseAfterABurst) {
  Cheers cheers;
  const auto crowd = [&](Instant at) {
    std::optional<std::int64_t> burst;
    for (const std::uint64_t person : {1, 2, 3}) burst = cheers.note(person, 10, at);
    return burst;
  };
  EXPECT_EQ(crowd(kNoon), 3);
  EXPECT_FALSE(crowd(kNoon + kBurstPause - seconds(1)));
  EXPECT_EQ(crowd(kNoon + kBurstPause), 3);
  EXPECT_EQ(crowd(kNoon), 3) << "a clock that steps back does not silence the crowd";
}

}  // namespace
}  // namespace geili::live
