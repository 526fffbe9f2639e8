// What an order's life leaves in the co-operative's books.
#include "flows/books.hpp"

#include <optional>
#include <string>
#include <vector>

#include "flows/test_market.hpp"
#include "ledger/account.hpp"
#include "ledger/commission.hpp"
#include "ledger/sale.hpp"
#include "ledger/statement.hpp"
#include "ledger/verify.hpp"
#include "orders/order.hpp"

namespace geili::flows {
namespace {

using orders::OrderStatus;

class BooksOfSales : public Market {
 protected:
  orders::Order placed() {
    static int keys = 0;
    return place(wish(1, "of-books-" + std::to_string(++keys)))->order;
  }
  Result<orders::Order> set(const orders::Order& order, OrderStatus status) {
    return write(
        [&](Tx& tx) { return set_order_status(tx, order.shop, order.id, status, clock_); });
  }
  void hand_over(const orders::Order& order) {
    ASSERT_TRUE(set(order, OrderStatus::packed));
    ASSERT_TRUE(set(order, OrderStatus::handed_over));
  }
  void charge(std::int64_t basis_points) {
    ASSERT_TRUE(write(
        [&](Tx& tx) { return ledger::set_commission(tx, shop_, basis_points, clock_.now()); }));
  }
  auto selling(const orders::Order& order, const SaleMoney& money) {
    return [=, this](Tx& tx) -> Result<int> {
      auto posted = record_sale(tx, order, money, clock_.now());
      if (!posted) return fail_as(posted);
      return 0;
    };
  }
  auto refunding(const orders::Order& order, const SaleRefund& refund) {
    return [=, this](Tx& tx) -> Result<int> {
      auto posted = record_refund(tx, order, refund, clock_.now());
      if (!posted) return fail_as(posted);
      return 0;
    };
  }
  std::int64_t balance() {
    return *read([&](Tx& tx) -> Result<std::int64_t> {
      return ledger::seller_balance(tx, shop_, kCny).minor;
    });
  }
  ledger::Earnings earned() {
    return *read([&](Tx& tx) -> Result<ledger::Earnings> {
      return ledger::earnings(tx, shop_, show_, kCny);
    });
  }
  std::int64_t entries() {
    return *read([](Tx& tx) -> Result<std::int64_t> { return ledger::head(tx).number.value; });
  }
  void TearDown() override {
    const auto findings =
        *read([](Tx& tx) -> Result<std::vector<ledger::Finding>> { return ledger::verify(tx); });
    EXPECT_TRUE(findings.empty()) << findings[0].fault << " at " << findings[0].subject;
  }
};

TEST_F(BooksOfSales, AnOrderIsPostedWhenItIsHandedOverAndNotBefore) {
  const auto order = placed();
  ASSERT_TRUE(set(order, OrderStatus::packed));
  EXPECT_EQ(entries(), 0);
  ASSERT_TRUE(set(order, OrderStatus::handed_over));
  EXPECT_EQ(entries(), 1);
  EXPECT_EQ(earned().gross_minor, kPrice);
  EXPECT_EQ(earned().units, 1);
  EXPECT_EQ(earned().net_minor, kPrice);
  // Cash in hand: nobody owes anybody.
  EXPECT_EQ(balance(), 0);
  ASSERT_TRUE(set(order, OrderStatus::handed_over));
  EXPECT_EQ(entries(), 1);
}

TEST_F(BooksOfSales, TheHouseholdOwesTheCommissionOfWhatItTookInCash) {
  charge(250);
  hand_over(placed());
  EXPECT_EQ(balance(), -kPrice * 250 / 10'000);
  EXPECT_EQ(earned().net_minor, kPrice - kPrice * 250 / 10'000);
}

TEST_F(BooksOfSales, ACommissionIsForLaterSalesAlone) {
  hand_over(placed());
  charge(1'000);
  EXPECT_EQ(balance(), 0);
  hand_over(placed());
  EXPECT_EQ(balance(), -kPrice / 10);
}

TEST_F(BooksOfSales, ACommissionIsBetweenNothingAndAll) {
  for (const std::int64_t wrong : {-1, 10'001}) {
    EXPECT_EQ(field_of(refused(
                  [&](Tx& tx) { return ledger::set_commission(tx, shop_, wrong, clock_.now()); })),
              "/basis_points");
  }
}

TEST_F(BooksOfSales, WhatAProviderHoldsIsOwedToTheHousehold) {
  charge(1'000);
  const auto order = placed();
  const SaleMoney money{.provider = "stripe", .shipping_minor = 800, .provider_fee_minor = 100};
  ASSERT_TRUE(write(selling(order, money)));
  EXPECT_EQ(balance(), kPrice - (kPrice - 800) / 10 - 100);
}

TEST_F(BooksOfSales, APaymentToldTwiceIsOneSaleThoughTheCommissionChanged) {
  const auto order = placed();
  const SaleMoney money{.provider = "stripe", .provider_fee_minor = 100};
  ASSERT_TRUE(write(selling(order, money)));
  charge(500);
  ASSERT_TRUE(write(selling(order, money)));
  EXPECT_EQ(entries(), 1);
  for (const SaleMoney& other :
       {SaleMoney{.provider = "mercado_pago", .provider_fee_minor = 100},
        SaleMoney{.provider = "stripe", .provider_fee_minor = 99},
        SaleMoney{.provider = "stripe", .shipping_minor = 1, .provider_fee_minor = 100}}) {
    EXPECT_EQ(refused(selling(order, other)).code, "ledger-source-reused");
  }
}

TEST_F(BooksOfSales, ARefundGivesBackGoodsFirstAndOnce) {
  charge(1'000);
  const auto order = placed();
  ASSERT_TRUE(write(selling(order, {.provider = "stripe", .shipping_minor = 800})));
  const SaleRefund most{.id = "re_1", .amount_minor = kPrice - 500};
  ASSERT_TRUE(write(refunding(order, most)));
  EXPECT_EQ(earned().refunds_minor, kPrice - 500);
  EXPECT_EQ(earned().shipping_back_minor, 300);
  EXPECT_EQ(balance(), 500);
  ASSERT_TRUE(write(refunding(order, {.id = "re_2", .amount_minor = 500})));
  EXPECT_EQ(balance(), 0);
  // Told again, after another has changed what is left.
  ASSERT_TRUE(write(refunding(order, most)));
  EXPECT_EQ(entries(), 3);
  EXPECT_EQ(refused(refunding(order, {.id = "re_1", .amount_minor = 1})).code,
            "ledger-source-reused");
  EXPECT_EQ(refused(refunding(order, {.id = "re_3", .amount_minor = 1})).code,
            "refund-exceeds-sale");
}

TEST_F(BooksOfSales, NothingGoesBackOfWhatWasNeverSold) {
  EXPECT_EQ(refused(refunding(placed(), {.id = "re_1", .amount_minor = 1})).code,
            "ledger-sale-not-found");
}

TEST_F(BooksOfSales, ACancelledOrderThatWasNotPaidLeavesNoTrace) {
  const auto order = placed();
  ASSERT_TRUE(set(order, OrderStatus::cancelled));
  EXPECT_EQ(entries(), 0);
}

TEST_F(BooksOfSales, AnOrderForNothingIsNotPosted) {
  const ProductId gift = *write([&](Tx& tx) -> Result<ProductId> {
    auto made = create_product(tx, {.shop = shop_, .title = "Gift", .price = {0, kCny}}, 5, clock_);
    if (!made) return fail_as(made);
    return made->id;
  });
  PlaceOrder request = wish(1, "books-gift-1");
  request.lines = {{gift, 1}};
  request.expected_total.minor = 0;
  hand_over(place(request)->order);
  EXPECT_EQ(entries(), 0);
}

TEST_F(BooksOfSales, DemoSalesNeverReachTheBooks) {
  const auto order = placed();
  ASSERT_TRUE(write([&](Tx& tx) -> Result<std::int64_t> {
    return tx.exec("UPDATE shop SET demo = 1 WHERE id = $1", shop_);
  }));
  ASSERT_TRUE(write(selling(order, {.provider = "stripe"})));
  ASSERT_TRUE(write(refunding(order, {.id = "re_1", .amount_minor = 300})));
  hand_over(order);
  EXPECT_EQ(entries(), 0);
}

TEST_F(BooksOfSales, AnErrorInTheBooksUndoesTheHandOver) {
  const auto order = placed();
  ASSERT_TRUE(set(order, OrderStatus::packed));
  // An account with no room left for the sale.
  hand_over(placed());
  ASSERT_TRUE(write([&](Tx& tx) -> Result<std::int64_t> {
    return tx.exec("UPDATE ledger_account SET debits_minor = $1, credits_minor = $1",
                   ledger::kAccountMinorMax);
  }));
  EXPECT_EQ(set(order, OrderStatus::handed_over).error().code, "ledger-account-full");
  const auto after = *read([&](Tx& tx) { return orders::find_order(tx, shop_, order.id); });
  EXPECT_EQ(after.status, OrderStatus::packed);
  ASSERT_TRUE(write([](Tx& tx) -> Result<std::int64_t> {
    return tx.exec("UPDATE ledger_account SET debits_minor = $1, credits_minor = $1", kPrice);
  }));
}

}  // namespace
}  // namespace geili::flows
