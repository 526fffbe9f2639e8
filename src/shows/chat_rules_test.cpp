#include "shows/chat_rules.hpp"

#include <gtest/gtest.h>

#include "shows/chat_sanctions.hpp"
#include "store/testing/test_store.hpp"

namespace geili::shows {
namespace {

using std::chrono::seconds;
using store::Tx;

class ChatRulesTest : public store::testing::StoreTest {
 protected:
  ShowId create() {
    return write([&](Tx& tx) {
             return create_show(tx,
                                {.shop = ShopId{1}, .title = "Evening", .starts_at = clock_.now()});
           })
        ->id;
  }
  ChatRules rules(ShopId shop = ShopId{1}) {
    return *read([&](Tx& tx) -> Result<ChatRules> { return find_chat_rules(tx, shop); });
  }
  // Of whoever has read them just now; the version is looked at by a test of its own.
  Result<ChatRules> set(const ChatRules& wanted) {
    auto kept = set_from(rules().version, wanted);
    if (kept) kept->version = 1;
    return kept;
  }
  Result<ChatRules> set_from(std::int64_t version, const ChatRules& wanted) {
    return write([&](Tx& tx) { return set_chat_rules(tx, ShopId{1}, wanted, version); });
  }
  ChatRules unversioned() {
    ChatRules kept = rules();
    kept.version = 1;
    return kept;
  }
  Sanction ban(std::int64_t device) {
    return {.shop = ShopId{1},
            .device = DeviceId{device},
            .kind = SanctionKind::ban,
            .show = ShowId{4},
            .seq = 9,
            .author_name = "Bad",
            .text = "Mine is cheaper",
            .made_at = clock_.now(),
            .made_by = PersonId{3}};
  }
  Result<Sanction> put(const Sanction& sanction) {
    return write([&](Tx& tx) { return put_sanction(tx, sanction); });
  }
  std::vector<std::int64_t> in_force(ShopId shop = ShopId{1}) {
    return *read([&](Tx& tx) -> Result<std::vector<std::int64_t>> {
      std::vector<std::int64_t> devices;
      for (const Sanction& one : sanctions_in_force(tx, shop, clock_.now())) {
        devices.push_back(one.device.value);
      }
      return devices;
    });
  }
};

TEST_F(ChatRulesTest, AreKeptAsTheyAre) {
  EXPECT_EQ(rules(), ChatRules{});
  EXPECT_TRUE(rules().mutes_common);
  const ChatRules strict{.slow_mode_s = 300,
                         .who = ChatWho::members,
                         .links = ChatLinks::off,
                         .takes_orders = false,
                         .mutes_common = false,
                         .muted_words = {"plastic", "假货", "fake pearl"}};
  ASSERT_EQ(*set(strict), strict);
  EXPECT_EQ(unversioned(), strict);
  EXPECT_EQ(rules(ShopId{2}), ChatRules{});
  ASSERT_TRUE(set({}));
  EXPECT_EQ(unversioned(), ChatRules{});
}

TEST_F(ChatRulesTest, WhoHasNotSeenTheLastChangeChangesNothing) {
  EXPECT_EQ(rules().version, 1);
  EXPECT_EQ(set_from(2, {}).error().code, "version-mismatch") << "nobody has changed them yet";
  EXPECT_EQ(set_from(1, {.slow_mode_s = 10})->version, 2);
  const auto late = set_from(1, {.slow_mode_s = 60});
  EXPECT_EQ(late.error().code, "version-mismatch");
  EXPECT_EQ(rules().slow_mode_s, 10);
  EXPECT_EQ(set_from(2, {.slow_mode_s = 60})->version, 3);
  EXPECT_EQ(rules().version, 3);
}

TEST_F(ChatRulesTest, WordsAreTrimmedAndThereOnce) {
  EXPECT_EQ(set({.muted_words = {" a ", "b", "a"}})->muted_words,
            (std::vector<std::string>{"a", "b"}));
}

TEST_F(ChatRulesTest, WhatDoesNotFitIsRefused) {
  const auto path = [&](const ChatRules& bad) { return set(bad).error().fields.at(0).path; };
  EXPECT_EQ(path({.slow_mode_s = 301}), "/slow_mode_s");
  EXPECT_EQ(path({.slow_mode_s = -1}), "/slow_mode_s");
  EXPECT_EQ(path({.muted_words = std::vector<std::string>(201, "a")}), "/muted_words");
  EXPECT_EQ(path({.muted_words = {"a", " "}}), "/muted_words/1");
  EXPECT_EQ(path({.muted_words = {std::string(41, 'a')}}), "/muted_words/0");
  EXPECT_EQ(path({.muted_words = {"a\nb"}}), "/muted_words/0");
  EXPECT_EQ(rules(), ChatRules{});
}

TEST_F(ChatRulesTest, AnAnnouncementStandsUntilItIsWithdrawn) {
  const ShowId show = create();
  const auto standing = [&] {
    return *read([&](Tx& tx) -> Result<std::string> {
      return find_announcement(tx, show).value_or("none");
    });
  };
  const auto say = [&](std::string_view text) {
    return write([&](Tx& tx) { return announce(tx, show, text); });
  };
  EXPECT_EQ(standing(), "none");
  ASSERT_TRUE(say("Free shipping"));
  ASSERT_TRUE(say(" Free shipping tonight "));
  EXPECT_EQ(standing(), "Free shipping tonight");
  EXPECT_EQ(say("").error().code, "invalid-field");
  EXPECT_EQ(say(std::string(201, 'a')).error().code, "invalid-field");
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(write([&](Tx& tx) { return withdraw_announcement(tx, show); }));
  }
  EXPECT_EQ(standing(), "none");
  ASSERT_TRUE(write([&](Tx& tx) { return start_show(tx, show, clock_.now()); }));
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show, clock_.now()); }));
  EXPECT_EQ(say("Late").error().code, "show-ended");
}

