#include <array>
#include <cstdint>

#include "orders/order_row.hpp"
#include "store/currency.hpp"

namespace geili::orders {
namespace {

std::unexpected<Error> no_order() {
  return fail(ErrorKind::not_found, "order-not-found", "There is no such order.");
}

Result<Order> with_details(store::Tx& tx, std::optional<Order> found) {
  if (!found) return no_order();
  read_details(tx, *found);
  return *std::move(found);
}

Page<Order> with_details(store::Tx& tx, Page<Order> page, std::string_view list,
                         const PageRequest& request) {
  end_page(page, list, request, [](const Order& order) { return std::array{order.id.value}; });
  for (Order& order : page.items) read_details(tx, order);
  return page;
}

}  // namespace

Order read_order(const store::Row& row) {
  const Instant placed_at = row.instant(15);
  return {.id = row.id<OrderId>(0),
          .token = row.string(1),
          .shop = row.id<ShopId>(2),
          .show = row.optional_id<ShowId>(3),
          .device = row.id<DeviceId>(4),
          .number = row.integer(5),
          .status = *parse_order_status(row.text(6)),
          .lines = {},
          .total = {row.integer(7), store::stored_currency(row.text(8))},
          .shipping_minor = row.integer(16),
          .discount = {.minor = row.integer(19),
                       .title = row.string(20),
                       .coupon = row.optional_id<CouponClaimId>(21)},
          .fulfilment = *parse_fulfilment(row.text(9)),
          .buyer = {.name = row.string(10),
                    .phone = row.string(11),
                    .address = row.string(12),
                    .country = row.string(13),
                    .postal_code = row.string(17)},
          .pickup_place = row.string(18),
          .note = row.string(14),
          .placed_at = placed_at,
          .history = {{OrderStatus::placed, placed_at}}};
}

void read_details(store::Tx& tx, Order& order) {
  tx.each(
      [&](const store::Row& row) {
        order.lines.push_back({.product = row.id<ProductId>(0),
                               .title = row.string(1),
                               .quantity = row.integer(2),
                               .unit_price = {row.integer(3), order.total.currency},
                               .photo = row.optional_id<PhotoId>(4),
                               .claim = row.id<ClaimId>(5)});
      },
      "SELECT product_id, title, quantity, unit_price_minor, photo_id, claim_id"
      " FROM shop_order_line WHERE order_id = $1 ORDER BY position",
      order.id);
  tx.each(
      [&](const store::Row& row) {
        order.history.push_back({*parse_order_status(row.text(0)), row.instant(1)});
      },
      "SELECT status, changed_at FROM shop_order_change WHERE order_id = $1 ORDER BY id", order.id);
}

constexpr std::string_view kFindByIntent =
    "SELECT id, shop_id, CASE WHEN request_hash = $3 THEN 1 ELSE 0 END FROM shop_order"
    " WHERE device_id = $1 AND idempotency_key = $2";

void foresee_intent(store::Tx& tx, const Intent& intent) {
  tx.ahead(kFindByIntent, intent.device, intent.key, intent.request_hash);
}

Result<std::optional<Order>> find_by_intent(store::Tx& tx, const Intent& intent) {
  struct Before {
    OrderId order;
    ShopId shop;
    bool same;
  };
  const auto before = tx.one(
      [](const store::Row& row) {
        return Before{row.id<OrderId>(0), row.id<ShopId>(1), row.boolean(2)};
      },
      kFindByIntent, intent.device, intent.key, intent.request_hash);
  if (!before) return std::nullopt;
  if (!before->same) {
    return fail(ErrorKind::unprocessable, "idempotency-key-reused",
                "The key was used for another order.");
  }
  auto order = find_order(tx, before->shop, before->order);
  if (!order) return fail_as(order);
  return *std::move(order);
}

Result<Order> find_order(store::Tx& tx, ShopId shop, OrderId order) {
  return with_details(
      tx, tx.one(read_order,
                 "SELECT " GEILI_ORDER_COLUMNS " FROM shop_order WHERE id = $1 AND shop_id = $2",
                 order, shop));
}

Result<Order> find_by_token(store::Tx& tx, std::string_view token) {
  return with_details(
      tx,
      tx.one(read_order, "SELECT " GEILI_ORDER_COLUMNS " FROM shop_order WHERE token = $1", token));
}

Result<Page<Order>> list_by_shop(store::Tx& tx, ShopId shop, const OrderFilter& filter,
                                 const PageRequest& page) {
  constexpr std::string_view kList = "orders";
  auto start = page_start(kList, page, {INT64_MAX});
  if (!start) return fail_as(start);
  const std::int64_t before = start->front();
  const int rows = page.limit + 1;
  const std::string_view status = filter.status ? to_text(*filter.status) : "";
  Page<Order> found;
  const auto keep = [&](const store::Row& row) { found.items.push_back(read_order(row)); };
  if (filter.show && filter.status) {
    tx.each(keep,
            "SELECT " GEILI_ORDER_COLUMNS
            " FROM shop_order WHERE show_id = $1 AND shop_id = $2 AND status = $3 AND id < $4"
            " ORDER BY id DESC LIMIT $5",
            *filter.show, shop, status, before, rows);
  } else if (filter.show) {
    tx.each(keep,
            "SELECT " GEILI_ORDER_COLUMNS
            " FROM shop_order WHERE show_id = $1 AND shop_id = $2 AND id < $3"
            " ORDER BY id DESC LIMIT $4",
            *filter.show, shop, before, rows);
  } else if (filter.status) {
    tx.each(keep,
            "SELECT " GEILI_ORDER_COLUMNS
            " FROM shop_order WHERE shop_id = $1 AND status = $2 AND id < $3"
            " ORDER BY id DESC LIMIT $4",
            shop, status, before, rows);
  } else {
    tx.each(keep,
            "SELECT " GEILI_ORDER_COLUMNS
            " FROM shop_order WHERE shop_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            shop, before, rows);
  }
  return with_details(tx, std::move(found), kList, page);
}

Result<Page<Order>> list_by_device(store::Tx& tx, DeviceId device, const PageRequest& page) {
  constexpr std::string_view kList = "device-orders";
  auto start = page_start(kList, page, {INT64_MAX});
  if (!start) return fail_as(start);
  Page<Order> found;
  tx.each([&](const store::Row& row) { found.items.push_back(read_order(row)); },
          "SELECT " GEILI_ORDER_COLUMNS
          " FROM shop_order WHERE device_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
          device, start->front(), page.limit + 1);
  return with_details(tx, std::move(found), kList, page);
}

}  // namespace geili::orders
