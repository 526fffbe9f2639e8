#include "shows/script.hpp"

#include <gtest/gtest.h>

#include "shows/bag.hpp"
#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using std::chrono::seconds;
using store::Tx;
using store::testing::field_of;

constexpr ProductId kPearls{5};

class ScriptTest : public ShowStoreTest {
 protected:
  void SetUp() override {
    show_ = create();
    bag({kPearls});
  }
  void bag(std::vector<ProductId> products) {
    ASSERT_TRUE(write([&](Tx& tx) { return set_bag(tx, show_, products); }));
  }
  void start() {
    ASSERT_TRUE(write([&](Tx& tx) { return start_show(tx, show_, clock_.now()); }));
  }
  Result<void> set(const std::vector<WantedBeat>& beats) {
    return write([&](Tx& tx) { return set_script(tx, show_, beats); });
  }
  std::vector<Beat> script() {
    return *read([&](Tx& tx) -> Result<std::vector<Beat>> { return script_of(tx, show_); });
  }
  std::vector<Beat> all() {
    return *read([&](Tx& tx) -> Result<std::vector<Beat>> { return beats_of(tx, show_); });
  }
  std::vector<BeatRun> runs() {
    return *read([&](Tx& tx) -> Result<std::vector<BeatRun>> { return beat_runs_of(tx, show_); });
  }
  Result<bool> begin(BeatId beat) {
    return write([&](Tx& tx) { return begin_beat(tx, show_, beat, clock_.now()); });
  }
  static std::string fault(const Result<void>& set) { return set ? "none" : field_of(set.error()); }
  static WantedBeat beat(std::string text, std::optional<BeatId> id = std::nullopt) {
    return {.id = id, .kind = BeatKind::story, .product = {}, .text = std::move(text)};
  }
  // Begins each of these once, a second apart, in a live show.
  std::vector<Beat> begun(const std::vector<WantedBeat>& beats) {
    EXPECT_TRUE(set(beats));
    start();
    for (const Beat& one : script()) {
      EXPECT_EQ(begin(one.id), true);
      clock_.advance(seconds(1));
    }
    return script();
  }

  ShowId show_;
};

TEST_F(ScriptTest, IsKeptInItsOrderAndBeatsKeepTheirIds) {
  ASSERT_TRUE(set({{.kind = BeatKind::opening, .text = " Welcome\nall "},
                   {.kind = BeatKind::price, .product = kPearls, .text = "Only {price}"}}));
  const auto first = script();
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].text, "Welcome\nall");
  EXPECT_EQ(first[1].kind, BeatKind::price);
  EXPECT_EQ(first[1].product, kPearls);
  ASSERT_TRUE(set({beat("Now this", first[1].id), beat("New"), beat("Welcome", first[0].id)}));
  const auto second = script();
  ASSERT_EQ(second.size(), 3U);
  EXPECT_EQ(second[0].id, first[1].id);
  EXPECT_EQ(second[0].text, "Now this");
  EXPECT_EQ(second[0].product, std::nullopt);
  EXPECT_EQ(second[2].id, first[0].id);
  ASSERT_TRUE(set({}));
  EXPECT_TRUE(all().empty());
}

TEST_F(ScriptTest, WhatWasBegunOutlivesItsPlaceInTheScript) {
  const auto beats = begun({beat("one"), beat("two"), beat("three")});
  ASSERT_TRUE(set({beat("three", beats[2].id)}));
  EXPECT_EQ(script().size(), 1U);
  const auto kept = all();
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].id, beats[2].id);
  EXPECT_EQ(kept[1].text, "one");
  EXPECT_EQ(runs().size(), 3U);
  EXPECT_EQ(begin(beats[0].id).error().code, "beat-not-found");
}

TEST_F(ScriptTest, ABeatMayBeBegunAgainButNotTwiceInARow) {
  const auto beats = begun({beat("one"), beat("two")});
  EXPECT_EQ(begin(beats[1].id), false);
  EXPECT_EQ(begin(beats[0].id), true);
  const auto told = runs();
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[2].beat, beats[0].id);
  EXPECT_EQ(told[2].begun_at, clock_.now());
}

TEST_F(ScriptTest, WhatDoesNotFitIsRefusedAndChangesNothing) {
  ASSERT_TRUE(set({beat("one")}));
  const BeatId one = script()[0].id;
  EXPECT_EQ(fault(set({beat("one", one), beat("again", one)})), "/beats/1/id");
  EXPECT_EQ(fault(set({beat("one", BeatId{999})})), "/beats/0/id");
  EXPECT_EQ(fault(set({beat("one", one), beat(" ")})), "/beats/1/text");
  EXPECT_EQ(fault(set({beat(std::string(1'001, 'a'))})), "/beats/0/text");
  EXPECT_EQ(fault(set(std::vector<WantedBeat>(101, beat("a")))), "/beats");
  WantedBeat foreign = beat("that");
  foreign.product = ProductId{6};
  EXPECT_EQ(fault(set({foreign})), "/beats/0/product_id");
  EXPECT_EQ(script().size(), 1U);
  EXPECT_TRUE(set(std::vector<WantedBeat>(100, beat("a"))));
}

TEST_F(ScriptTest, ABeatKeepsAProductThatLeftTheBag) {
  ASSERT_TRUE(set({{.kind = BeatKind::price, .product = kPearls, .text = "Only {price}"}}));
  bag({});
  WantedBeat same{.id = script()[0].id, .product = kPearls, .text = "Only today"};
  EXPECT_TRUE(set({same}));
  same.id.reset();
  EXPECT_EQ(fault(set({same})), "/beats/0/product_id");
}

TEST_F(ScriptTest, BeatsAreBegunInALiveShowAlone) {
  ASSERT_TRUE(set({beat("one")}));
  const BeatId one = script()[0].id;
  EXPECT_EQ(begin(one).error().code, "show-not-live");
  EXPECT_EQ(begin(BeatId{999}).error().code, "beat-not-found");
  start();
  EXPECT_EQ(begin(one), true);
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_.now()); }));
  EXPECT_EQ(begin(one).error().code, "show-not-live");
  EXPECT_EQ(set({}).error().code, "show-ended");
  show_ = create();
  EXPECT_EQ(begin(one).error().code, "beat-not-found") << "another show's";
}

TEST_F(ScriptTest, AShowHasSoManyBeatsBegunAndNoMore) {
  const auto beats = begun({beat("one"), beat("two")});
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    for (std::int64_t i = 2; i < kBeatRunsMax; ++i) {
      const auto& next = beats[static_cast<std::size_t>(i % 2)];
      if (auto done = begin_beat(tx, show_, next.id, clock_.now()); !done) return fail_as(done);
    }
    return {};
  }));
  EXPECT_EQ(begin(beats[0].id).error().code, "beats-limit");
}

TEST_F(ScriptTest, GoesWithItsShop) {
  begun({beat("one")});
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return !erase_shows(tx, ShopId{1}).empty(); }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM show_beat"), 0);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM show_beat_run"), 0);
}

}  // namespace
}  // namespace geili::shows
