// Variants and bundles in the hands of buyers: shown, held, bought, changed and given back.
#include "flows/variant.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "flows/amend.hpp"
#include "flows/claim_order.hpp"
#include "flows/hold.hpp"
#include "flows/returned.hpp"
#include "flows/returns.hpp"
#include "flows/shipment.hpp"
#include "flows/test_pay.hpp"

namespace geili::flows {
namespace {

constexpr std::int64_t kLong = 32'000;
constexpr std::int64_t kSetPrice = 50'000;

class Goods : public Pay {
 protected:
  void SetUp() override {
    Pay::SetUp();
    chain_ = list("Chain", 3, true);
    short_ = add("45 cm", kPrice, 5);
    long_ = add("60 cm", kLong, 2);
    set_ = bundle({{necklace_, 1}, {long_, 1}, {earrings_, 2}});
    bag_ = schedule({chain_, set_, necklace_});
    start(bag_);
    told();
  }

  using Market::placing;

  ProductId add(std::string name, std::int64_t price_minor, std::int64_t stock) {
    return write([&](Tx& tx) {
             return add_variant(tx, chain_, {.name = name, .price = {price_minor, kCny}}, stock,
                                clock_);
           })
        ->id;
  }
  auto bundling(std::vector<stock::Part> parts, std::int64_t weight_g = 0) {
    return [=, this](Tx& tx) {
      return create_bundle(
          tx, {.shop = shop_, .title = "Set", .price = {kSetPrice, kCny}, .weight_g = weight_g},
          parts, clock_);
    };
  }
  ProductId bundle(std::vector<stock::Part> parts) { return write(bundling(std::move(parts)))->id; }
  PlaceOrder wish_for(ProductId product, std::int64_t price_minor, std::int64_t quantity = 1,
                      std::int64_t device = 1) {
    PlaceOrder order = wish(device, "key-" + std::to_string(++keys_ + 10'000));
    order.show = bag_;
    order.lines = {{product, quantity}};
    order.expected_total.minor = price_minor * quantity;
    return order;
  }
  auto holding(ProductId product, std::int64_t device = 1, std::int64_t quantity = 1) {
    return [=, this](Tx& tx) {
      return hold(
          tx, {.device = DeviceId{device}, .show = bag_, .product = product, .quantity = quantity},
          clock_);
    };
  }
  std::vector<std::int64_t> stocks() {
    return {left(necklace_), left(long_), left(earrings_), left(set_)};
  }
  using Stocks = std::vector<std::int64_t>;
  // "Set 1": what the show's room was told last of each product's stock.
  std::vector<std::string> stock_told() {
    std::map<ProductId, std::string> newest;
    for (const std::string& line : told()) {
      if (!line.starts_with("show." + std::to_string(bag_.value) + " {\"type\":\"stock\""))
        continue;
      for (const ProductId product : {necklace_, short_, long_, chain_, set_, earrings_}) {
        const std::string start = "\"product_id\":\"" + std::to_string(product.value) + "\",";
        const auto at = line.find(start);
        if (at != std::string::npos) newest[product] = line.substr(at + start.size());
      }
    }
    std::vector<std::string> all;
    for (const auto& [product, text] : newest) {
      all.push_back(name_of(product) + " " + text.substr(text.find(':') + 1));
    }
    return all;
  }
  std::string name_of(ProductId product) {
    return read([&](Tx& tx) { return catalog::find_product(tx, product); })->title;
  }
  void hand_over(const orders::Order& order) {
    for (const auto status : {OrderStatus::packed, OrderStatus::handed_over}) {
      ASSERT_TRUE(write(setting(order, status)));
    }
  }

  ProductId chain_, short_, long_, set_;
  ShowId bag_;
  int keys_ = 0;
};

using Told = std::vector<std::string>;

TEST_F(Goods, AVariantIsBoughtUnderItsNameWhereItsHiddenParentIsInTheBag) {
  const auto placed = place(wish_for(long_, kLong));
  ASSERT_TRUE(placed) << placed.error().code;
  EXPECT_EQ(placed->order.lines.front().title, "Chain · 60 cm");
  EXPECT_EQ(placed->order.lines.front().unit_price.minor, kLong);
  EXPECT_EQ(left(long_), 1);
  EXPECT_EQ(left(chain_), 6);
  PlaceOrder outside = wish_for(long_, kLong);
  outside.show = std::nullopt;
  EXPECT_EQ(refused(placing(outside)).code, "product-unavailable");
  outside.show = show_;
  EXPECT_EQ(refused(placing(outside)).code, "product-unavailable");
}

TEST_F(Goods, TheRoomHearsOfAVariantItsParentAndItsBundles) {
  ASSERT_TRUE(place(wish_for(long_, kLong)));
  EXPECT_EQ(stock_told(), (Told{"Chain 6}", "Chain · 60 cm 1}", "Set 1}"}));
  ASSERT_TRUE(place(wish_for(short_, kPrice)));
  EXPECT_EQ(stock_told(), (Told{"Chain 5}", "Chain · 45 cm 4}"}));
}

TEST_F(Goods, AParentIsNotSoldItself) {
  const Error bought = refused(placing(wish_for(chain_, kPrice)));
  EXPECT_EQ(bought.code, "variant-required");
  EXPECT_EQ(figure_of(bought, "product_id"), chain_.value);
  EXPECT_EQ(refused(holding(chain_)).code, "variant-required");
  EXPECT_EQ(refused([&](Tx& tx) {
              return wait_in_line(tx, {.device = DeviceId{1}, .show = bag_, .product = chain_},
                                  clock_);
            }).code,
            "variant-required");
  EXPECT_EQ(refused([&](Tx& tx) { return set_show_limit(tx, bag_, chain_, {}, clock_); }).code,
            "variant-required");
  EXPECT_EQ(refused([&](Tx& tx) { return change_stock(tx, chain_, 1, clock_); }).code,
            "stock-not-counted");
}

TEST_F(Goods, AVariantIsLimitedInTheShowOfItsParent) {
  ASSERT_TRUE(
      write([&](Tx& tx) { return set_show_limit(tx, bag_, long_, {.units_max = 1}, clock_); }));
  ASSERT_TRUE(place(wish_for(long_, kLong)));
  EXPECT_EQ(refused(placing(wish_for(long_, kLong, 1, 2))).code, "show-limit");
}

TEST_F(Goods, ABagHoldsParentsAndNoVariants) {
  const std::vector<ProductId> bag{chain_, long_};
  const Error error = refused([&](Tx& tx) {
    return create_show(tx, {{.shop = shop_, .title = "x", .starts_at = {}}, bag});
  });
  EXPECT_EQ(field_of(error), "/product_ids/1");
}

TEST_F(Goods, ACardOfAParentHasTheLowestPriceAndTheSum) {
  ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, bag_, chain_, clock_); }));
  const auto all = told();
  EXPECT_NE(all.back().find(R"("price":{"minor":28800,"currency":"CNY"},"available":7)"),
            std::string::npos)
      << all.back();
  EXPECT_NE(all.back().find(R"("has_variants":true)"), std::string::npos);
  ASSERT_TRUE(write([&](Tx& tx) {
    return change_product(tx, short_, {.price = Money{kPrice - 1, kCny}}, 1, clock_);
  }));
  EXPECT_NE(told().back().find(R"("price":{"minor":28799,)"), std::string::npos);
}

