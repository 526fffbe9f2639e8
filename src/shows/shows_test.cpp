#include <functional>
#include <string>
#include <vector>

#include "shows/bag.hpp"
#include "shows/show.hpp"
#include "shows/stream_key.hpp"
#include "store/testing/test_store.hpp"

namespace geili::shows {
namespace {

using store::Tx;
using store::testing::field_of;

constexpr ShopId kShop{1};
constexpr ProductId kNecklace{5}, kEarrings{6}, kPearls{7};

class Shows : public store::testing::StoreTest {
 protected:
  ShowId schedule(std::string title = "Evening", std::chrono::seconds in = {},
                  ShopId shop = kShop) {
    return write([&](Tx& tx) {
             return create_show(tx, {.shop = shop, .title = title, .starts_at = clock_.now() + in});
           })
        ->id;
  }
  auto starting(ShowId show) {
    return [=, this](Tx& tx) { return start_show(tx, show, clock_.now()); };
  }
  auto ending(ShowId show) {
    return [=, this](Tx& tx) { return end_show(tx, show, clock_.now()); };
  }
  auto calling_off(ShowId show) {
    return [=, this](Tx& tx) { return call_off_show(tx, show, clock_.now()); };
  }
  static auto filling(ShowId show, std::vector<ProductId> bag) {
    return [=](Tx& tx) { return set_bag(tx, show, bag); };
  }
  static auto pinning(ShowId show, ProductId product) {
    return [=](Tx& tx) { return pin(tx, show, product); };
  }
  Show get(ShowId show) {
    return *read([=](Tx& tx) { return find_show(tx, show); });
  }
  std::vector<ProductId> bag(ShowId show) {
    return *read([=](Tx& tx) -> Result<std::vector<ProductId>> { return bag_of(tx, show); });
  }
  std::string titles(ShowFilter filter) {
    std::string all;
    PageRequest request{.limit = 2};
    do {
      const auto page = *read([&](Tx& tx) { return list_shows(tx, filter, request); });
      for (const Show& show : page.items) all += show.title + " ";
      request.cursor = page.next_cursor;
    } while (!request.cursor.empty());
    return all;
  }
};

TEST_F(Shows, GoFromScheduledToLiveToEnded) {
  const ShowId id = schedule();
  EXPECT_EQ(get(id).status, ShowStatus::scheduled);
  EXPECT_EQ(refused(ending(id)).code, "show-status-conflict");
  ASSERT_TRUE(write(starting(id)));
  EXPECT_EQ(get(id).status, ShowStatus::live);
  EXPECT_EQ(get(id).started_at, clock_.now());
  EXPECT_EQ(refused(starting(id)).code, "show-status-conflict");
  clock_.advance(std::chrono::hours(1));
  ASSERT_TRUE(write(ending(id)));
  EXPECT_EQ(get(id).status, ShowStatus::ended);
  EXPECT_EQ(get(id).ended_at, clock_.now());
  EXPECT_EQ(refused(starting(id)).code, "show-status-conflict");
  EXPECT_EQ(refused(ending(id)).kind, ErrorKind::conflict);
}

TEST_F(Shows, AreCalledOffOnceAndOnlyBeforeTheyBegin) {
  const ShowId id = schedule();
  ASSERT_TRUE(write(calling_off(id)));
  EXPECT_TRUE(is_called_off(get(id)));
  EXPECT_EQ(get(id).ended_at, clock_.now());
  EXPECT_EQ(get(id).version, 2);
  EXPECT_EQ(refused(calling_off(id)).code, "show-status-conflict");
  EXPECT_EQ(refused(starting(id)).code, "show-status-conflict");
  EXPECT_EQ(refused(ending(id)).code, "show-status-conflict");
  const ShowId other = schedule();
  ASSERT_TRUE(write(starting(other)));
  EXPECT_EQ(refused(calling_off(other)).code, "show-status-conflict");
  ASSERT_TRUE(write(ending(other)));
  EXPECT_EQ(refused(calling_off(other)).kind, ErrorKind::conflict);
  EXPECT_FALSE(is_called_off(get(other)));
}

TEST_F(Shows, ThatWereCalledOffAreInNoList) {
  const ShowId off = schedule("off");
  schedule("next", std::chrono::hours(1));
  const ShowId over = schedule("over");
  ASSERT_TRUE(write(starting(over)));
  ASSERT_TRUE(write(ending(over)));
  ASSERT_TRUE(write(calling_off(off)));
  ASSERT_TRUE(write(
      [=](Tx& tx) { return change_show(tx, off, {.title = "still off", .starts_at = {}}, 2); }));
  EXPECT_EQ(titles({}), "next over ");
  EXPECT_EQ(titles({.shop = kShop}), "next over ");
  EXPECT_EQ(titles({.status = ShowStatus::ended}), "over ");
  EXPECT_EQ(titles({.status = ShowStatus::ended, .shop = kShop}), "over ");
  EXPECT_EQ(titles({.status = ShowStatus::scheduled}), "next ");
}

TEST_F(Shows, UnknownShowsAreNotFound) {
  const ShowId none{99};
  const std::vector<std::function<Result<Show>(Tx&)>> jobs{
      [=](Tx& tx) { return find_show(tx, none); },
      starting(none),
      ending(none),
      calling_off(none),
      filling(none, {}),
      pinning(none, kNecklace),
      [=](Tx& tx) { return unpin(tx, none); },
      [=](Tx& tx) { return touch_show(tx, none); },
      [=](Tx& tx) { return change_show(tx, none, {}, 1); },
  };
  for (const auto& job : jobs) EXPECT_EQ(refused(job).code, "show-not-found");
  EXPECT_EQ(refused([=](Tx& tx) { return stream_key(tx, none); }).code, "show-not-found");
  EXPECT_EQ(refused([=](Tx& tx) { return renew_stream_key(tx, none); }).code, "show-not-found");
  EXPECT_EQ(refused([=](Tx& tx) { return next_sold_number(tx, none, kShop); }).code,
            "show-not-found");
}

TEST_F(Shows, AreChangedByTheVersionThatWasRead) {
  const ShowId id = schedule();
  const Instant later = clock_.now() + std::chrono::hours(5);
  const auto change = [=](ShowChange change, std::int64_t version) {
    return [=](Tx& tx) { return change_show(tx, id, change, version); };
  };
  ASSERT_TRUE(write(change({.starts_at = later}, 1)));
  EXPECT_EQ(get(id).starts_at, later);
  EXPECT_EQ(get(id).title, "Evening");
  EXPECT_EQ(get(id).version, 2);
  const Error stale = refused(change({.title = "Other"}, 1));
  EXPECT_EQ(stale.code, "version-mismatch");
  EXPECT_EQ(stale.kind, ErrorKind::precondition);
  for (const std::string& title : {std::string(), std::string(" "), std::string(121, 't'),
                                   std::string("a\nb"), std::string("\xc3")}) {
    EXPECT_EQ(field_of(refused(change({.title = title}, 2))), "/title");
    EXPECT_EQ(field_of(refused([&](Tx& tx) {
                return create_show(tx, {.shop = kShop, .title = title, .starts_at = later});
              })),
              "/title");
  }
}

TEST_F(Shows, AreListedLiveThenNextThenLast) {
  const ShowId old = schedule("old");
  const ShowId recent = schedule("recent");
  const ShowId live = schedule("live");
  const ShowId newest = schedule("newest");
  schedule("tomorrow", std::chrono::hours(24));
  schedule("soon", std::chrono::hours(1));
  schedule("foreign", std::chrono::hours(2), ShopId{2});
  for (const ShowId show : {old, recent, live, newest}) {
    clock_.advance(std::chrono::minutes(1));
    ASSERT_TRUE(write(starting(show)));
  }
  for (const ShowId show : {old, recent}) {
    clock_.advance(std::chrono::minutes(1));
    ASSERT_TRUE(write(ending(show)));
  }
  EXPECT_EQ(titles({}), "newest live soon foreign tomorrow recent old ");
  EXPECT_EQ(titles({.shop = kShop}), "newest live soon tomorrow recent old ");
  EXPECT_EQ(titles({.status = ShowStatus::live}), "newest live ");
  EXPECT_EQ(titles({.status = ShowStatus::scheduled, .shop = kShop}), "soon tomorrow ");
  EXPECT_EQ(titles({.status = ShowStatus::ended}), "recent old ");
  EXPECT_EQ(titles({.shop = ShopId{99}}), "");
  EXPECT_EQ(refused([](Tx& tx) { return list_shows(tx, {}, {.cursor = "x"}); }).code, "bad-cursor");
}

TEST_F(Shows, ABagKeepsItsOrder) {
  const ShowId id = schedule();
  ASSERT_TRUE(write(filling(id, {kPearls, kNecklace, kEarrings})));
  EXPECT_EQ(bag(id), (std::vector{kPearls, kNecklace, kEarrings}));
  ASSERT_TRUE(write(filling(id, {kEarrings, kPearls})));
  EXPECT_EQ(bag(id), (std::vector{kEarrings, kPearls}));
  EXPECT_EQ(get(id).version, 3);
}

TEST_F(Shows, BadBagsAreRefused) {
  const ShowId id = schedule();
  std::vector<ProductId> many;
  for (std::int64_t i = 1; i <= 200; ++i) many.push_back(ProductId{i});
  ASSERT_TRUE(write(filling(id, many)));
  many.push_back(ProductId{201});
  EXPECT_EQ(field_of(refused(filling(id, many))), "/product_ids");
  EXPECT_EQ(field_of(refused(filling(id, {kPearls, kNecklace, kPearls}))), "/product_ids/2");
}

TEST_F(Shows, OnlyWhatIsInTheBagIsPinned) {
  const ShowId id = schedule();
  ASSERT_TRUE(write(filling(id, {kNecklace, kEarrings})));
  EXPECT_EQ(refused(pinning(id, kPearls)).code, "product-not-in-bag");
  ASSERT_TRUE(write(pinning(id, kNecklace)));
  EXPECT_EQ(get(id).pinned, kNecklace);
  const std::string once = rows();
  ASSERT_TRUE(write(pinning(id, kNecklace)));
  EXPECT_EQ(rows(), once);
  ASSERT_TRUE(write(filling(id, {kNecklace})));
  EXPECT_EQ(get(id).pinned, kNecklace);
  ASSERT_TRUE(write(filling(id, {kEarrings})));
  EXPECT_FALSE(get(id).pinned);
  const std::string unpinned = rows();
  ASSERT_TRUE(write([=](Tx& tx) { return unpin(tx, id); }));
  EXPECT_EQ(rows(), unpinned);
  ASSERT_TRUE(write(pinning(id, kEarrings)));
  ASSERT_TRUE(write([=](Tx& tx) { return unpin(tx, id); }));
  EXPECT_FALSE(get(id).pinned);
  ASSERT_TRUE(write(starting(id)));
  ASSERT_TRUE(write(ending(id)));
  EXPECT_EQ(refused(pinning(id, kEarrings)).code, "show-ended");
}

TEST_F(Shows, ARemovedProductLeavesTheBagsOfOpenShowsAlone) {
  const ShowId ended = schedule();
  const ShowId pinned = schedule();
  const ShowId other = schedule();
  for (const ShowId show : {ended, pinned, other}) {
    ASSERT_TRUE(write(filling(show, {kNecklace, kEarrings})));
  }
  ASSERT_TRUE(write(pinning(pinned, kNecklace)));
  ASSERT_TRUE(write(pinning(other, kEarrings)));
  ASSERT_TRUE(write(starting(ended)));
  ASSERT_TRUE(write(ending(ended)));
  const auto unpinned =
      *write([](Tx& tx) -> Result<std::vector<ShowId>> { return remove_from_bags(tx, kNecklace); });
  EXPECT_EQ(unpinned, std::vector{pinned});
  EXPECT_EQ(bag(ended).size(), 2U);
  EXPECT_EQ(bag(pinned), std::vector{kEarrings});
  EXPECT_FALSE(get(pinned).pinned);
  EXPECT_EQ(get(other).pinned, kEarrings);
}

TEST_F(Shows, WhoHearsOfAProductIsBounded) {
  std::vector<ShowId> open;
  for (int i = 0; i < kShowsToldMax + 3; ++i) {
    open.push_back(schedule());
    ASSERT_TRUE(write(filling(open.back(), {kNecklace})));
  }
  ASSERT_TRUE(write(starting(open.back())));
  const auto told =
      *read([](Tx& tx) -> Result<std::vector<ShowId>> { return open_shows_with(tx, kNecklace); });
  ASSERT_EQ(told.size(), static_cast<std::size_t>(kShowsToldMax));
  EXPECT_EQ(told[0], open.back());
}

TEST_F(Shows, ThoseLiveSinceATimeAreLiveOrEndedAfterIt) {
  schedule();
  const ShowId long_over = schedule();
  const ShowId over = schedule();
  const ShowId live = schedule();
  for (const ShowId show : {long_over, over, live}) ASSERT_TRUE(write(starting(show)));
  ASSERT_TRUE(write(ending(long_over)));
  clock_.advance(std::chrono::minutes(1));
  const Instant since = clock_.now();
  ASSERT_TRUE(write(ending(over)));
  EXPECT_EQ(*read([=](Tx& tx) -> Result<std::vector<ShowId>> { return live_since(tx, since); }),
            (std::vector{over, live}));
}

TEST_F(Shows, SoldNumbersCountFromTheStart) {
  const ShowId id = schedule();
  const auto next = [=](ShopId shop) {
    return [=](Tx& tx) { return next_sold_number(tx, id, shop); };
  };
  EXPECT_EQ(refused(next(kShop)).code, "show-status-conflict");
  const ShowId off = schedule();
  ASSERT_TRUE(write(calling_off(off)));
  EXPECT_EQ(refused([=](Tx& tx) { return next_sold_number(tx, off, kShop); }).code,
            "show-status-conflict");
  ASSERT_TRUE(write(starting(id)));
  EXPECT_EQ(*write(next(kShop)), 1);
  EXPECT_EQ(*write(next(kShop)), 2);
  EXPECT_EQ(refused(next(ShopId{2})).code, "show-not-found");
  EXPECT_EQ(get(id).sold_count, 2);
  EXPECT_EQ(get(id).version, 2);
}

TEST_F(Shows, AStreamKeyOpensOneShowUntilItEnds) {
  const ShowId id = schedule();
  schedule();
  const auto find = [](std::string key) {
    return [=](Tx& tx) { return find_by_stream_key(tx, key); };
  };
  const std::string first = *read([=](Tx& tx) { return stream_key(tx, id); });
  EXPECT_GE(first.size(), 22U);
  EXPECT_EQ(*read(find(first)), id);
  const std::string second = *write([=](Tx& tx) { return renew_stream_key(tx, id); });
  EXPECT_NE(second, first);
  EXPECT_EQ(*read(find(second)), id);
  for (const std::string& key : {first, std::string(), std::string("' OR 1=1 --")}) {
    EXPECT_EQ(refused(find(key)).code, "stream-key-unknown");
  }
  ASSERT_TRUE(write(starting(id)));
  EXPECT_EQ(*read(find(second)), id);
  ASSERT_TRUE(write(ending(id)));
  EXPECT_EQ(refused(find(second)).code, "stream-key-unknown");
}

}  // namespace
}  // namespace geili::shows