TEST_F(ChatRulesTest, OpenShowsAreTheLiveOnesFirst) {
  const ShowId ended = create(), scheduled = create(), live = create();
  for (const ShowId show : {ended, live}) {
    ASSERT_TRUE(write([&](Tx& tx) { return start_show(tx, show, clock_.now()); }));
  }
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, ended, clock_.now()); }));
  EXPECT_EQ(
      *read([&](Tx& tx) -> Result<std::vector<ShowId>> { return open_shows_of(tx, ShopId{1}); }),
      (std::vector<ShowId>{live, scheduled}));
}

TEST_F(ChatRulesTest, ASanctionIsReplacedListedAndLifted) {
  ASSERT_TRUE(put(ban(1)));
  Sanction timeout = ban(1);
  timeout.kind = SanctionKind::timeout;
  timeout.until = clock_.now() + seconds(60);
  const auto newer = put(timeout);
  ASSERT_TRUE(put(ban(2)));
  const auto page = *read([&](Tx& tx) { return list_sanctions(tx, ShopId{1}, {}, clock_.now()); });
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[0].device, DeviceId{2});
  EXPECT_EQ(page.items[1].kind, SanctionKind::timeout);
  EXPECT_EQ(page.items[1].until, timeout.until);
  EXPECT_EQ(page.items[1].text, "Mine is cheaper");
  EXPECT_EQ(page.items[1].made_by, PersonId{3});
  EXPECT_EQ(in_force(ShopId{2}), std::vector<std::int64_t>{});

  const auto lift = [&](ShopId shop) {
    const auto lifted =
        write([&](Tx& tx) { return lift_sanction(tx, shop, newer->id, clock_.now()); });
    return lifted ? "lifted" : lifted.error().code;
  };
  EXPECT_EQ(lift(ShopId{2}), "sanction-not-found");
  EXPECT_EQ(lift(ShopId{1}), "lifted");
  EXPECT_EQ(lift(ShopId{1}), "sanction-not-found");
  EXPECT_EQ(in_force(), std::vector<std::int64_t>{2});
}

TEST_F(ChatRulesTest, PagesOfSanctionsFollowEachOther) {
  for (std::int64_t device = 1; device <= 3; ++device) ASSERT_TRUE(put(ban(device)));
  const auto page = [&](std::string cursor) {
    return *read([&](Tx& tx) {
      return list_sanctions(tx, ShopId{1}, {std::move(cursor), 2}, clock_.now());
    });
  };
  const auto first = page("");
  ASSERT_EQ(first.items.size(), 2U);
  const auto second = page(first.next_cursor);
  ASSERT_EQ(second.items.size(), 1U);
  EXPECT_EQ(second.items[0].device, DeviceId{1});
  EXPECT_EQ(second.next_cursor, "");
}

TEST_F(ChatRulesTest, ATimeoutThatIsOverHoldsNoMoreAndIsSwept) {
  Sanction timeout = ban(1);
  timeout.until = clock_.now() + seconds(60);
  ASSERT_TRUE(put(timeout));
  ASSERT_TRUE(put(ban(2)));
  clock_.advance(seconds(60));
  EXPECT_EQ(in_force(), std::vector<std::int64_t>{2});
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    sweep_sanctions(tx, clock_.now());
    return {};
  }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM chat_sanction"), 1);
}

TEST_F(ChatRulesTest, AShopKeepsSoManyQuietAndNoMore) {
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    for (std::int64_t i = 1; i <= kSanctionsMax; ++i) {
      if (auto put = put_sanction(tx, ban(i)); !put) return fail_as(put);
    }
    return {};
  }));
  EXPECT_EQ(put(ban(kSanctionsMax + 1)).error().code, "chat-sanctions-limit");
  EXPECT_TRUE(put(ban(kSanctionsMax))) << "the same device again";
}

}  // namespace
}  // namespace geili::shows
