#include "ledger/split.hpp"

#include <array>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/money.hpp"

namespace geili::ledger {
namespace {

TEST(Split, HalvesGoToTheEvenNeighbour) {
  struct Case {
    std::int64_t whole, part, all, share;
  };
  for (const Case& c : std::vector<Case>{
           {5, 1, 10, 0},
           {15, 1, 10, 2},
           {25, 1, 10, 2},
           {35, 1, 10, 4},
           {7, 1, 2, 4},
           {5, 1, 2, 2},
           {101, 250, 10'000, 3},
           {100, 250, 10'000, 2},
           {99, 250, 10'000, 2},
           {0, 3, 7, 0},
           {9, 0, 7, 0},
           {9, 7, 7, 9},
           {9, 0, 0, 0},
           {kMoneyMinorMax, kMoneyMinorMax - 1, kMoneyMinorMax, kMoneyMinorMax - 1}}) {
    EXPECT_EQ(share_of(c.whole, c.part, c.all), c.share)
        << c.whole << " * " << c.part << " / " << c.all;
  }
}

TEST(Split, SharesOfAGrowingPartAddUpToTheWhole) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 1'000; ++round) {
    const auto whole = static_cast<std::int64_t>(random() % 10'000);
    const auto all = static_cast<std::int64_t>(1 + random() % 10'000);
    std::int64_t sum = 0;
    std::int64_t part = 0;
    while (part < all) {
      const std::int64_t next =
          std::min<std::int64_t>(all, part + 1 + static_cast<std::int64_t>(random() % 3'000));
      const std::int64_t delta = share_of(whole, next, all) - share_of(whole, part, all);
      ASSERT_GE(delta, 0);
      sum += delta;
      part = next;
    }
    ASSERT_EQ(sum, whole);
  }
}

TEST(Split, LargestRemaindersGetTheRest) {
  const auto allotted = [](std::int64_t amount, std::vector<std::int64_t> weights) {
    return allot(amount, weights);
  };
  using Parts = std::vector<std::int64_t>;
  EXPECT_EQ(allotted(100, {1, 1, 1}), (Parts{34, 33, 33}));
  EXPECT_EQ(allotted(5, {3, 3, 1}), (Parts{2, 2, 1}));
  EXPECT_EQ(allotted(1, {1, 2, 0}), (Parts{0, 1, 0}));
  EXPECT_EQ(allotted(0, {1, 2}), (Parts{0, 0}));
  EXPECT_EQ(allotted(kMoneyMinorMax, {kMoneyMinorMax, 0}), (Parts{kMoneyMinorMax, 0}));
  std::mt19937_64 random(11);
  for (int round = 0; round < 1'000; ++round) {
    std::array<std::int64_t, 4> weights{};
    for (auto& weight : weights) weight = static_cast<std::int64_t>(random() % 1'000);
    ++weights[0];
    const std::int64_t all = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const auto amount = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(all + 1));
    const auto parts = allot(amount, weights);
    ASSERT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), amount);
    // A part never passes its weight, so a clawback never takes more of a part than is left of it.
    for (std::size_t i = 0; i < weights.size(); ++i) ASSERT_LE(parts[i], weights[i]);
  }
}

TEST(Split, TaxLiesInThePriceOrOnTopOfIt) {
  SaleSplit split{.gross_minor = 13'600,
                  .shipping_minor = 2'000,
                  .tax_minor = 1'876,
                  .shipping_tax_minor = 276,
                  .tax_is = TaxIs::included,
                  .provider_fee_minor = 500,
                  .commission_basis_points = 1'250};
  const auto included = split_sale(split);
  ASSERT_TRUE(included);
  EXPECT_EQ(included->paid, (Paid{10'000, 1'600, 1'724, 276}));
  EXPECT_EQ(included->paid.total_minor(), 13'600);
  EXPECT_EQ(included->commission_minor, 1'250);
  EXPECT_EQ(included->fee_minor, 500);
  split.tax_is = TaxIs::added;
  const auto added = split_sale(split);
  ASSERT_TRUE(added);
  EXPECT_EQ(added->paid, (Paid{11'600, 1'600, 2'000, 276}));
  EXPECT_EQ(added->paid.total_minor(), 15'476);
  EXPECT_EQ(added->commission_minor, 1'450);
}

TEST(Split, BadSplitsAreRefused) {
  const SaleSplit good{.gross_minor = 1'000,
                       .shipping_minor = 200,
                       .tax_minor = 100,
                       .shipping_tax_minor = 20,
                       .commission_basis_points = 10'000};
  ASSERT_TRUE(split_sale(good));
  const auto fault = [&](auto change) {
    SaleSplit split = good;
    change(split);
    const auto parts = split_sale(split);
    return parts ? std::string("taken") : parts.error().fields.front().path;
  };
  EXPECT_EQ(fault([](auto& s) { s.gross_minor = -1; }), "/gross_minor");
  EXPECT_EQ(fault([](auto& s) { s.gross_minor = kMoneyMinorMax + 1; }), "/gross_minor");
  EXPECT_EQ(fault([](auto& s) { s.gross_minor = INT64_MIN; }), "/gross_minor");
  EXPECT_EQ(fault([](auto& s) { s.shipping_minor = 1'001; }), "/shipping_minor");
  EXPECT_EQ(fault([](auto& s) { s.shipping_minor = INT64_MIN; }), "/shipping_minor");
  EXPECT_EQ(fault([](auto& s) { s.tax_minor = 901; }), "/tax_minor");
  EXPECT_EQ(fault([](auto& s) {
              s.shipping_tax_minor = 201;
              s.tax_minor = 300;
            }),
            "/tax_minor");
  EXPECT_EQ(fault([](auto& s) { s.shipping_tax_minor = 101; }), "/shipping_tax_minor");
  EXPECT_EQ(fault([](auto& s) { s.shipping_tax_minor = INT64_MAX; }), "/shipping_tax_minor");
  EXPECT_EQ(fault([](auto& s) { s.provider_fee_minor = -1; }), "/provider_fee_minor");
  EXPECT_EQ(fault([](auto& s) { s.commission_basis_points = 10'001; }), "/commission_basis_points");
  EXPECT_EQ(fault([](auto& s) { s.commission_basis_points = -1; }), "/commission_basis_points");
  EXPECT_EQ(fault([](auto& s) {
              s.shipping_minor = 0;
              s.tax_is = TaxIs::added;
            }),
            "/tax_minor");
  EXPECT_EQ(fault([](auto& s) {
              s.gross_minor = kMoneyMinorMax;
              s.tax_is = TaxIs::added;
            }),
            "/gross_minor");
}

// Whatever order and sizes prices go back in, they bring all tax with them, and never more.
TEST(Split, RefundsOfAllPricesGiveBackAllTax) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 2'000; ++round) {
    const TaxIs tax_is = random() % 2 == 0 ? TaxIs::included : TaxIs::added;
    const auto some = [&](std::int64_t most) {
      return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most + 1));
    };
    const Paid sold{1 + some(900), some(200), 1 + some(300), some(60)};
    const bool in = tax_is == TaxIs::included;
    std::int64_t goods = sold.goods_minor + (in ? sold.goods_tax_minor : 0);
    std::int64_t shipping = sold.shipping_minor + (in ? sold.shipping_tax_minor : 0);
    Paid back;
    while (goods + shipping > 0) {
      const std::int64_t g = some(goods);
      const std::int64_t s = some(shipping);
      const auto part = part_of_prices(sold, back, tax_is, g, s);
      ASSERT_TRUE(part);
      ASSERT_GE(std::min({part->goods_minor, part->goods_tax_minor, part->shipping_minor,
                          part->shipping_tax_minor}),
                0);
      ASSERT_EQ(part->goods_minor + (in ? part->goods_tax_minor : 0), g);
      ASSERT_EQ(part->shipping_minor + (in ? part->shipping_tax_minor : 0), s);
      back = back + *part;
      goods -= g;
      shipping -= s;
    }
    ASSERT_EQ(back, sold);
    ASSERT_FALSE(part_of_prices(sold, back, tax_is, 1, 0));
    ASSERT_FALSE(part_of_prices(sold, back, tax_is, 0, 1));
  }
}

}  // namespace
}  // namespace geili::ledger
