#include "shows/audience.hpp"

#include <gtest/gtest.h>

#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using store::Tx;

class AudienceTest : public ShowStoreTest {
 protected:
  void note(ShowId show, const RoomSample& sample) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      note_audience(tx, show, sample, clock_.now());
      return {};
    }));
  }
  std::vector<std::int64_t> viewers(ShowId show) {
    return *read([&](Tx& tx) -> Result<std::vector<std::int64_t>> {
      std::vector<std::int64_t> all;
      for (const Audience& one : audience_of(tx, show)) all.push_back(one.viewers);
      return all;
    });
  }
  std::int64_t hearts(ShowId show) {
    return *read([&](Tx& tx) -> Result<std::int64_t> { return hearts_of(tx, show); });
  }
};

TEST_F(AudienceTest, AddsTheRoomsOfAStepAndKeepsTheLargerOfTwoSamplesOfOne) {
  const ShowId show = create();
  note(show, {.room = "a", .viewers = 7});
  note(show, {.room = "b", .viewers = 2});
  note(show, {.room = "a", .viewers = 5});
  EXPECT_EQ(viewers(show), std::vector<std::int64_t>{9});
  clock_.advance(kAudienceStep);
  note(show, {.room = "a", .viewers = 4});
  EXPECT_EQ(viewers(show), (std::vector<std::int64_t>{9, 4}));
}

TEST_F(AudienceTest, TellsTheBeginningOfAStep) {
  const ShowId show = create();
  note(show, {.room = "a", .viewers = 1});
  const auto at = read([&](Tx& tx) -> Result<Instant> { return audience_of(tx, show).at(0).at; });
  const auto step_us = std::chrono::microseconds(kAudienceStep).count();
  EXPECT_EQ(at->us % step_us, 0);
  EXPECT_LT(clock_.now().us - at->us, step_us);
}

TEST_F(AudienceTest, CountsTheHeartsOfEveryLifeOfARoomOnce) {
  const ShowId show = create();
  note(show, {.room = "a", .hearts = 3});
  clock_.advance(kAudienceStep);
  note(show, {.room = "a", .hearts = 10});
  clock_.advance(kAudienceStep);
  note(show, {.room = "b", .hearts = 4});
  EXPECT_EQ(hearts(show), 14);
}

TEST_F(AudienceTest, KeepsNothingOfAShowThatIsNotThereAndForgetsThoseOfAShopThatGoes) {
  const ShowId show = create();
  note(show, {.room = "a", .viewers = 1});
  note(ShowId{show.value + 1}, {.room = "a", .viewers = 1});
  EXPECT_EQ(integer("SELECT COUNT(*) FROM show_audience"), 1);
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return !erase_shows(tx, ShopId{1}).empty(); }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM show_audience"), 0);
}

}  // namespace
}  // namespace geili::shows
