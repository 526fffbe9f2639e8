#include "flows/hold.hpp"

#include <string>
#include <vector>

#include "flows/outbox.hpp"
#include "flows/returned.hpp"
#include "flows/test_market.hpp"

namespace geili::flows {
namespace {

using stock::ClaimState;
using stock::WaitState;

class Hold : public Market {
 protected:
  auto holding(std::int64_t device, std::int64_t quantity = 1) {
    return [=, this](Tx& tx) {
      return hold(
          tx,
          {.device = DeviceId{device}, .show = show_, .product = necklace_, .quantity = quantity},
          clock_);
    };
  }
  auto waiting(std::int64_t device, std::int64_t quantity = 1) {
    return [=, this](Tx& tx) {
      return wait_in_line(
          tx,
          {.device = DeviceId{device}, .show = show_, .product = necklace_, .quantity = quantity},
          clock_);
    };
  }
  auto cancelling(std::int64_t device, ClaimId claim) {
    return [=, this](Tx& tx) { return cancel_hold(tx, DeviceId{device}, claim, clock_); };
  }
  void expire_now() {
    ASSERT_FALSE(*write([this](Tx& tx) -> Result<bool> { return expire_holds(tx, clock_); }));
  }
  std::vector<stock::Claim> holds(std::int64_t device) {
    return *read([&](Tx& tx) -> Result<std::vector<stock::Claim>> {
      return stock::holds_of(tx, DeviceId{device}, std::nullopt, clock_.now());
    });
  }
  std::string offer_told(std::int64_t wait) const {
    return topic() + R"({"type":"offered","product_id":")" + std::to_string(necklace_.value) +
           R"(","wait_id":")" + std::to_string(wait) + R"("})";
  }
  std::string stock_told(std::int64_t available) const {
    return topic() + R"({"type":"stock","product_id":")" + std::to_string(necklace_.value) +
           R"(","available":)" + std::to_string(available) + "}";
  }
};

TEST_F(Hold, IsBoughtWithItsPlace) {
  const auto held = write(holding(1));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->held_until, clock_.now() + kHoldFor);
  EXPECT_EQ(held->place, 1);
  EXPECT_EQ(left(necklace_), 11);
  const auto placed = place(wish(1));
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->order.lines.front().claim, held->id);
  EXPECT_EQ(left(necklace_), 11);
  clock_.advance(kHoldFor);
  expire_now();
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(Hold, TappedTwiceIsOneWithTheTimeItHad) {
  const auto first = write(holding(1));
  clock_.advance(std::chrono::minutes(1));
  const auto again = write(holding(1));
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->held_until, first->held_until);
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(Hold, AnotherQuantityHasTheTimeTheFirstHad) {
  const auto first = write(holding(1));
  clock_.advance(std::chrono::minutes(1));
  const auto more = write(holding(1, 2));
  EXPECT_NE(more->id, first->id);
  EXPECT_EQ(more->held_until, first->held_until);
}

TEST_F(Hold, WhoComesTooLateHearsHowManyWait) {
  ASSERT_TRUE(write(holding(1, 12)));
  ASSERT_TRUE(write(waiting(2)));
  const Error late = refused(holding(3));
  EXPECT_EQ(late.code, "sold-out");
  EXPECT_EQ(figure_of(late, "waiting"), 1);
  EXPECT_EQ(figure_of(late, "place"), 2);
}

TEST_F(Hold, AnotherQuantityTakesItsPlace) {
  ASSERT_TRUE(write(holding(1, 12)));
  const auto more = write(holding(1, 3));
  ASSERT_TRUE(more);
  EXPECT_EQ(left(necklace_), 9);
  ASSERT_EQ(holds(1).size(), 1U);
  EXPECT_EQ(holds(1).front().quantity, 3);
  EXPECT_EQ(refused(holding(1, 13)).code, "sold-out");
  EXPECT_EQ(holds(1).front().quantity, 3);
}

