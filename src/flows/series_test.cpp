#include "flows/series.hpp"

#include <algorithm>

#include "catalog/photo.hpp"
#include "flows/test_market.hpp"
#include "shows/bag.hpp"

namespace geili::flows {
namespace {

using std::chrono::hours;
using enum shows::Weekday;

class ComesAgain : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    first_ = schedule({necklace_, earrings_});
    const std::vector every{mon, tue, wed, thu, fri, sat, sun};
    ASSERT_TRUE(write([&](Tx& tx) {
      return shows::repeat_show(
          tx, first_, {.weekdays = every, .time_zone = "Asia/Shanghai", .until = {}, .left = 2});
    }));
    (void)told();
  }
  void plan() {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return plan_series(tx, clock_); }));
  }
  std::vector<shows::Show> scheduled() {
    return read([&](Tx& tx) {
             return shows::list_shows(tx, {.status = shows::ShowStatus::scheduled, .shop = shop_},
                                      {.limit = 20});
           })
        ->items;
  }
  Result<shows::Show> change(ShowId show, shows::ShowChange what, bool is_for_series) {
    const auto version = read([&](Tx& tx) { return shows::find_show(tx, show); })->version;
    return write([&](Tx& tx) {
      return change_show(tx, show, {.show = what, .is_for_series = is_for_series}, version, clock_);
    });
  }
  Result<shows::Show> fill(ShowId show, std::vector<ProductId> bag, bool is_for_series) {
    const auto version = read([&](Tx& tx) { return shows::find_show(tx, show); })->version;
    return write([&](Tx& tx) {
      return change_show(tx, show, {.show = {}, .bag = bag, .is_for_series = is_for_series},
                         version, clock_);
    });
  }
  std::vector<ProductId> bag(ShowId show) {
    return *read([&](Tx& tx) -> Result<std::vector<ProductId>> { return shows::bag_of(tx, show); });
  }

  ShowId first_;
};

TEST_F(ComesAgain, TheNextIsPlannedWithTheStartOfTheOneBefore) {
  const catalog::Picture cover{1600, 900, Bytes(3), Bytes(4), Bytes(5)};
  ASSERT_TRUE(write([&](Tx& tx) { return set_show_cover(tx, first_, cover); }));
  plan();
  ASSERT_EQ(scheduled().size(), 1u);
  const Instant begun = scheduled()[0].starts_at;
  start(first_);
  ASSERT_EQ(scheduled().size(), 1u);
  const shows::Show next = scheduled()[0];
  EXPECT_EQ(next.title, "Evening");
  // The time of day has no seconds.
  EXPECT_GT(next.starts_at, begun + hours(23));
  EXPECT_LE(next.starts_at, begun + hours(24));
  const auto bag =
      *read([&](Tx& tx) -> Result<std::vector<ProductId>> { return shows::bag_of(tx, next.id); });
  EXPECT_EQ(bag, (std::vector{necklace_, earrings_}));
  const auto photos = *read([&](Tx& tx) -> Result<std::vector<catalog::Photo>> {
    return catalog::photos_of(tx, catalog::PhotoOwner::of(next.id));
  });
  ASSERT_EQ(photos.size(), 1u);
  EXPECT_EQ(photos[0].height, 900);
  plan();
  EXPECT_EQ(scheduled().size(), 1u);
}

TEST_F(ComesAgain, AsOftenAsWasSaid) {
  start(first_);
  clock_.advance(hours(24));
  start(scheduled()[0].id);
  clock_.advance(hours(24));
  ASSERT_EQ(scheduled().size(), 1u);
  start(scheduled()[0].id);
  EXPECT_TRUE(scheduled().empty());
  plan();
  EXPECT_TRUE(scheduled().empty());
}

TEST_F(ComesAgain, AShowThatNeverBeganHoldsUpNoOther) {
  clock_.advance(shows::kMissedAfter);
  plan();
  EXPECT_EQ(scheduled().size(), 2u);
}

TEST_F(ComesAgain, WithTheNextShowWhenOneIsCalledOff) {
  const auto off = write([&](Tx& tx) { return call_off_show(tx, first_, clock_); });
  ASSERT_TRUE(off);
  ASSERT_EQ(scheduled().size(), 1u);
  const Instant next = scheduled()[0].starts_at;
  EXPECT_GT(next, off->starts_at);
  EXPECT_LE(next, off->starts_at + hours(24));
  EXPECT_EQ(bag(scheduled()[0].id), (std::vector{necklace_, earrings_}));
  plan();
  EXPECT_EQ(scheduled().size(), 1u) << "in its place comes one, not two";
}

TEST_F(ComesAgain, WhatIsPlannedAfterDaysWithoutAShowIsStillToCome) {
  clock_.advance(hours(24 * 5));
  plan();
  const auto all = scheduled();
  ASSERT_EQ(all.size(), 2u);
  const Instant next = std::ranges::max(all, {}, &shows::Show::starts_at).starts_at;
  EXPECT_GT(next, clock_.now());
  EXPECT_LE(next, clock_.now() + hours(24));
}

TEST_F(ComesAgain, NoMoreOnceItIsStopped) {
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    shows::stop_series(tx, first_, clock_.now());
    return {};
  }));
  start(first_);
  plan();
  EXPECT_TRUE(scheduled().empty());
}

TEST_F(ComesAgain, AChangeIsForOneShowOrForAllToCome) {
  ASSERT_TRUE(change(first_, {.title = "Just today", .starts_at = {}}, false));
  start(first_);
  const shows::Show second = scheduled()[0];
  EXPECT_EQ(second.title, "Evening");
  const Instant later = second.starts_at + hours(2);
  ASSERT_TRUE(change(second.id, {.title = "Night", .starts_at = later}, true));
  clock_.advance(hours(24));
  start(second.id);
  const shows::Show third = scheduled()[0];
  EXPECT_EQ(third.title, "Night");
  EXPECT_EQ(third.starts_at, later + hours(24));
}

TEST_F(ComesAgain, ABagIsForOneShowOrForAllToCome) {
  ASSERT_TRUE(fill(first_, {earrings_}, false));
  start(first_);
  const ShowId second = scheduled()[0].id;
  EXPECT_EQ(bag(second), (std::vector{necklace_, earrings_})) << "the first one's own bag is its";
  EXPECT_EQ(bag(first_), std::vector{earrings_});
  ASSERT_TRUE(fill(second, {earrings_, necklace_}, true));
  clock_.advance(hours(24));
  start(second);
  const ShowId third = scheduled()[0].id;
  EXPECT_EQ(bag(third), (std::vector{earrings_, necklace_}));
  EXPECT_EQ(bag(first_), std::vector{earrings_});
}

TEST_F(ComesAgain, WhatIsSoldNoMoreIsInNoBagToCome) {
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, necklace_, clock_); }));
  start(first_);
  EXPECT_EQ(bag(scheduled()[0].id), std::vector{earrings_});
}

TEST_F(ComesAgain, WhoWaitsHearsOfAnotherPlanAtOnce) {
  const Instant later = clock_.now() + hours(1);
  ASSERT_TRUE(change(first_, {.title = {}, .starts_at = later}, false));
  EXPECT_EQ(told(),
            std::vector<std::string>{"show." + std::to_string(first_.value) +
                                     R"( {"type":"plan","title":"Evening","starts_at_us":)" +
                                     std::to_string(later.us) + "}"});
  ASSERT_TRUE(change(first_, {.title = "Evening", .starts_at = later}, false));
  EXPECT_TRUE(told().empty());
}

}  // namespace
}  // namespace geili::flows
