#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "flows/parcels.hpp"

namespace geili::flows {
namespace {

constexpr OrderId kOrder{7};

// In order; where none of it lies there, another order does.
std::vector<shipping::Parcel> parcels_with(const std::vector<std::int64_t>& goods_minor) {
  std::vector<shipping::Parcel> parcels;
  for (const std::int64_t minor : goods_minor) {
    shipping::Parcel parcel{.currency = *Currency::parse("CNY")};
    parcel.orders.push_back({.order = OrderId{8}, .load = {.goods_minor = 900}});
    if (minor > 0) parcel.orders.push_back({.order = kOrder, .load = {.goods_minor = minor}});
    parcels.push_back(std::move(parcel));
  }
  return parcels;
}

std::vector<std::int64_t> shares(std::int64_t discount_minor,
                                 const std::vector<std::int64_t>& goods_minor) {
  const orders::Order order{.id = kOrder,
                            .total = {0, *Currency::parse("CNY")},
                            .discount = {.minor = discount_minor, .title = {}}};
  return discount_by_parcel(order, parcels_with(goods_minor));
}

TEST(DiscountByParcel, GoesWithTheGoodsToTheLastCent) {
  using Minor = std::vector<std::int64_t>;
  EXPECT_EQ(shares(100, {1'000}), Minor{100});
  EXPECT_EQ(shares(100, {500, 500}), (Minor{50, 50}));
  EXPECT_EQ(shares(100, {300, 300, 300}), (Minor{34, 33, 33})) << "the first of equals";
  EXPECT_EQ(shares(100, {100, 200, 400}), (Minor{14, 29, 57}));
  EXPECT_EQ(shares(1, {1, 999}), (Minor{0, 1}));
  EXPECT_EQ(shares(100, {500, 0, 500}), (Minor{50, 0, 50}));
  EXPECT_EQ(shares(0, {500, 500}), (Minor{0, 0}));
  EXPECT_EQ(shares(0, {0, 0}), (Minor{0, 0})) << "goods for nothing";
  EXPECT_EQ(shares(100, {}), Minor{});
}

TEST(DiscountByParcel, AddsUpWhateverTheParts) {
  std::mt19937_64 random(20'261'130);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::int64_t> goods(1 + random() % 12);
    for (std::int64_t& minor : goods) minor = static_cast<std::int64_t>(random() % 100'000);
    const std::int64_t all = std::accumulate(goods.begin(), goods.end(), std::int64_t{0});
    if (all == 0) continue;
    const auto discount = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(all + 1));
    const auto told = shares(discount, goods);
    ASSERT_EQ(told.size(), goods.size());
    EXPECT_EQ(std::accumulate(told.begin(), told.end(), std::int64_t{0}), discount);
    for (std::size_t i = 0; i < goods.size(); ++i) {
      EXPECT_GE(told[i], 0);
      EXPECT_LE(told[i], goods[i]) << "no part costs less than nothing";
      const std::int64_t exact_low = discount * goods[i] / all;
      EXPECT_TRUE(told[i] == exact_low || told[i] == exact_low + 1);
    }
  }
}

}  // namespace
}  // namespace geili::flows
