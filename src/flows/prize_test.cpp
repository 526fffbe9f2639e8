// The prize of a draw in the hands of buyers: who has the units, and what they cost.
#include <map>
#include <vector>

#include "flows/claim_order.hpp"
#include "flows/draws.hpp"
#include "flows/test_auction.hpp"

namespace geili::flows {
namespace {

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

TEST_F(Prize, OfADrawForBuyersIsForWhoHasAnOrderOfTheShow) {
  const auto opened = write([&](Tx& tx) {
    return flows::open_draw(
        tx, {.show = show_, .prize = "Tea", .product = {}, .who = shows::DrawFor::buyers}, clock_);
  });
  ASSERT_TRUE(opened) << opened.error().code;
  const auto entering = [&](std::int64_t device) {
    return [&, device](Tx& tx) {
      return enter_draw(tx, opened->terms.draw, DeviceId{device}, "Ana", clock_);
    };
  };
  EXPECT_EQ(refused(entering(8)).code, "draw-for-buyers");
  const auto placed = place(order_of(8, necklace_, kPrice));
  ASSERT_TRUE(placed) << placed.error().code;
  ASSERT_TRUE(place(order_of(9, necklace_, kPrice)));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); }));
  EXPECT_EQ(refused(entering(8)).code, "draw-for-buyers") << "what was called off is no purchase";
  EXPECT_TRUE(write(entering(9)));
}

TEST_F(Prize, ThatIsHeldAgainIsNotBoughtByLateMoneyToo) {
  ASSERT_TRUE(write(taking(winner_)));
  PlaceOrder order = order_of(winner_, necklace_, kPrice);
  order.lines.push_back({ring_, 1});  // what money is awaited for
  order.payment_method = Method::card;
  const auto placed = write([&](Tx& tx) { return checkout(tx, order, clock_, terms_); });
  ASSERT_TRUE(placed) << placed.error().code;
  clock_.advance(minutes(60));
  upkeep();
  ASSERT_TRUE(write(taking(winner_)));
  ASSERT_EQ(left(necklace_), 11);
  ASSERT_TRUE(say(placed->order, EvidenceKind::paid));
  EXPECT_EQ(now_of(placed->order).status, OrderStatus::cancelled);
  EXPECT_EQ(left(necklace_), 11);
  EXPECT_EQ(code_of(place(order_of(winner_, necklace_, 0))), "");
}

TEST_F(Prize, ThatWasKeptForItsWinnerIsWhatLateMoneyBuys) {
  draw_for(ring_, {1}, 1);  // the last one
  ASSERT_TRUE(write(taking(1)));
  PlaceOrder order = order_of(1, ring_, kPrice);
  order.lines.push_back({necklace_, 1});  // what money is awaited for
  order.payment_method = Method::card;
  const auto placed = write([&](Tx& tx) { return checkout(tx, order, clock_, terms_); });
  ASSERT_TRUE(placed) << placed.error().code;
  clock_.advance(minutes(60));
  upkeep();
  ASSERT_EQ(now_of(placed->order).status, OrderStatus::cancelled);
  ASSERT_TRUE(say(placed->order, EvidenceKind::paid));
  EXPECT_EQ(now_of(placed->order).status, OrderStatus::placed);
  EXPECT_EQ(write(taking(1)).error().code, "prize-taken");
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, placed->order.token, clock_); }));
  EXPECT_EQ(left(ring_), 0) << "kept for its winner once more, and nothing else was";
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

TEST_F(Prize, OfABundleHasThePartsThatWereSetApart) {
  const ProductId set = set_in_new_show();
  draw_for(set, {1}, 1);
  change(set);
  EXPECT_TRUE(write(taking(1)));
  clock_.advance(kWonFor);
  expire();
  EXPECT_EQ(left(ring_), 0);
  EXPECT_TRUE(write(taking(1)));
  EXPECT_EQ(left(ring_), 0);
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