TEST_F(Hold, ALargerHoldGivesTheRestToWhoWaits) {
  ASSERT_TRUE(write(holding(1, 12)));
  ASSERT_TRUE(write(waiting(2, 11)));
  ASSERT_TRUE(place(wish(1)));
  EXPECT_EQ(left(necklace_), 0);
  ASSERT_EQ(holds(2).size(), 1U);
  EXPECT_EQ(holds(2).front().quantity, 11);
}

TEST_F(Hold, WhatExpiresGoesToWhoWaitsAndTheRoomHearsTheRest) {
  ASSERT_TRUE(write(holding(1, 12)));
  ASSERT_TRUE(write(waiting(2)));
  ASSERT_TRUE(write(waiting(3, 2)));
  clock_.advance(kHoldFor);
  told();
  expire_now();
  EXPECT_EQ(told(), (std::vector<std::string>{offer_told(1), offer_told(2), stock_told(9)}));
  EXPECT_EQ(holds(2).front().held_until, clock_.now() + kOfferFor);
  EXPECT_EQ(holds(3).front().quantity, 2);
  EXPECT_TRUE(place(wish(2)));
  EXPECT_EQ(left(necklace_), 9);
}

TEST_F(Hold, ACancelledOrderGoesToWhoWaits) {
  PlaceOrder all = wish(1);
  all.lines.front().quantity = 12;
  all.expected_total.minor = 12 * kPrice;
  const auto placed = place(all);
  ASSERT_TRUE(placed);
  ASSERT_TRUE(write(waiting(2, 12)));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); }));
  EXPECT_EQ(left(necklace_), 0);
  EXPECT_EQ(holds(2).front().quantity, 12);
}

TEST_F(Hold, NewStockGoesToWhoWaits) {
  ASSERT_TRUE(write(holding(1, 12)));
  ASSERT_TRUE(write(waiting(2)));
  EXPECT_EQ(*write([&](Tx& tx) { return change_stock(tx, necklace_, 3, clock_); }), 2);
  EXPECT_EQ(holds(2).size(), 1U);
}

TEST_F(Hold, IsGivenBackByItsOwnerAlone) {
  const auto held = write(holding(1));
  EXPECT_EQ(refused(cancelling(2, held->id)).code, "claim-not-found");
  EXPECT_EQ(refused(cancelling(1, ClaimId{99})).code, "claim-not-found");
  EXPECT_EQ(write(cancelling(1, held->id))->state, ClaimState::released);
  EXPECT_EQ(write(cancelling(1, held->id))->state, ClaimState::released);
  EXPECT_EQ(left(necklace_), 12);
  const auto bought = write(holding(1));
  ASSERT_TRUE(place(wish(1)));
  EXPECT_EQ(refused(cancelling(1, bought->id)).code, "hold-confirmed");
}

TEST_F(Hold, WhatIsNotForSaleIsNotHeld) {
  const ProductId hidden = list("Hidden", 5, true);
  const ShowId later = schedule({necklace_});
  const auto asking = [this](ProductId product, std::optional<ShowId> show) {
    return [=, this](Tx& tx) {
      return hold(tx, {.device = DeviceId{1}, .show = show, .product = product}, clock_);
    };
  };
  EXPECT_EQ(refused(asking(hidden, show_)).code, "product-unavailable");
  EXPECT_EQ(refused(asking(ProductId{99}, show_)).code, "product-unavailable");
  EXPECT_EQ(refused(asking(necklace_, ShowId{99})).code, "show-not-found");
  EXPECT_EQ(refused(asking(necklace_, later)).code, "show-status-conflict");
  const ShopId other = open_shop("Corn", "");
  const ProductId corn = list_in(other, "Corn", 5);
  EXPECT_EQ(refused(asking(corn, show_)).code, "product-unavailable");
  EXPECT_TRUE(write(asking(corn, std::nullopt)));
}

}  // namespace
}  // namespace geili::flows
