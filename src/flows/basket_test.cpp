// Goods of several shops, bought together in one show.
#include "flows/hold.hpp"
#include "flows/test_market.hpp"

namespace geili::flows {
namespace {

class Basket : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    tea_shop_ = open_shop("Tea", "At the lake");
    tea_ = list_in(tea_shop_, "Tea", 5);
    show_in_bag({necklace_, tea_}, {tea_shop_});
  }
  Result<shows::Show> filling(std::vector<ProductId> bag, std::vector<ShopId> guests) {
    return write([&](Tx& tx) {
      const auto version = shows::find_show(tx, show_)->version;
      return change_show(tx, show_, {.show = {}, .bag = bag, .guests = guests}, version, clock_);
    });
  }
  void show_in_bag(std::vector<ProductId> bag, std::vector<ShopId> guests) {
    ASSERT_TRUE(filling(std::move(bag), std::move(guests)));
  }
  // A necklace and a tea, from a device of its own.
  std::vector<PlaceOrder> wishes(std::int64_t device = 1, std::string key = "basket-01") {
    PlaceOrder pearls = wish(device, key);
    PlaceOrder tea = wish(device, key);
    tea.shop = tea_shop_;
    tea.lines = {{tea_, 1}};
    return {pearls, tea};
  }
  Result<std::vector<Placed>> buy(std::vector<PlaceOrder> wanted) {
    return write([&](Tx& tx) -> Result<std::vector<Placed>> {
      auto requests = basket_orders(wanted);
      if (!requests) return fail_as(requests);
      return checkout_basket(tx, *requests, clock_);
    });
  }
  Error refusal(std::vector<PlaceOrder> wanted) {
    const std::string before = rows();
    auto bought = buy(std::move(wanted));
    EXPECT_EQ(rows(), before) << "a refused basket has changed the data";
    return bought ? Error{} : bought.error();
  }

  ShopId tea_shop_;
  ProductId tea_;
};

TEST_F(Basket, IsAnOrderForEachShopWithNumbersOfTheShow) {
  const auto placed = buy(wishes());
  ASSERT_TRUE(placed);
  ASSERT_EQ(placed->size(), 2U);
  EXPECT_EQ((*placed)[0].order.shop, shop_);
  EXPECT_EQ((*placed)[1].order.shop, tea_shop_);
  EXPECT_EQ((*placed)[0].order.number, 1);
  EXPECT_EQ((*placed)[1].order.number, 2);
  EXPECT_EQ((*placed)[1].order.show, show_);
  EXPECT_EQ(left(necklace_), 11);
  EXPECT_EQ(left(tea_), 4);
}

TEST_F(Basket, OfTheSameKeyIsCarriedOutOnce) {
  const auto first = buy(wishes());
  const auto again = buy(wishes());
  ASSERT_TRUE(again);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_TRUE((*again)[i].is_replay);
    EXPECT_EQ((*again)[i].order.id, (*first)[i].order.id);
  }
  auto other = wishes();
  other[1].note = "Green";
  EXPECT_EQ(refusal(other).code, "idempotency-key-reused");
  other = wishes();
  other.pop_back();
  EXPECT_EQ(refusal(other).code, "idempotency-key-reused");
  EXPECT_EQ(left(tea_), 4);
}

TEST_F(Basket, IsBoughtWholeOrNotAtAll) {
  auto greedy = wishes();
  greedy[1].lines[0].quantity = 6;
  greedy[1].expected_total.minor = 6 * kPrice;
  const Error no = refusal(greedy);
  EXPECT_EQ(no.code, "sold-out");
  EXPECT_EQ(figure_of(no, "order"), 1);
  EXPECT_EQ(figure_of(no, "product_id"), tea_.value);
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(Basket, TellsWhichOrderIsFaulty) {
  auto dear = wishes();
  dear[1].expected_total.minor += 1;
  EXPECT_EQ(refusal(dear).code, "price-changed");
  auto odd = wishes();
  odd[1].lines[0].quantity = 0;
  EXPECT_EQ(field_of(refusal(odd)), "/orders/1/lines/0/quantity");
  odd = wishes();
  odd[0].buyer.name = "";
  EXPECT_EQ(field_of(refusal(odd)), "/buyer/name");
  odd = wishes();
  odd[1].shop = shop_;
  EXPECT_EQ(field_of(refusal(odd)), "/orders/1/shop_id");
  EXPECT_EQ(field_of(refusal({})), "/orders");
}

TEST_F(Basket, ConfirmsWhatIsHeldForItsBuyer) {
  const HoldRequest last{.device = DeviceId{1}, .show = show_, .product = tea_, .quantity = 5};
  ASSERT_TRUE(write([&](Tx& tx) { return hold(tx, last, clock_); }));
  EXPECT_EQ(refusal(wishes(2)).code, "sold-out");
  auto mine = wishes(1);
  mine[1].lines[0].quantity = 5;
  mine[1].expected_total.minor = 5 * kPrice;
  EXPECT_TRUE(buy(mine));
  EXPECT_EQ(left(tea_), 0);
}

TEST_F(Basket, OfAShowHoldsWhatTheShowShows) {
  show_in_bag({necklace_}, {});
  EXPECT_EQ(field_of(refusal(wishes())), "/show_id");
  const HoldRequest tea{.device = DeviceId{1}, .show = show_, .product = tea_, .quantity = 1};
  EXPECT_EQ(refused([&](Tx& tx) { return hold(tx, tea, clock_); }).code, "product-unavailable");
}

TEST_F(Basket, GoodsOfAnotherShopComeIntoABagByWhoSpeaksForItAndStay) {
  show_in_bag({necklace_}, {});
  EXPECT_EQ(field_of(filling({necklace_, tea_}, {}).error()), "/product_ids/1");
  show_in_bag({necklace_, tea_}, {tea_shop_});
  show_in_bag({tea_, necklace_, earrings_}, {});
}

}  // namespace
}  // namespace geili::flows
