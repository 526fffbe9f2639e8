#include "flows/chat.hpp"

#include <gtest/gtest.h>

#include "flows/test_market.hpp"
#include "shows/chat.hpp"

namespace geili::flows {
namespace {

class ChatTest : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    other_ = schedule({});
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      say(tx, show_, 1, "viewer", DeviceId{7});
      say(tx, show_, 2, "host", std::nullopt);
      say(tx, show_, 3, "viewer", std::nullopt);
      say(tx, other_, 1, "viewer", DeviceId{7});
      return {};
    }));
    told();
  }
  void say(Tx& tx, ShowId show, std::int64_t seq, std::string role,
           std::optional<DeviceId> device) {
    shows::keep_chat(tx, show,
                     {.seq = seq,
                      .said_at = clock_.now(),
                      .author_name = "Bad",
                      .author_role = std::move(role),
                      .text = "Mine is cheaper",
                      .device = device});
  }
  Result<shows::Sanction> sanction(std::int64_t seq, shows::SanctionKind kind,
                                   std::int64_t seconds = 0) {
    const SanctionAuthor wish{show_, seq, kind, seconds, PersonId{3}};
    return write([&](Tx& tx) { return sanction_author(tx, wish, clock_); });
  }
  std::string told_of(ShowId show) {
    return "show." + std::to_string(show.value) + R"( {"type":"chat_changed"})";
  }
  std::size_t shown(ShowId show) {
    return *read(
        [&](Tx& tx) -> Result<std::size_t> { return shows::shown_chat(tx, show, 50).size(); });
  }

  ShowId other_;
};

TEST_F(ChatTest, EveryOpenShowOfTheShopHearsOfAChange) {
  const ShowId over = schedule({});
  start(over);
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, over, clock_); }));
  told();
  const auto both = std::vector<std::string>{told_of(show_), told_of(other_)};
  ASSERT_TRUE(write([&](Tx& tx) { return set_chat_rules(tx, shop_, {}, 1, clock_); }));
  EXPECT_EQ(told(), both);
  const auto made = sanction(1, shows::SanctionKind::shadow);
  ASSERT_TRUE(made);
  EXPECT_EQ(told(), both);
  ASSERT_TRUE(write([&](Tx& tx) { return lift_sanction(tx, shop_, made->id, clock_); }));
  EXPECT_EQ(told(), both);
  ASSERT_TRUE(write([&](Tx& tx) { return announce(tx, show_, "Free shipping", clock_); }));
  EXPECT_EQ(told(), std::vector<std::string>{told_of(show_)});
  ASSERT_TRUE(write([&](Tx& tx) { return withdraw_announcement(tx, show_, clock_); }));
  EXPECT_EQ(told(), std::vector<std::string>{told_of(show_)});
}

TEST_F(ChatTest, ATimeoutLastsSoLongAndHidesNothing) {
  const auto made = sanction(1, shows::SanctionKind::timeout, 600);
  EXPECT_EQ(made->until, clock_.now() + std::chrono::seconds(600));
  EXPECT_EQ(made->device, DeviceId{7});
  EXPECT_EQ(made->text, "Mine is cheaper");
  EXPECT_EQ(shown(show_), 3U);
}

TEST_F(ChatTest, ABanHidesAllThatWasSaidInTheShop) {
  const auto made = sanction(1, shows::SanctionKind::ban);
  EXPECT_FALSE(made->until);
  EXPECT_EQ(shown(show_), 2U);
  EXPECT_EQ(shown(other_), 0U);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM chat_line WHERE hidden_by = 3"), 2);
}

TEST_F(ChatTest, WhatCannotBeIsRefusedAndToldToNobody) {
  using shows::SanctionKind;
  EXPECT_EQ(sanction(2, SanctionKind::ban).error().code, "chat-author-of-shop");
  EXPECT_EQ(sanction(3, SanctionKind::ban).error().code, "chat-author-unknown");
  EXPECT_EQ(sanction(4, SanctionKind::ban).error().code, "message-not-found");
  EXPECT_EQ(
      write([&](Tx& tx) { return set_chat_rules(tx, shop_, {.slow_mode_s = 999}, 1, clock_); })
          .error()
          .code,
      "invalid-field");
  EXPECT_EQ(
      write([&](Tx& tx) { return set_chat_rules(tx, ShopId{99}, {}, 1, clock_); }).error().code,
      "shop-not-found");
  EXPECT_TRUE(told().empty());
  EXPECT_EQ(shown(show_), 3U);
}

TEST_F(ChatTest, WhoHasBoughtIsAMember) {
  const auto is_member = [&](std::int64_t device) {
    return *read(
        [&](Tx& tx) -> Result<bool> { return orders::has_bought(tx, shop_, DeviceId{device}); });
  };
  EXPECT_FALSE(is_member(1));
  const auto placed = place(wish(1));
  ASSERT_TRUE(placed);
  EXPECT_TRUE(is_member(1));
  EXPECT_FALSE(is_member(2));
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    tx.exec("UPDATE shop_order SET status = 'cancelled'");
    return {};
  }));
  EXPECT_FALSE(is_member(1));
}

}  // namespace
}  // namespace geili::flows
