#include "shows/auction.hpp"

#include <gtest/gtest.h>

#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using std::chrono::seconds;
using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

const Currency kCny = *Currency::parse("CNY");

class AuctionTest : public ShowStoreTest {
 protected:
  void SetUp() override { show_ = create_live(); }

  NewAuction wish(AuctionMode mode = AuctionMode::extend) const {
    return {.show = show_,
            .product = ProductId{5},
            .title = "A bracelet",
            .start = {1'000, kCny},
            .step_minor = 100,
            .length_s = 60,
            .mode = mode,
            .extend_s = 10,
            .unit = ClaimId{1}};
  }
  auto opening(NewAuction auction) {
    return [this, auction = std::move(auction)](Tx& tx) {
      return open_auction(tx, auction, clock_.now());
    };
  }
  AuctionId open(AuctionMode mode = AuctionMode::extend) {
    return write(opening(wish(mode)))->terms.auction;
  }
  Result<Accepted> bids(AuctionId auction, std::int64_t device, std::int64_t amount_minor,
                        std::string key = "") {
    if (key.empty()) key = "key-" + std::to_string(++keys_ + 10'000);
    return write([&](Tx& tx) {
      return bid(tx, {auction, DeviceId{device}, "Ana", amount_minor, key}, clock_.now());
    });
  }
  std::string refused(AuctionId auction, std::int64_t device, std::int64_t amount_minor) {
    const auto accepted = bids(auction, device, amount_minor);
    return accepted ? "" : accepted.error().code;
  }
  auto closing(AuctionId auction) {
    return [=, this](Tx& tx) { return close_auction(tx, auction, clock_.now()); };
  }
  void offer_to_next(AuctionId auction) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      note_offer(tx, auction, AuctionStep::offered, next_in_turn(tx, auction, 1).at(0),
                 clock_.now());
      return {};
    }));
  }
  AuctionLog log(AuctionId auction) {
    return *read([&](Tx& tx) { return auction_log(tx, auction); });
  }
  std::vector<Bid> in_turn(AuctionId auction) {
    return *read([&](Tx& tx) -> Result<std::vector<Bid>> { return next_in_turn(tx, auction, 10); });
  }

  ShowId show_;
  int keys_ = 0;
};

