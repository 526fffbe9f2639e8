// Auctions and prizes in the hands of buyers: who has the unit, and what it costs.
#include "flows/auction.hpp"

#include <map>
#include <string>
#include <vector>

#include "flows/amend.hpp"
#include "flows/claim_order.hpp"
#include "flows/draws.hpp"
#include "flows/hold.hpp"
#include "flows/test_pay.hpp"
#include "flows/variant.hpp"
#include "flows/won.hpp"
#include "stock/claim_log.hpp"

namespace geili::flows {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Auction : public Pay {
 protected:
  void SetUp() override {
    Pay::SetUp();
    ring_ = list("Ring", 1);
    show_ = schedule({necklace_, ring_});
    start(show_);
    told();
  }

  OpenAuction wish_auction() const {
    return {.show = show_, .product = ring_, .start = {1'000, kCny}, .step_minor = 100};
  }
  auto opening(OpenAuction auction) {
    return [=, this](Tx& tx) { return open_auction(tx, auction, clock_); };
  }
  shows::AuctionId open() {
    auto opened = write(opening(wish_auction()));
    EXPECT_TRUE(opened) << opened.error().code;
    return opened->terms.auction;
  }
  void bids(shows::AuctionId auction, std::int64_t device, std::int64_t amount_minor) {
    auto accepted = write([&](Tx& tx) {
      return bid(tx,
                 {auction, DeviceId{device}, "Ana", amount_minor,
                  "key-" + std::to_string(++keys_ + 10'000)},
                 clock_);
    });
    ASSERT_TRUE(accepted) << accepted.error().code;
  }
  bool close_due() {
    return *write([&](Tx& tx) -> Result<bool> { return close_due_auctions(tx, clock_); });
  }
  void close(shows::AuctionId auction) {
    ASSERT_TRUE(write([&](Tx& tx) { return close_auction(tx, auction, clock_); }));
  }
  void expire() {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return expire_holds(tx, clock_); }));
  }
  AuctionView view(shows::AuctionId auction) {
    return *read([&](Tx& tx) -> Result<AuctionView> {
      return view_auction(tx, *shows::find_auction(tx, auction));
    });
  }
  std::int64_t winner(shows::AuctionId auction) {
    const auto offer = view(auction).offer;
    return offer && offer->state != OfferState::lapsed ? offer->bid.device.value : 0;
  }
  PlaceOrder order_of(std::int64_t device, ProductId product, std::int64_t total_minor,
                      std::int64_t quantity = 1) {
    PlaceOrder order = wish(device, "key-" + std::to_string(++keys_ + 10'000));
    order.lines = {{product, quantity}};
    order.expected_total.minor = total_minor;
    return order;
  }
  std::string code_of(const Result<Placed>& placed) { return placed ? "" : placed.error().code; }
  std::int64_t deals_counted(ProductId product) {
    return *read([&](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer("SELECT deals FROM product WHERE id = $1", product);
    });
  }
  std::vector<std::string> news() {
    std::vector<std::string> all;
    for (const std::string& line : told()) {
      const auto at = line.find(R"("news":")");
      if (at == std::string::npos) continue;
      const auto from = at + 8;
      all.push_back(line.substr(from, line.find('"', from) - from));
    }
    return all;
  }

  ProductId ring_;
  int keys_ = 0;
};

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
  bids(auction, 1, 1'000);
  bids(auction, 2, 1'100);
  close(auction);
  const auto placed = place(order_of(2, ring_, 1'100));
  ASSERT_TRUE(placed);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); }));
  EXPECT_EQ(winner(auction), 1);
  clock_.advance(shows::kRunnersUpFor + minutes(1));
  expire();
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
  const ProductId set =
      write([&](Tx& tx) {
        return create_bundle(tx, {.shop = shop_, .title = "Set", .price = {kPrice, kCny}},
                             {{ring_, 1}, {necklace_, 1}}, clock_);
      })->id;
  show_ = schedule({set});
  start(show_);
  OpenAuction wish = wish_auction();
  wish.product = set;
  const shows::AuctionId auction = write(opening(wish))->terms.auction;
  bids(auction, 1, 1'000);
  const auto version = read([&](Tx& tx) { return catalog::find_product(tx, set); })->version;
  ASSERT_TRUE(write([&](Tx& tx) {
    return change_parts(tx, set, {{ring_, 2}, {necklace_, 1}}, version, clock_);
  }));
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

// The prize of a draw

class Prize : public Auction {
 protected:
  void SetUp() override {
    Auction::SetUp();
    draw_ = open_one(necklace_);
    for (const std::int64_t device : {1, 2}) {
      ASSERT_TRUE(
          write([&](Tx& tx) { return enter_draw(tx, draw_, DeviceId{device}, "Ana", clock_); }));
    }
    ASSERT_TRUE(write([&](Tx& tx) { return flows::close_draw(tx, draw_, clock_); }));
    const auto winners = *read(
        [&](Tx& tx) -> Result<std::vector<shows::Winner>> { return shows::winners_of(tx, draw_); });
    winner_ = winners.at(0).device.value;
  }
  auto opening_draw(std::optional<ProductId> product, std::int64_t winners = 1) {
    return [=, this](Tx& tx) {
      return flows::open_draw(
          tx, {.show = show_, .prize = "A necklace", .product = product, .winners_max = winners},
          clock_);
    };
  }
  DrawId open_one(std::optional<ProductId> product, std::int64_t winners = 1) {
    auto opened = write(opening_draw(product, winners));
    EXPECT_TRUE(opened) << opened.error().code;
    return opened->terms.draw;
  }
  // Those who enter it win it.
  void draw_for(ProductId product, std::vector<std::int64_t> devices, std::int64_t winners) {
    draw_ = open_one(product, winners);
    for (const std::int64_t device : devices) {
      ASSERT_TRUE(
          write([&](Tx& tx) { return enter_draw(tx, draw_, DeviceId{device}, "Ana", clock_); }));
    }
    ASSERT_TRUE(write([&](Tx& tx) { return flows::close_draw(tx, draw_, clock_); }));
  }
  auto taking(std::int64_t device) {
    return [=, this](Tx& tx) { return take_prize(tx, draw_, DeviceId{device}, clock_); };
  }

  DrawId draw_;
  std::int64_t winner_ = 0;
};

TEST_F(Prize, IsOrderedForNothingAndOnce) {
  const auto held = write(taking(winner_));
  ASSERT_TRUE(held) << held.error().code;
  EXPECT_EQ(left(necklace_), 11);
  EXPECT_EQ(write(taking(winner_))->id, held->id);
  const auto placed = place(order_of(winner_, necklace_, 0));
  ASSERT_TRUE(placed) << placed.error().code;
  EXPECT_EQ(placed->order.total.minor, 0);
  EXPECT_EQ(write(taking(winner_)).error().code, "prize-taken");
  EXPECT_EQ(code_of(place(order_of(winner_, necklace_, 0))), "price-changed");
  EXPECT_EQ(left(necklace_), 11);
  EXPECT_EQ(deals_counted(necklace_), 0);
}

TEST_F(Prize, IsDrawnWhenItsShowEnds) {
  draw_ = open_one(ring_);
  ASSERT_TRUE(write([&](Tx& tx) { return enter_draw(tx, draw_, DeviceId{1}, "Ana", clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(
      refused([&](Tx& tx) { return enter_draw(tx, draw_, DeviceId{2}, "Luis", clock_); }).code,
      "draw-closed");
  EXPECT_TRUE(write(taking(1)));
}

TEST_F(Prize, IsTheWinnersAlone) {
  EXPECT_EQ(write(taking(3 - winner_)).error().code, "not-a-winner");
  EXPECT_EQ(write(taking(7)).error().code, "not-a-winner");
  ASSERT_TRUE(write(taking(winner_)));
  EXPECT_EQ(code_of(place(order_of(3 - winner_, necklace_, 0))), "price-changed");
}

TEST_F(Prize, ThatRanOutMayBeTakenAgain) {
  ASSERT_TRUE(write(taking(winner_)));
  clock_.advance(kWonFor);
  expire();
  EXPECT_EQ(left(necklace_), 11);
  ASSERT_TRUE(write(taking(winner_)));
  const auto placed = place(order_of(winner_, necklace_, 0));
  ASSERT_TRUE(placed);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); }));
  EXPECT_EQ(left(necklace_), 11);
  EXPECT_TRUE(write(taking(winner_)));
}

TEST_F(Prize, IsSetApartWhileItsDrawIsOpenAndNobodyElseGetsIt) {
  draw_ = open_one(ring_);
  EXPECT_EQ(left(ring_), 0);
  EXPECT_EQ(code_of(place(order_of(9, ring_, kPrice))), "sold-out");
  clock_.advance(seconds(60));
  ASSERT_TRUE(*write([&](Tx& tx) -> Result<bool> { return close_due_draws(tx, clock_); }));
  EXPECT_EQ(left(ring_), 1) << "nobody was in it";
  EXPECT_EQ(deals_counted(ring_), 0);
  EXPECT_EQ(code_of(place(order_of(9, ring_, kPrice))), "");
}

TEST_F(Prize, ThatIsCalledOffIsOnSaleAgain) {
  draw_ = open_one(ring_);
  ASSERT_TRUE(write([&](Tx& tx) { return flows::cancel_draw(tx, draw_, clock_); }));
  EXPECT_EQ(left(ring_), 1);
  draw_ = open_one(ring_);
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, ring_, clock_); }));
  EXPECT_EQ(read([&](Tx& tx) { return shows::find_draw(tx, draw_); })->state,
            shows::DrawState::cancelled);
}

TEST_F(Prize, WhatNobodyHasWonIsGivenBack) {
  ASSERT_EQ(left(necklace_), 11);
  draw_for(necklace_, {1, 2}, 5);
  EXPECT_EQ(left(necklace_), 9);
  for (const std::int64_t device : {1, 2}) {
    ASSERT_TRUE(write(taking(device)));
    EXPECT_EQ(left(necklace_), 9);
  }
}

TEST_F(Prize, SetApartIsNoHoldThatABuyerLetGo) {
  draw_ = open_one(ring_);
  const auto fates = [&] {
    return (*read([&](Tx& tx) -> Result<std::map<ProductId, stock::Fates>> {
      return stock::fates_of(tx, show_);
    }))[ring_];
  };
  EXPECT_EQ(fates().open, 0);
  ASSERT_TRUE(write([&](Tx& tx) { return flows::cancel_draw(tx, draw_, clock_); }));
  EXPECT_EQ(fates().held, 0);
  EXPECT_EQ(fates().released, 0);
}

TEST_F(Prize, OfWhichThereIsNotEnoughIsNotDrawn) {
  EXPECT_EQ(write(opening_draw(ring_, 2)).error().code, "sold-out");
  EXPECT_EQ(left(ring_), 1);
  EXPECT_TRUE(write(opening_draw(ring_)));
}

TEST_F(Prize, IsKeptForItsWinnerBeforeWhoWaitsAndForADay) {
  draw_for(ring_, {1}, 1);
  ASSERT_TRUE(write([&](Tx& tx) {
    return wait_in_line(tx, {.device = DeviceId{9}, .show = show_, .product = ring_}, clock_);
  }));
  const auto held = write(taking(1));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_hold(tx, DeviceId{1}, held->id, clock_); }));
  EXPECT_EQ(code_of(place(order_of(9, ring_, kPrice))), "sold-out");
  ASSERT_TRUE(write(taking(1))) << "what was given back may be taken again";
  clock_.advance(kWonFor);
  expire();
  EXPECT_EQ(code_of(place(order_of(9, ring_, kPrice))), "sold-out");
  clock_.advance(kPrizeFor);
  expire();
  EXPECT_EQ(write(taking(1)).error().code, "sold-out");
  EXPECT_EQ(code_of(place(order_of(9, ring_, kPrice))), "") << "then it is who waited's";
  EXPECT_EQ(deals_counted(ring_), 0);
}

