#pragma once
// What a shop sold in a show, summed for the report of it. Orders that were cancelled are left out;
// takings are the prices of goods, without shipping and before coupons.

#include <cstdint>
#include <functional>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "store/tx.hpp"

namespace geili::orders {

struct Sales {
  std::int64_t orders = 0;
  std::int64_t buyers = 0;  // devices, each once
  std::int64_t units = 0;
  std::int64_t takings_minor = 0;
};
// What coupons took off the orders of the show, which takings still hold.
std::int64_t discounts_of_show(store::Tx& tx, ShopId shop, ShowId show);
Sales sales_of_show(store::Tx& tx, ShopId shop, ShowId show);

struct ProductSales {
  ProductId product;
  Sales sales;
};
// The most takings first.
std::vector<ProductSales> sales_by_product(store::Tx& tx, ShopId shop, ShowId show);

struct MinuteSales {
  std::int64_t minute = 0;  // after `from`; what was ordered before it is left out
  std::int64_t orders = 0;
  std::int64_t units = 0;
  std::int64_t takings_minor = 0;
};
// Oldest first, without minutes in which nothing was sold.
std::vector<MinuteSales> sales_by_minute(store::Tx& tx, ShopId shop, ShowId show, Instant from);

struct OrderSales {
  Instant placed_at;
  std::int64_t units = 0;
  std::int64_t takings_minor = 0;
};
// Each order, oldest first.
void each_sale(store::Tx& tx, ShopId shop, ShowId show,
               const std::function<void(const OrderSales&)>& take);

}  // namespace geili::orders