TEST_F(AuctionTest, EachBidIsAStepAboveTheHighestAndAnothers) {
  const AuctionId auction = open();
  const auto low = bids(auction, 1, 999);
  EXPECT_EQ(low.error().code, "bid-too-low");
  EXPECT_EQ(figure_of(low.error(), "least_minor"), 1'000);
  ASSERT_TRUE(bids(auction, 1, 1'000));
  EXPECT_EQ(refused(auction, 1, 2'000), "bid-is-yours");
  EXPECT_EQ(figure_of(bids(auction, 2, 1'099).error(), "least_minor"), 1'100);
  ASSERT_TRUE(bids(auction, 2, 1'100));
  EXPECT_EQ(refused(auction, 3, 1'100), "bid-too-low");
  EXPECT_EQ(refused(auction, 3, kMoneyMinorMax + 1), "invalid-field");
  EXPECT_EQ(refused(AuctionId{99}, 3, 5'000), "auction-not-found");
}

TEST_F(AuctionTest, ARepeatedBidCountsOnce) {
  const AuctionId auction = open();
  ASSERT_TRUE(bids(auction, 1, 1'000, "the-same-key"));
  ASSERT_TRUE(bids(auction, 2, 1'100));
  const auto again = bids(auction, 1, 1'000, "the-same-key");
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_TRUE(again->is_replay);
  EXPECT_EQ(again->auction.bids, 2);
  EXPECT_EQ(bids(auction, 1, 1'200, "the-same-key").error().code, "idempotency-key-reused");
  ASSERT_TRUE(bids(auction, 1, 1'300, "another-key"));
}

TEST_F(AuctionTest, ALateBidExtendsAndOneAtTheCloseIsTooLate) {
  const AuctionId auction = open();
  clock_.advance(seconds(55));
  const auto late = bids(auction, 1, 1'000);
  ASSERT_TRUE(late) << late.error().code;
  EXPECT_TRUE(late->was_extended);
  EXPECT_EQ(late->auction.closes_at, clock_.now() + seconds(10));
  clock_.advance(seconds(10));
  EXPECT_EQ(refused(auction, 2, 1'100), "auction-closed");
  ASSERT_TRUE(write(closing(auction)));
  EXPECT_EQ(refused(auction, 2, 1'100), "auction-closed");
  EXPECT_EQ(write(closing(auction)).error().code, "auction-closed");
}

TEST_F(AuctionTest, SuddenDeathMovesNothing) {
  const AuctionId auction = open(AuctionMode::sudden_death);
  clock_.advance(seconds(59));
  const auto late = bids(auction, 1, 1'000);
  ASSERT_TRUE(late);
  EXPECT_FALSE(late->was_extended);
  EXPECT_EQ(late->auction.closes_at, clock_.now() + seconds(1));
}

TEST_F(AuctionTest, ADeviceBidsOnlySoOften) {
  const AuctionId auction = open();
  std::int64_t amount_minor = 1'000;
  for (int i = 0; i < kBidsPerPaceMax; ++i) {
    ASSERT_TRUE(bids(auction, 1, amount_minor += 100));
    ASSERT_TRUE(bids(auction, 2 + i, amount_minor += 100));
  }
  const auto more = bids(auction, 1, amount_minor + 100);
  EXPECT_EQ(more.error().code, "bids-too-often");
  EXPECT_EQ(figure_of(more.error(), "retry_after_s"), 10);
  clock_.advance(kBidPaceOver);
  EXPECT_TRUE(bids(auction, 1, amount_minor + 100));
}

TEST_F(AuctionTest, ItsLogIsFairAndTellsWhoIsNext) {
  const AuctionId auction = open();
  ASSERT_TRUE(bids(auction, 1, 1'000));
  ASSERT_TRUE(bids(auction, 2, 1'100));
  ASSERT_TRUE(bids(auction, 1, 1'500));
  ASSERT_TRUE(bids(auction, 3, 1'600));
  EXPECT_EQ(read([&](Tx& tx) { return auction_log(tx, auction); }).error().code, "auction-open");
  clock_.advance(seconds(60));
  ASSERT_TRUE(write(closing(auction)));
  const auto turns = in_turn(auction);
  ASSERT_EQ(turns.size(), 3U);
  EXPECT_EQ(turns[0].device, DeviceId{3});
  EXPECT_EQ(turns[1].device, DeviceId{1});
  EXPECT_EQ(turns[1].amount_minor, 1'500);
  EXPECT_EQ(turns[2].device, DeviceId{2});
  offer_to_next(auction);
  EXPECT_EQ(in_turn(auction).size(), 2U);
  EXPECT_EQ(fault_of(log(auction)), std::nullopt);
  EXPECT_EQ(log(auction).lines.front().mark, log(auction).lines.at(2).mark);
}

TEST_F(AuctionTest, TheLogOfSuddenDeathIsFairAsWell) {
  const AuctionId auction = open(AuctionMode::sudden_death);
  clock_.advance(seconds(59));
  ASSERT_TRUE(bids(auction, 1, 1'000));
  clock_.advance(seconds(1));
  ASSERT_TRUE(write(closing(auction)));
  offer_to_next(auction);
  EXPECT_EQ(fault_of(log(auction)), std::nullopt);
}

TEST_F(AuctionTest, AClockThatStepsBackMakesNothingEarlier) {
  const AuctionId auction = open();
  clock_.advance(seconds(5));
  ASSERT_TRUE(bids(auction, 1, 1'000));
  clock_.advance(seconds(-4));
  ASSERT_TRUE(bids(auction, 2, 1'100));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_auction(tx, auction, clock_.now()); }));
  EXPECT_EQ(fault_of(log(auction)), std::nullopt);
}

TEST_F(AuctionTest, OneAtATimeInAShowThatIsLiveAndWithinBounds) {
  const AuctionId first = open();
  EXPECT_EQ(write(opening(wish())).error().code, "auction-open");
  ASSERT_TRUE(write(closing(first)));
  struct Case {
    const char* path;
    void (*change)(NewAuction&);
  };
  const std::vector<Case> bad{
      {"/start/minor", [](NewAuction& one) { one.start.minor = 0; }},
      {"/step_minor", [](NewAuction& one) { one.step_minor = 0; }},
      {"/length_s", [](NewAuction& one) { one.length_s = kAuctionLengthMin_s - 1; }},
      {"/length_s", [](NewAuction& one) { one.length_s = kAuctionLengthMax_s + 1; }},
      {"/extend_s", [](NewAuction& one) { one.extend_s = kAuctionExtendMin_s - 1; }},
      {"/extend_s", [](NewAuction& one) { one.extend_s = kAuctionExtendMax_s + 1; }},
  };
  for (const Case& one : bad) {
    NewAuction auction = wish();
    one.change(auction);
    EXPECT_EQ(field_of(write(opening(auction)).error()), one.path);
  }
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_.now()); }));
  EXPECT_EQ(write(opening(wish())).error().code, "show-not-live");
}

}  // namespace
}  // namespace geili::shows