TEST_F(Goods, ARemovedVariantLeavesTheSum) {
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, short_, clock_); }));
  EXPECT_EQ(left(chain_), 2);
  EXPECT_EQ(stock_told(), Told{"Chain 2}"});
  EXPECT_EQ(refused([&](Tx& tx) { return remove_product(tx, long_, clock_); }).code,
            "product-in-bundle");
  EXPECT_EQ(refused([&](Tx& tx) { return remove_product(tx, chain_, clock_); }).code,
            "product-in-bundle");
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, set_, clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, long_, clock_); }));
  EXPECT_EQ(left(chain_), 3);  // sold itself again, with the units it had
}

TEST_F(Goods, ABundleIsBoughtWholeAndTheRoomHearsOfAllItsParts) {
  EXPECT_EQ(stocks(), (Stocks{12, 2, 100, 2}));
  const auto placed = place(wish_for(set_, kSetPrice));
  ASSERT_TRUE(placed) << placed.error().code;
  EXPECT_EQ(placed->order.lines.front().title, "Set");
  EXPECT_EQ(stocks(), (Stocks{11, 1, 98, 1}));
  EXPECT_EQ(stock_told(), (Told{"Necklace 11}", "Chain 6}", "Chain · 60 cm 1}", "Set 1}"}));
}