TEST_F(Prize, OfAProductInVariantsIsOneOfThem) {
  const ProductId chain = list("Chain", 0);
  const auto add = [&](std::string name) {
    return write([&](Tx& tx) {
             return add_variant(tx, chain, {.name = name, .price = {kPrice, kCny}}, 1, clock_);
           })
        ->id;
  };
  const ProductId short_chain = add("45 cm");
  add("60 cm");
  show_ = schedule({chain});
  start(show_);
  EXPECT_EQ(write(opening_draw(chain)).error().code, "variant-required");
  OpenAuction wish = wish_auction();
  wish.product = chain;
  EXPECT_EQ(write(opening(wish)).error().code, "variant-required");
  draw_for(short_chain, {1}, 1);
  EXPECT_EQ(left(short_chain), 0);
  EXPECT_EQ(left(chain), 1);
  EXPECT_EQ(write(taking(1))->product, short_chain);
}

TEST_F(Prize, ThatIsNoProductIsGivenByHand) {
  draw_ = open_one(std::nullopt);
  EXPECT_EQ(write(taking(1)).error().code, "draw-open");
  ASSERT_TRUE(write([&](Tx& tx) { return enter_draw(tx, draw_, DeviceId{1}, "Ana", clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) { return flows::close_draw(tx, draw_, clock_); }));
  EXPECT_EQ(write(taking(1)).error().code, "prize-not-goods");
}

}  // namespace
}  // namespace geili::flows
