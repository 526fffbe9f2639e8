#include "flows/claim_order.hpp"

#include <string>
#include <vector>

#include "flows/hold.hpp"
#include "flows/test_market.hpp"

namespace geili::flows {
namespace {

class ClaimOrder : public Market {
 protected:
  auto holding(std::int64_t device, std::int64_t quantity = 1) {
    return [=, this](Tx& tx) {
      return hold(
          tx,
          {.device = DeviceId{device}, .show = show_, .product = necklace_, .quantity = quantity},
          clock_);
    };
  }
  auto limiting(ProductId product, stock::ShowLimit limit) {
    return [=, this](Tx& tx) { return set_show_limit(tx, show_, product, limit, clock_); };
  }
  std::vector<ClaimInOrder> order(std::int64_t after = 0) {
    return *read([&](Tx& tx) { return read_claim_order(tx, show_, after); });
  }
  BuyersHolds mine(std::int64_t device, std::optional<ShowId> show = {}) {
    return *read([&](Tx& tx) -> Result<BuyersHolds> {
      return list_holds(tx, DeviceId{device}, show, clock_);
    });
  }
};

TEST_F(ClaimOrder, CountsFromThePinOrTheClaimBefore) {
  ASSERT_TRUE(write(holding(1)));
  clock_.advance(std::chrono::seconds(5));
  ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, show_, necklace_, clock_); }));
  clock_.advance(std::chrono::milliseconds(900));
  ASSERT_TRUE(write(holding(2)));
  clock_.advance(std::chrono::milliseconds(400));
  const auto third = write(holding(3));
  ASSERT_TRUE(third);
  const auto all = order();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].place, 1);
  EXPECT_EQ(all[0].after_us, std::nullopt);
  EXPECT_EQ(all[1].after_us, 900'000);
  EXPECT_EQ(all[2].place, 3);
  EXPECT_EQ(all[2].after_us, 400'000);
  const auto rest = order(2);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].place, 3);
  EXPECT_EQ(rest[0].after_us, 400'000);

  const BuyersHold own = mine(3).holds.front();
  EXPECT_EQ(own.claim.place, 3);
  EXPECT_EQ(own.claim.after_us, 400'000);
  EXPECT_EQ(stock::claim_mark(own.claim.token), all[2].entry.mark);
  EXPECT_EQ(mine(2).holds.front().claim.after_us, 900'000);
}

TEST_F(ClaimOrder, WhatIsGivenBackHasNoPlace) {
  const auto held = write(holding(1));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_hold(tx, DeviceId{1}, held->id, clock_); }));
  ASSERT_EQ(order().size(), 2U);
  EXPECT_EQ(order()[1].place, std::nullopt);
  EXPECT_EQ(order(2).size(), 0U);
  ASSERT_TRUE(write(holding(2)));
  EXPECT_EQ(order(2)[0].place, 2);
  EXPECT_EQ(refused([](Tx& tx) { return read_claim_order(tx, ShowId{99}, 0); }).code,
            "show-not-found");
}

TEST_F(ClaimOrder, ListsHoldsOffersAndWaitsOfTheShowAlone) {
  const auto all = write(holding(1, 12));
  ASSERT_TRUE(write([&](Tx& tx) {
    return wait_in_line(tx, {.device = DeviceId{2}, .show = show_, .product = necklace_}, clock_);
  }));
  EXPECT_EQ(mine(2, show_).waits.front().place, 1);
  EXPECT_TRUE(mine(2, ShowId{99}).waits.empty());
  EXPECT_FALSE(mine(1, show_).holds.front().offered);
  EXPECT_TRUE(mine(1, ShowId{99}).holds.empty());
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_hold(tx, DeviceId{1}, all->id, clock_); }));
  EXPECT_TRUE(mine(2, show_).waits.empty());
  EXPECT_TRUE(mine(2, show_).holds.front().offered);
}

TEST_F(ClaimOrder, CountsHeldTakenAndWaitingOfAShow) {
  ASSERT_TRUE(write(holding(1, 11)));
  ASSERT_TRUE(place(wish(2)));
  ASSERT_TRUE(write([&](Tx& tx) {
    return wait_in_line(tx, {.device = DeviceId{3}, .show = show_, .product = necklace_}, clock_);
  }));
  const auto counts = *read([&](Tx& tx) -> Result<std::vector<stock::ShowCount>> {
    return stock::counts_of(tx, show_, clock_.now());
  });
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].taken, 12);
  EXPECT_EQ(counts[0].held, 11);
  EXPECT_EQ(counts[0].waiting, 1);
}

TEST_F(ClaimOrder, ALimitIsOfTheBagAndIsToldToTheBuyer) {
  const ProductId other = list("Other", 5);
  EXPECT_EQ(refused(limiting(other, {})).code, "product-not-in-bag");
  EXPECT_EQ(refused(limiting(necklace_, {.units_max = -1, .units_per_buyer_max = {}})).code,
            "invalid-field");
  const auto limited = write(limiting(necklace_, {.units_max = 10, .units_per_buyer_max = 2}));
  ASSERT_TRUE(limited);
  EXPECT_EQ(limited->limit.units_max, 10);
  EXPECT_EQ(refused(holding(1, 3)).code, "buyer-limit");
  EXPECT_EQ(refused(holding(1, 11)).code, "show-limit");
  ASSERT_TRUE(write(holding(1, 2)));
  EXPECT_EQ(mine(1).holds.front().units_per_buyer_max, 2);
  EXPECT_EQ(write(limiting(necklace_, {}))->limit.units_max, std::nullopt);
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(refused(limiting(necklace_, {})).code, "show-ended");
}

}  // namespace
}  // namespace geili::flows