TEST_F(Goods, ABundleIsSoldOutWithItsScarcestPart) {
  ASSERT_TRUE(place(wish_for(long_, kLong, 2)));
  const Error error = refused(placing(wish_for(set_, kSetPrice)));
  EXPECT_EQ(error.code, "sold-out");
  EXPECT_EQ(figure_of(error, "product_id"), set_.value);
  EXPECT_EQ(figure_of(error, "available"), 0);
}

TEST_F(Goods, ABundleAndItsPartsInOneOrderTakeWhatThereIsOnce) {
  PlaceOrder order = wish_for(set_, kSetPrice);
  order.lines = {{set_, 1}, {long_, 1}, {necklace_, 2}};
  order.expected_total.minor = kSetPrice + kLong + 2 * kPrice;
  ASSERT_TRUE(place(order));
  EXPECT_EQ(stocks(), (Stocks{9, 0, 98, 0}));
  PlaceOrder more = wish_for(set_, kSetPrice, 1, 2);
  more.lines.push_back({necklace_, 1});
  more.expected_total.minor += kPrice;
  EXPECT_EQ(refused(placing(more)).code, "sold-out");
}

TEST_F(Goods, AHeldBundleIsConfirmedCancelledAndExpiresWithItsParts) {
  const auto held = write(holding(set_));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->available, 1);
  EXPECT_EQ(stocks(), (Stocks{11, 1, 98, 1}));
  EXPECT_EQ(stock_told(), (Told{"Necklace 11}", "Chain 6}", "Chain · 60 cm 1}", "Set 1}"}));
  ASSERT_TRUE(place(wish_for(set_, kSetPrice)));
  EXPECT_EQ(stocks(), (Stocks{11, 1, 98, 1}));

  const auto second = write(holding(set_, 2));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_hold(tx, DeviceId{2}, second->id, clock_); }));
  EXPECT_EQ(stocks(), (Stocks{11, 1, 98, 1}));
  EXPECT_EQ(stock_told(), (Told{"Necklace 11}", "Chain 6}", "Chain · 60 cm 1}", "Set 1}"}));

  ASSERT_TRUE(write(holding(set_, 3)));
  EXPECT_EQ(stocks(), (Stocks{10, 0, 96, 0}));
  clock_.advance(kHoldFor);
  told();
  EXPECT_FALSE(*write([this](Tx& tx) -> Result<bool> { return expire_holds(tx, clock_); }));
  EXPECT_EQ(stocks(), (Stocks{11, 1, 98, 1}));
  EXPECT_EQ(stock_told(), (Told{"Necklace 11}", "Chain 6}", "Chain · 60 cm 1}", "Set 1}"}));
}

TEST_F(Goods, AHeldBundleIsNoHoldOfItsPart) {
  ASSERT_TRUE(write(holding(set_)));
  ASSERT_TRUE(place(wish_for(long_, kLong)));
  EXPECT_EQ(stocks(), (Stocks{11, 0, 98, 0}));
  clock_.advance(kHoldFor);
  EXPECT_FALSE(*write([this](Tx& tx) -> Result<bool> { return expire_holds(tx, clock_); }));
  EXPECT_EQ(stocks(), (Stocks{12, 1, 100, 1}));
}

TEST_F(Goods, APartThatFallsBackIsHeldForWhoWaitsForTheBundle) {
  const auto first = place(wish_for(long_, kLong, 2));
  const auto wait = write([&](Tx& tx) {
    return wait_in_line(tx, {.device = DeviceId{5}, .show = bag_, .product = set_}, clock_);
  });
  ASSERT_TRUE(wait);
  told();
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, first->order.token, clock_); }));
  EXPECT_EQ(stocks(), (Stocks{11, 1, 98, 1}));
  EXPECT_EQ(stock_told(), (Told{"Necklace 11}", "Chain 6}", "Chain · 60 cm 1}", "Set 1}"}));
  const auto mine = read(
      [&](Tx& tx) -> Result<BuyersHolds> { return list_holds(tx, DeviceId{5}, bag_, clock_); });
  ASSERT_EQ(mine->holds.size(), 1U);
  EXPECT_EQ(mine->holds.front().claim.product, set_);
  EXPECT_TRUE(mine->holds.front().offered);
}

