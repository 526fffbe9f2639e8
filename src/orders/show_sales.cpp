#include "orders/show_sales.hpp"

namespace geili::orders {
namespace {

#define GEILI_SALES                                    \
  "COUNT(DISTINCT o.id), COUNT(DISTINCT o.device_id)," \
  " CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT),"     \
  " CAST(COALESCE(SUM(l.quantity * l.unit_price_minor), 0) AS BIGINT)"

#define GEILI_SOLD_IN_SHOW                                         \
  " FROM shop_order o JOIN shop_order_line l ON l.order_id = o.id" \
  " WHERE o.show_id = $1 AND o.shop_id = $2 AND o.status <> 'cancelled'"

Sales read_sales(const store::Row& row, int first) {
  return {.orders = row.integer(first),
          .buyers = row.integer(first + 1),
          .units = row.integer(first + 2),
          .takings_minor = row.integer(first + 3)};
}

}  // namespace

std::int64_t discounts_of_show(store::Tx& tx, ShopId shop, ShowId show) {
  return *tx.integer(
      "SELECT CAST(COALESCE(SUM(discount_minor), 0) AS BIGINT) FROM shop_order"
      " WHERE show_id = $1 AND shop_id = $2 AND status <> 'cancelled'",
      show, shop);
}

Sales sales_of_show(store::Tx& tx, ShopId shop, ShowId show) {
  return tx
      .one([](const store::Row& row) { return read_sales(row, 0); },
           "SELECT " GEILI_SALES GEILI_SOLD_IN_SHOW, show, shop)
      .value_or(Sales{});
}

std::vector<ProductSales> sales_by_product(store::Tx& tx, ShopId shop, ShowId show) {
  std::vector<ProductSales> all;
  tx.each(
      [&](const store::Row& row) {
        all.push_back({.product = row.id<ProductId>(0), .sales = read_sales(row, 1)});
      },
      "SELECT l.product_id, " GEILI_SALES GEILI_SOLD_IN_SHOW
      " GROUP BY l.product_id ORDER BY 5 DESC, 1",
      show, shop);
  return all;
}

std::vector<MinuteSales> sales_by_minute(store::Tx& tx, ShopId shop, ShowId show, Instant from) {
  std::vector<MinuteSales> all;
  tx.each(
      [&](const store::Row& row) {
        const Sales sales = read_sales(row, 1);
        all.push_back({.minute = row.integer(0),
                       .orders = sales.orders,
                       .units = sales.units,
                       .takings_minor = sales.takings_minor});
      },
      "SELECT (o.placed_at - $3) / 60000000 AS minute, " GEILI_SALES GEILI_SOLD_IN_SHOW
      " AND o.placed_at >= $3 GROUP BY 1 ORDER BY 1",
      show, shop, from);
  return all;
}

void each_sale(store::Tx& tx, ShopId shop, ShowId show,
               const std::function<void(const OrderSales&)>& take) {
  tx.each(
      [&](const store::Row& row) {
        const Sales sales = read_sales(row, 2);
        take({.placed_at = row.instant(0),
              .units = sales.units,
              .takings_minor = sales.takings_minor});
      },
      "SELECT o.placed_at, o.id, " GEILI_SALES GEILI_SOLD_IN_SHOW
      " GROUP BY o.placed_at, o.id ORDER BY 1, 2",
      show, shop);
}

}  // namespace geili::orders
