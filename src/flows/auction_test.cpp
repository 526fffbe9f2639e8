// Auctions in the hands of buyers: who has the unit, and what it costs.
#include "flows/auction.hpp"

#include <map>
#include <string>
#include <vector>

#include "flows/amend.hpp"
#include "flows/claim_order.hpp"
#include "flows/test_auction.hpp"
#include "stock/claim_log.hpp"

namespace geili::flows {
namespace {

TEST_F(Auction, ItsUnitIsSetApartAndNobodyElseGetsIt) {
  const shows::AuctionId auction = open();
  EXPECT_EQ(left(ring_), 0);
  EXPECT_EQ(code_of(place(order_of(9, ring_, kPrice))), "sold-out");
  clock_.advance(seconds(60));
  EXPECT_TRUE(close_due());
  EXPECT_FALSE(close_due());
  EXPECT_EQ(left(ring_), 1);
  EXPECT_EQ(view(auction).auction.state, shows::AuctionState::closed);
  EXPECT_EQ(code_of(place(order_of(9, ring_, kPrice))), "");
}

TEST_F(Auction, WhatIsNotThereIsNotAuctioned) {
  ASSERT_EQ(code_of(place(order_of(9, ring_, kPrice))), "");
  EXPECT_EQ(write(opening(wish_auction())).error().code, "sold-out");
  OpenAuction other = wish_auction();
  other.product = earrings_;
  EXPECT_EQ(write(opening(other)).error().code, "product-not-in-bag");
  other = wish_auction();
  other.product = necklace_;
  other.start = {1'000, kMxn};
  EXPECT_EQ(field_of(write(opening(other)).error()), "/start/currency");
  other.start = {0, kCny};
  EXPECT_EQ(field_of(write(opening(other)).error()), "/start/minor");
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Auction, TheHighestBidBuysAtItsPrice) {
  const shows::AuctionId auction = open();
  bids(auction, 1, 1'000);
  bids(auction, 2, 40'000);
  clock_.advance(seconds(60));
  EXPECT_TRUE(close_due());
  EXPECT_EQ(winner(auction), 2);
  EXPECT_EQ(left(ring_), 0);
  EXPECT_EQ(deals_counted(ring_), 1);
  EXPECT_EQ(code_of(place(order_of(1, ring_, 1'000))), "price-changed");
  EXPECT_EQ(code_of(place(order_of(2, ring_, kPrice))), "price-changed");
  const auto placed = place(order_of(2, ring_, 40'000));
  ASSERT_TRUE(placed) << placed.error().code;
  EXPECT_EQ(placed->order.lines.at(0).unit_price.minor, 40'000);
  EXPECT_EQ(view(auction).offer->state, OfferState::bought);
  EXPECT_EQ(deals_counted(ring_), 0);
  EXPECT_EQ(news(), (std::vector<std::string>{"opened", "bid", "bid", "closed", "bought"}));
}

TEST_F(Auction, WhoDoesNotOrderLeavesItToTheNextAtTheirOwnBid) {
  const shows::AuctionId auction = open();
  for (std::int64_t device = 1; device <= 5; ++device) bids(auction, device, 1'000 * device);
  close(auction);
  for (const std::int64_t device : {5, 4, 3}) {
    EXPECT_EQ(winner(auction), device);
    EXPECT_EQ(left(ring_), 0);
    clock_.advance(kWonFor);
    expire();
  }
  EXPECT_EQ(winner(auction), 0) << "after three offers it is on sale again";
  EXPECT_EQ(left(ring_), 1);
  EXPECT_EQ(deals_counted(ring_), 0);
  EXPECT_EQ(shows::fault_of(*read([&](Tx& tx) { return shows::auction_log(tx, auction); })),
            std::nullopt);
}

TEST_F(Auction, WhatTheWinnerGivesBackIsTheRunnersUpAtOnce) {
  const shows::AuctionId auction = open();
  bids(auction, 1, 1'000);
  bids(auction, 2, 1'100);
  close(auction);
  const auto held = read(
      [&](Tx& tx) -> Result<BuyersHolds> { return list_holds(tx, DeviceId{2}, show_, clock_); });
  ASSERT_EQ(held->holds.size(), 1U);
  EXPECT_EQ(held->holds.at(0).price->minor, 1'100);
  ASSERT_TRUE(write(
      [&](Tx& tx) { return cancel_hold(tx, DeviceId{2}, held->holds.at(0).claim.id, clock_); }));
  EXPECT_EQ(winner(auction), 1);
  EXPECT_EQ(code_of(place(order_of(1, ring_, 1'000))), "");
}

TEST_F(Auction, AnOrderThatIsCancelledLeavesItToTheNextForAWhile) {
  const shows::AuctionId auction = open();
  for (std::int64_t device = 1; device <= 3; ++device) bids(auction, device, 1'000 * device);
  close(auction);
  const auto placed = place(order_of(3, ring_, 3'000));
  ASSERT_TRUE(placed);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); }));
  EXPECT_EQ(winner(auction), 2);
  clock_.advance(shows::kRunnersUpFor + minutes(1));
  expire();
  EXPECT_EQ(winner(auction), 0) << "who comes next is asked no more";
  EXPECT_EQ(left(ring_), 1);
}

TEST_F(Auction, LateMoneyBuysNothingThatWentToTheNext) {
  ASSERT_TRUE(write([&](Tx& tx) -> Result<std::int64_t> { return stock::change(tx, ring_, 1); }));
  const shows::AuctionId auction = open();
  bids(auction, 1, 1'000);
  bids(auction, 2, 1'100);
  close(auction);
  PlaceOrder order = order_of(2, ring_, 1'100);
  order.payment_method = payments::Method::card;
  const auto placed = write([&](Tx& tx) { return checkout(tx, order, clock_, terms_); });
  ASSERT_TRUE(placed) << placed.error().code;
  clock_.advance(minutes(60));
  upkeep();
  ASSERT_EQ(winner(auction), 1);
  ASSERT_TRUE(say(placed->order, payments::EvidenceKind::paid));
  EXPECT_EQ(now_of(placed->order).status, orders::OrderStatus::cancelled);
  EXPECT_EQ(left(ring_), 1);
}

TEST_F(Auction, ABundleGoesAsItWasSetApart) {
  const ProductId set = set_in_new_show();
  OpenAuction wish = wish_auction();
  wish.product = set;
  const shows::AuctionId auction = write(opening(wish))->terms.auction;
  bids(auction, 1, 1'000);
  change(set);
  close(auction);
  EXPECT_EQ(winner(auction), 1);
  EXPECT_EQ(left(ring_), 0);
}

TEST_F(Auction, CalledOffNobodyHasIt) {
  const shows::AuctionId auction = open();
  bids(auction, 1, 1'000);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_auction(tx, auction, clock_); }));
  EXPECT_EQ(left(ring_), 1);
  EXPECT_FALSE(view(auction).offer);
  EXPECT_EQ(news(), (std::vector<std::string>{"opened", "bid", "cancelled"}));
}

TEST_F(Auction, EndsWithItsShowAndWithItsProduct) {
  const shows::AuctionId first = open();
  bids(first, 1, 1'000);
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(winner(first), 1);
  EXPECT_EQ(code_of(place(order_of(1, ring_, 1'000))), "");

  show_ = schedule({necklace_});
  start(show_);
  OpenAuction wish = wish_auction();
  wish.product = necklace_;
  const shows::AuctionId second = write(opening(wish))->terms.auction;
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, necklace_, clock_); }));
  EXPECT_EQ(view(second).auction.state, shows::AuctionState::cancelled);
}

TEST_F(Auction, WhatWasWonStandsBesideWhatIsBought) {
  OpenAuction wish = wish_auction();
  wish.product = necklace_;
  const shows::AuctionId auction = write(opening(wish))->terms.auction;
  bids(auction, 1, 1'000);
  const auto bought = write([&](Tx& tx) {
    return hold(tx, {.device = DeviceId{1}, .show = show_, .product = necklace_, .quantity = 2},
                clock_);
  });
  ASSERT_TRUE(bought);
  close(auction);
  const auto more = write([&](Tx& tx) {
    return hold(tx, {.device = DeviceId{1}, .show = show_, .product = necklace_, .quantity = 3},
                clock_);
  });
  ASSERT_TRUE(more) << more.error().code;
  EXPECT_EQ(left(necklace_), 8);
  EXPECT_EQ(code_of(place(order_of(1, necklace_, 3 * kPrice, 3))), "");
  const auto won = place(order_of(1, necklace_, 1'000));
  ASSERT_TRUE(won) << won.error().code;
  const auto amended = write([&](Tx& tx) {
    return amend_order(tx, won->order.token,
                       {.lines = {{necklace_, 2}}, .expected_total = {2'000, kCny}}, PaymentTerms{},
                       clock_);
  });
  EXPECT_EQ(amended.error().code, "won-quantity");
  EXPECT_EQ(code_of(place(order_of(1, necklace_, kPrice))), "");
}

TEST_F(Auction, WhoMayHaveNoMoreIsPassedOver) {
  ASSERT_TRUE(write([&](Tx& tx) {
    return set_show_limit(tx, show_, ring_, {.units_max = {}, .units_per_buyer_max = 1}, clock_);
  }));
  ASSERT_TRUE(write([&](Tx& tx) -> Result<std::int64_t> { return stock::change(tx, ring_, 1); }));
  ASSERT_EQ(code_of(place(order_of(2, ring_, kPrice))), "");
  const shows::AuctionId auction = open();
  bids(auction, 1, 1'000);
  bids(auction, 2, 1'100);
  close(auction);
  EXPECT_EQ(winner(auction), 1);
  const auto log = *read([&](Tx& tx) { return shows::auction_log(tx, auction); });
  EXPECT_EQ(log.lines.at(3).what, shows::AuctionStep::passed);
  EXPECT_EQ(shows::fault_of(log), std::nullopt);
}

}  // namespace
}  // namespace geili::flows