TEST_F(Goods, ABundleThatFallsBackIsHeldForWhoWaitsForAPart) {
  const auto first = place(wish_for(set_, kSetPrice, 2));
  ASSERT_TRUE(write([&](Tx& tx) {
    return wait_in_line(tx, {.device = DeviceId{5}, .show = bag_, .product = long_}, clock_);
  }));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, first->order.token, clock_); }));
  EXPECT_EQ(stocks(), (Stocks{12, 1, 100, 1}));
}

// By a smaller hold, or by an order that a smaller one was wished for.
TEST_F(Goods, APartThatABundleNoLongerHoldsIsHeldForWhoWaitsForIt) {
  const auto waits_for_part = [&](std::int64_t device) {
    return write([&](Tx& tx) {
      return wait_in_line(tx, {.device = DeviceId{device}, .show = bag_, .product = long_}, clock_);
    });
  };
  ASSERT_TRUE(write(holding(set_, 1, 2)));
  ASSERT_TRUE(waits_for_part(5));
  ASSERT_TRUE(write([&](Tx& tx) { return change_parts(tx, set_, {{necklace_, 2}}, 1, clock_); }));
  ASSERT_TRUE(write(holding(set_)));
  EXPECT_EQ(stocks(), (Stocks{10, 1, 100, 5}));

  ASSERT_TRUE(write(
      [&](Tx& tx) { return change_parts(tx, set_, {{necklace_, 1}, {long_, 1}}, 2, clock_); }));
  ASSERT_TRUE(write(holding(set_, 2)));
  ASSERT_TRUE(waits_for_part(6));
  ASSERT_TRUE(write([&](Tx& tx) { return change_parts(tx, set_, {{necklace_, 2}}, 3, clock_); }));
  ASSERT_TRUE(place(wish_for(set_, kSetPrice, 2, 2)));
  EXPECT_EQ(left(long_), 0);
}

TEST_F(Goods, AnAmendedOrderHasThePartsItWasBoughtWith) {
  const auto order = place(wish_for(set_, kSetPrice))->order;
  ASSERT_TRUE(write([&](Tx& tx) { return change_parts(tx, set_, {{necklace_, 5}}, 1, clock_); }));
  EXPECT_EQ(left(set_), 2);
  ASSERT_TRUE(write([&](Tx& tx) {
    return amend_order(tx, order.token,
                       {.note = {}, .lines = {{set_, 2}}, .expected_total = {2 * kSetPrice, kCny}},
                       PaymentTerms{}, clock_);
  }));
  EXPECT_EQ(stocks(), (Stocks{10, 0, 96, 2}));
  EXPECT_EQ(refused([&](Tx& tx) {
              return amend_order(
                  tx, order.token,
                  {.note = {}, .lines = {{set_, 3}}, .expected_total = {3 * kSetPrice, kCny}},
                  PaymentTerms{}, clock_);
            }).code,
            "sold-out");
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order.token, clock_); }));
  EXPECT_EQ(stocks(), (Stocks{12, 2, 100, 2}));
}

TEST_F(Goods, ABundleThatCameBackPutsItsPartsOnSale) {
  const auto order = place(wish_for(set_, kSetPrice, 2))->order;
  hand_over(order);
  const auto asked = write([&](Tx& tx) {
    return ask_return(tx, {.token = order.token, .key = "back-0001", .lines = {{set_, 1}}}, clock_);
  });
  ASSERT_TRUE(asked) << asked.error().code;
  ASSERT_TRUE(
      write([&](Tx& tx) { return shipping::approve_return(tx, shop_, asked->id, clock_.now()); }));
  ASSERT_TRUE(
      write([&](Tx& tx) { return receive_return(tx, shop_, asked->id, Restock::yes, clock_); }));
  EXPECT_EQ(stocks(), (Stocks{11, 1, 98, 1}));
}

TEST_F(Goods, AnOrderThatWasNotPaidGivesTheBundleBack) {
  PlaceOrder order = wish_for(set_, kSetPrice, 2);
  order.payment_method = Method::card;
  ASSERT_TRUE(write([&](Tx& tx) { return checkout(tx, order, clock_, terms_); }));
  EXPECT_EQ(left(set_), 0);
  let_it_expire();
  carry_all();
  EXPECT_EQ(stocks(), (Stocks{12, 2, 100, 2}));
}

