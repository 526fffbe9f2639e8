#include "shipping/quote.hpp"

#include <functional>
#include <string>
#include <vector>

#include "shipping/test_shop.hpp"

namespace geili::shipping {
namespace {

using store::testing::field_of;

ShopShipping shop(std::vector<Zone> zones) {
  std::int64_t id = 0;
  for (Zone& zone : zones) {
    zone.id.value = ++id;
    for (Rate& rate : zone.rates) rate.id.value = ++id;
  }
  return {.settings = {.currency = kMxn, .origin_country = "MX", .default_weight_g = 400},
          .zones = std::move(zones)};
}

ShopShipping shop_with(Rate rate) {
  return shop({{.id = {}, .name = "Z", .places = {in("*")}, .rates = {std::move(rate)}}});
}

Item piece(std::int64_t weight_g, std::int64_t quantity = 1, std::int64_t price_minor = 10'000) {
  return {.quantity = quantity, .weight_g = weight_g, .unit_price_minor = price_minor};
}

Option only(const ShopShipping& shipping, const std::vector<Item>& items,
            const std::optional<OpenParcel>& open = {}) {
  const auto made = quote(shipping, {"MX", "", ""}, items, open);
  EXPECT_TRUE(made) << made.error().code;
  EXPECT_EQ(made->options.size(), 1U);
  return made->options.at(0);
}

TEST(Quotes, TheMostSpecificPlaceWins) {
  const ShopShipping shipping = shop({
      {{}, "world", {in("*")}, {flat(1)}},
      {{}, "country", {in("MX")}, {flat(1)}},
      {{}, "state", {in("MX", "MX-OAX")}, {flat(1)}},
      {{}, "short", {in("MX", "", "6")}, {flat(1)}},
      {{}, "long", {in("MX", "", "680")}, {flat(1)}},
  });
  struct Case {
    Destination to;
    const char* zone;
  };
  for (const Case& c : std::vector<Case>{{{"FR", "", "68000"}, "world"},
                                         {{"MX", "", ""}, "country"},
                                         {{"MX", "MX-CMX", "01000"}, "country"},
                                         {{"MX", "MX-OAX", "71000"}, "state"},
                                         {{"MX", "MX-OAX", "69000"}, "short"},
                                         {{"MX", "", "6 8-000"}, "long"},
                                         {{"MX", "", "6"}, "short"},
                                         {{"MX", "", "?"}, "country"}}) {
    const Zone* zone = find_zone(shipping.zones, c.to);
    ASSERT_NE(zone, nullptr);
    EXPECT_EQ(zone->name, c.zone) << c.to.country << c.to.subdivision << c.to.postal_code;
  }
}

TEST(Quotes, WhereTheShopDoesNotSendIsNamed) {
  const ShopShipping shipping =
      shop({{{}, "home", {in("MX")}, {flat(1)}}, {{}, "never", {in("MX", "", "99")}, {}}});
  EXPECT_EQ(quote(shipping, {"FR", "", ""}, {piece(1)}).error().code, "no-shipping-there");
  EXPECT_EQ(quote(shipping, {"MX", "", "99100"}, {piece(1)}).error().code, "no-shipping-there");
  EXPECT_TRUE(quote(shipping, {"MX", "", "98100"}, {piece(1)}));
}

TEST(Quotes, WeightGoesByBracketsAndSteps) {
  const ShopShipping shipping = shop_with(by_weight());
  struct Case {
    std::int64_t weight_g;
    std::int64_t price_minor;
  };
  for (const Case& c : std::vector<Case>{{1, 9'000},
                                         {500, 9'000},
                                         {501, 12'000},
                                         {1'000, 12'000},
                                         {1'001, 15'000},
                                         {2'000, 15'000},
                                         {2'001, 18'000},
                                         {5'000, 24'000}}) {
    EXPECT_EQ(only(shipping, {piece(c.weight_g)}).price_minor, c.price_minor) << c.weight_g;
  }
  Item unknown = piece(1);
  unknown.weight_g = std::nullopt;  // 400 g
  unknown.quantity = 2;
  EXPECT_EQ(only(shipping, {unknown}).price_minor, 12'000);
}

TEST(Quotes, PiecesGoByTheirCount) {
  Rate rate = flat(0);
  rate.kind = RateKind::items;
  rate.brackets = {{1, 5'000}, {3, 6'000}};
  rate.step = 2;
  rate.step_minor = 500;
  const ShopShipping shipping = shop_with(rate);
  for (const auto& [count, price] : std::vector<std::pair<int, int>>{
           {1, 5'000}, {3, 6'000}, {4, 6'500}, {5, 6'500}, {6, 7'000}}) {
    EXPECT_EQ(only(shipping, {piece(10, count)}).price_minor, price) << count;
  }
}

TEST(Quotes, AnotherPieceInTheOpenParcelAddsNothingWhileThereIsRoom) {
  const ShopShipping shipping = shop_with(by_weight());
  const RateId rate = shipping.zones[0].rates[0].id;
  const OpenParcel open{rate, {1, 300, 0, 10'000}, 9'000};
  Option added = only(shipping, {piece(200)}, open);
  EXPECT_EQ(added.incremental_minor, 0);
  EXPECT_EQ(added.price_minor, 9'000);
  ASSERT_EQ(added.parcels.size(), 1U);
  EXPECT_TRUE(added.parcels[0].joins);

  added = only(shipping, {piece(201)}, open);  // 501 g together
  EXPECT_EQ(added.incremental_minor, 3'000);
  EXPECT_TRUE(added.parcels[0].joins);

  // Another rate's parcel is another parcel.
  added = only(shipping, {piece(200)}, OpenParcel{RateId{77}, {1, 300, 0, 10'000}, 9'000});
  EXPECT_EQ(added.incremental_minor, 9'000);
  EXPECT_FALSE(added.parcels[0].joins);
}

TEST(Quotes, AFullParcelIsFollowedByAnother) {
  const ShopShipping shipping = shop_with(by_weight());
  const RateId rate = shipping.zones[0].rates[0].id;
  const Option added =
      only(shipping, {piece(400), piece(300)}, OpenParcel{rate, {9, 4'700, 0, 90'000}, 24'000});
  ASSERT_EQ(added.parcels.size(), 2U);
  EXPECT_TRUE(added.parcels[0].joins);
  EXPECT_EQ(added.parcels[0].load.weight_g, 300);
  EXPECT_EQ(added.parcels[0].price_minor, 0);
  EXPECT_EQ(added.parcels[1].load.weight_g, 400);
  EXPECT_EQ(added.incremental_minor, 9'000);
}

TEST(Quotes, WhatIsCheaperApartStaysApart) {
  Rate rate = by_weight();
  rate.brackets = {{500, 1'000}, {1'000, 9'000}};
  const Option two = only(shop_with(rate), {piece(500, 2)});
  EXPECT_EQ(two.price_minor, 2'000);
  EXPECT_EQ(two.parcels.size(), 2U);
}

TEST(Quotes, HeavyOrdersTakeSeveralParcels) {
  Rate rate = flat(8'000);
  rate.parcel_max_g = 1'000;
  // 600 + 400 twice: no more than two parcels.
  const Option four = only(shop_with(rate), {piece(600, 2), piece(400, 2)});
  EXPECT_EQ(four.price_minor, 16'000);
  ASSERT_EQ(four.parcels.size(), 2U);
  EXPECT_EQ(four.parcels[0].load.weight_g, 1'000);
}

TEST(Quotes, FreeFromIsReachedByAParcel) {
  Rate rate = by_weight();
  rate.free_from_minor = 20'000;
  rate.parcel_max_g = 1'000;
  const ShopShipping shipping = shop_with(rate);
  EXPECT_EQ(only(shipping, {piece(100, 1, 19'999)}).price_minor, 9'000);
  EXPECT_EQ(only(shipping, {piece(100, 2, 10'000)}).price_minor, 0);
  // Worth 24,000 together, and too heavy for one parcel.
  EXPECT_EQ(only(shipping, {piece(900, 2, 12'000)}).price_minor, 24'000);
  // What was paid is not given back.
  const RateId id = shipping.zones[0].rates[0].id;
  const Option added = only(shipping, {piece(100)}, OpenParcel{id, {1, 100, 0, 15'000}, 9'000});
  EXPECT_EQ(added.incremental_minor, 0);
  EXPECT_EQ(added.price_minor, 9'000);
}

TEST(Quotes, WhatCannotBeSentSaysWhy) {
  Rate small = by_weight();
  small.longest_max_mm = 300;
  small.volume_max_cm3 = 2'000;
  Rate stepless = by_weight();
  stepless.step = 0;
  const ShopShipping shipping = shop({{{}, "Z", {in("*")}, {small, stepless, flat(20'000)}}});
  const auto reasons = [&](const std::vector<Item>& items) {
    std::string text;
    const auto made = quote(shipping, {"MX", "", ""}, items);
    for (const Impossible& one : made->impossible) {
      text += std::string(to_text(one.reason)) + (one.item ? std::to_string(*one.item) : "") + ";";
    }
    return text + std::to_string(made->options.size());
  };
  Item long_one = piece(100);
  long_one.length_mm = 301;
  Item bulky = piece(100);
  bulky.length_mm = bulky.width_mm = bulky.height_mm = 200;
  EXPECT_EQ(reasons({piece(100)}), "3");
  EXPECT_EQ(reasons({piece(100), long_one}), "item-too-large1;2");
  EXPECT_EQ(reasons({bulky}), "item-too-large0;2");
  EXPECT_EQ(reasons({piece(1'001)}), "item-too-heavy0;2");
  EXPECT_EQ(reasons({piece(20'001)}), "item-too-heavy0;item-too-heavy0;item-too-heavy0;0");
  EXPECT_EQ(reasons({piece(20'000, 51)}), "item-too-heavy0;item-too-heavy0;too-many-parcels;0");
}

TEST(Quotes, AreCheapestFirst) {
  Rate slow = flat(5'000);
  slow.handling_days = 9;
  Rate quick = flat(5'000);
  quick.handling_days = 1;
  const ShopShipping shipping = shop({{{}, "Z", {in("*")}, {slow, flat(9'000), quick}}});
  const auto made = quote(shipping, {"MX", "", ""}, {piece(1)});
  ASSERT_EQ(made->options.size(), 3U);
  EXPECT_EQ(made->options[0].handling_days, 1);
  EXPECT_EQ(made->options[1].handling_days, 9);
  EXPECT_EQ(made->options[2].price_minor, 9'000);
}

TEST(Quotes, RefuseWhatDoesNotFit) {
  struct Case {
    std::function<void(Destination&, std::vector<Item>&)> spoil;
    const char* path;
  };
  const auto item = [](std::function<void(Item&)> spoil) {
    return [spoil = std::move(spoil)](Destination&, std::vector<Item>& items) { spoil(items[1]); };
  };
  const std::vector<Case> cases{
      {[](Destination& to, auto&) { to.country = "xx"; }, "/country"},
      {[](Destination& to, auto&) { to.country = ""; }, "/country"},
      {[](Destination&, auto& items) { items.clear(); }, "/items"},
      {item([](Item& i) { i.quantity = 0; }), "/items/1/quantity"},
      {item([](Item& i) { i.quantity = kUnitsMax + 1; }), "/items/1/quantity"},
      {item([](Item& i) { i.weight_g = 0; }), "/items/1/weight_g"},
      {item([](Item& i) { i.length_mm = -1; }), "/items/1/length_mm"},
      {item([](Item& i) { i.width_mm = kSideMaxMm + 1; }), "/items/1/width_mm"},
      {item([](Item& i) { i.height_mm = -1; }), "/items/1/height_mm"},
      {item([](Item& i) { i.unit_price_minor = -1; }), "/items/1/unit_price_minor"},
  };
  const ShopShipping shipping = shop_with(flat(1));
  for (const Case& c : cases) {
    Destination to{"MX", "", ""};
    std::vector<Item> items{piece(1), piece(2)};
    c.spoil(to, items);
    const auto made = quote(shipping, to, items);
    ASSERT_FALSE(made) << c.path;
    EXPECT_EQ(field_of(made.error()), c.path);
  }
  const Destination to{"MX", "", ""};
  EXPECT_EQ(quote(shipping, to, {piece(1, kUnitsMax), piece(1)}).error().code,
            "shipping-too-many-items");
  EXPECT_EQ(quote(shipping, to, std::vector<Item>(kItemsMax + 1, piece(1))).error().code,
            "shipping-too-many-items");
}

}  // namespace
}  // namespace geili::shipping
