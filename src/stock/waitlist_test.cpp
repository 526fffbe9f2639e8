#include "stock/waitlist.hpp"

#include <vector>

#include "stock/show_limit.hpp"
#include "stock/test_stall.hpp"

namespace geili::stock {
namespace {

using store::Tx;
using store::testing::figure_of;

class Waitlist : public Stall {
 protected:
  void SetUp() override {
    Stall::SetUp();
    const auto all = write(claiming(12));
    ASSERT_TRUE(all);
    all_ = all->id;
  }
  auto joining(std::int64_t buyer, std::int64_t quantity = 1) {
    return [=, this](Tx& tx) {
      return join(
          tx, {.product = kNecklace, .show = kShow, .buyer = DeviceId{buyer}, .quantity = quantity},
          clock_.now());
    };
  }
  std::vector<Offer> give_back(std::int64_t units) {
    return *write([&](Tx& tx) -> Result<std::vector<Offer>> {
      if (auto changed = change(tx, kNecklace, units); !changed) return fail_as(changed);
      return offer(tx, kNecklace, kHeldFor, clock_.now()).made;
    });
  }
  Wait wait_of(std::int64_t buyer) {
    return read([&](Tx& tx) -> Result<std::vector<Wait>> { return waits_of(tx, DeviceId{buyer}); })
        ->front();
  }

  ClaimId all_;
};

TEST_F(Waitlist, WhatFallsBackIsHeldForTheFirstInLine) {
  EXPECT_EQ(write(joining(1))->place, 1);
  EXPECT_EQ(write(joining(2))->place, 2);
  EXPECT_EQ(write(joining(3))->place, 3);
  const auto offers = give_back(2);
  ASSERT_EQ(offers.size(), 2U);
  EXPECT_EQ(offers[0].wait.buyer, DeviceId{1});
  EXPECT_EQ(offers[0].claim.state, ClaimState::held);
  EXPECT_EQ(offers[0].claim.held_until, clock_.now() + kHeldFor);
  EXPECT_EQ(offers[1].wait.buyer, DeviceId{2});
  EXPECT_EQ(left(), 0);
  EXPECT_EQ(wait_of(1).state, WaitState::offered);
  EXPECT_EQ(wait_of(1).claim, offers[0].claim.id);
  EXPECT_EQ(wait_of(3).place, 1);
}

TEST_F(Waitlist, ALargeWishKeepsItsPlaceUntilItFits) {
  ASSERT_TRUE(write(joining(1, 3)));
  ASSERT_TRUE(write(joining(2)));
  EXPECT_EQ(give_back(1).front().wait.buyer, DeviceId{2});
  EXPECT_EQ(wait_of(1).place, 1);
  EXPECT_EQ(give_back(3).front().wait.buyer, DeviceId{1});
  EXPECT_EQ(left(), 0);
}

TEST_F(Waitlist, WhoWaitsAlreadyKeepsItsPlace) {
  const auto first = write(joining(1));
  ASSERT_TRUE(write(joining(2)));
  const auto again = write(joining(1, 2));
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->place, 1);
  EXPECT_EQ(again->quantity, 2);
}

TEST_F(Waitlist, WhoLeavesIsPassedOver) {
  const auto first = write(joining(1));
  ASSERT_TRUE(write(joining(2)));
  const auto leaving = [&](DeviceId buyer) {
    return [=](Tx& tx) { return leave_line(tx, buyer, first->id); };
  };
  EXPECT_EQ(refused(leaving(DeviceId{2})).code, "wait-not-found");
  EXPECT_EQ(write(leaving(DeviceId{1}))->state, WaitState::left);
  EXPECT_EQ(write(leaving(DeviceId{1}))->state, WaitState::left);
  EXPECT_EQ(give_back(1).front().wait.buyer, DeviceId{2});
}

TEST_F(Waitlist, AWishThatALimitForbidsLapsesAndLeavesTheUnits) {
  ASSERT_TRUE(write([](Tx& tx) { return set_limit(tx, kShow, kNecklace, {.units_max = 0}); }));
  ASSERT_TRUE(write(joining(1)));
  EXPECT_TRUE(give_back(1).empty());
  EXPECT_EQ(wait_of(1).state, WaitState::lapsed);
  EXPECT_EQ(left(), 1);
}

TEST_F(Waitlist, NobodyWaitsForMoreThanTwentyProducts) {
  const auto waiting_for_product = [&](std::int64_t product) {
    return [=, this](Tx& tx) {
      return join(tx, {.product = ProductId{product}, .show = {}, .buyer = DeviceId{1}},
                  clock_.now());
    };
  };
  for (std::int64_t product = 100; product < 100 + kWaitsPerBuyerMax; ++product) {
    ASSERT_TRUE(write(waiting_for_product(product)));
  }
  EXPECT_EQ(refused(waiting_for_product(200)).code, "too-many-waits");
  EXPECT_TRUE(write(waiting_for_product(100)));
}

TEST_F(Waitlist, NobodyWaitsForWhatIsThere) {
  ASSERT_TRUE(write(releasing(all_)));
  const Error there = refused(joining(1, 12));
  EXPECT_EQ(there.code, "not-sold-out");
  EXPECT_EQ(figure_of(there, "available"), 12);
  EXPECT_TRUE(write(joining(1, 13)));
}

}  // namespace
}  // namespace geili::stock