TEST_F(Goods, ARefundWithTheGoodsGivesTheBundleBackOnce) {
  PlaceOrder wanted = wish_for(set_, kSetPrice);
  wanted.payment_method = Method::card;
  const auto order = write([&](Tx& tx) { return checkout(tx, wanted, clock_, terms_); })->order;
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  hand_over(order);
  ASSERT_TRUE(write(refunding(order, kSetPrice, true)));
  ASSERT_TRUE(write(refunding(order, kSetPrice, true)));
  EXPECT_EQ(stocks(), (Stocks{12, 2, 100, 2}));
}

TEST_F(Goods, ABundleWeighsWhatItsPartsDoUnlessItTells) {
  const auto weigh = [&](ProductId product) {
    return *read([&](Tx& tx) -> Result<std::int64_t> {
      return shipment_item(tx, product, *catalog::find_offer(tx, product), 1).weight_g.value_or(0);
    });
  };
  EXPECT_EQ(weigh(set_), 4 * shipping::kDefaultWeightG);
  ASSERT_TRUE(
      write([&](Tx& tx) { return change_product(tx, earrings_, {.weight_g = 20}, 1, clock_); }));
  EXPECT_EQ(weigh(set_), 2 * shipping::kDefaultWeightG + 40);
  EXPECT_EQ(weigh(write(bundling({{earrings_, 2}}, 7))->id), 7);
}

struct BadParts {
  std::vector<stock::Part> parts;
  std::string field;
};

TEST_F(Goods, ABundleIsMadeOfCountedProductsOfItsShop) {
  const ProductId foreign = list_in(open_shop("Other", ""), "Foreign", 5);
  const ProductId gone = list("Gone", 5);
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, gone, clock_); }));
  const std::vector<BadParts> table{
      {{}, "/parts"},
      {{{necklace_, 1}}, "/parts"},
      {std::vector<stock::Part>(11, {necklace_, 1}), "/parts"},
      {{{necklace_, 0}, {long_, 1}}, "/parts/0/quantity"},
      {{{necklace_, 101}, {long_, 1}}, "/parts/0/quantity"},
      {{{necklace_, 1}, {necklace_, 1}}, "/parts/1/product_id"},
      {{{necklace_, 1}, {chain_, 1}}, "/parts/1/product_id"},
      {{{necklace_, 1}, {set_, 1}}, "/parts/1/product_id"},
      {{{necklace_, 1}, {foreign, 1}}, "/parts/1/product_id"},
      {{{necklace_, 1}, {gone, 1}}, "/parts/1/product_id"},
      {{{necklace_, 1}, {ProductId{9'999}, 1}}, "/parts/1/product_id"},
  };
  for (const BadParts& one : table) EXPECT_EQ(field_of(refused(bundling(one.parts))), one.field);
  EXPECT_EQ(refused([&](Tx& tx) {
              return change_parts(tx, necklace_, {{earrings_, 2}}, 1, clock_);
            }).code,
            "not-a-bundle");
  EXPECT_EQ(
      refused([&](Tx& tx) { return change_parts(tx, set_, {{earrings_, 2}}, 2, clock_); }).code,
      "version-mismatch");
}

TEST_F(Goods, APartGetsNoVariantsAndABundleHasNone) {
  for (const auto& [product, code] :
       {std::pair{necklace_, "product-in-bundle"}, {set_, "variants-not-allowed"}}) {
    EXPECT_EQ(refused([&](Tx& tx) {
                return add_variant(tx, product, {.name = "x", .price = {1, kCny}}, 1, clock_);
              }).code,
              code);
  }
}

TEST_F(Goods, AVariantsClaimCountsFromThePinOfItsParent) {
  ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, bag_, chain_, clock_); }));
  clock_.advance(std::chrono::seconds(4));
  ASSERT_TRUE(place(wish_for(long_, kLong)));
  const auto order = read([&](Tx& tx) { return read_claim_order(tx, bag_, 0); });
  ASSERT_EQ(order->size(), 1U);
  EXPECT_EQ(order->front().place, 1);
  EXPECT_EQ(order->front().after_us, 4'000'000);
}

}  // namespace
}  // namespace geili::flows
