#include "orders/order.hpp"

#include <array>

#include "base/random.hpp"
#include "orders/order_row.hpp"

namespace geili::orders {
namespace {

constexpr std::array<std::string_view, 4> kStatuses{"placed", "packed", "handed_over", "cancelled"};

void add_line(store::Tx& tx, OrderId order, std::int64_t position, const OrderLine& line) {
  tx.later(
      "INSERT INTO shop_order_line"
      " (order_id, position, product_id, claim_id, title, quantity, unit_price_minor, photo_id)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      order, position, line.product, line.claim, line.title, line.quantity, line.unit_price.minor,
      line.photo);
}

bool may_follow(OrderStatus from, OrderStatus to) {
  switch (to) {
    case OrderStatus::placed:
      return false;
    case OrderStatus::packed:
      return from == OrderStatus::placed;
    case OrderStatus::handed_over:
      return from == OrderStatus::packed;
    case OrderStatus::cancelled:
      return from == OrderStatus::placed || from == OrderStatus::packed;
  }
  return false;
}

}  // namespace

std::string_view to_text(OrderStatus status) {
  return kStatuses[static_cast<std::size_t>(status)];
}

std::optional<OrderStatus> parse_order_status(std::string_view text) {
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    if (kStatuses[i] == text) return static_cast<OrderStatus>(i);
  }
  return std::nullopt;
}

Result<Order> place_order(store::Tx& tx, const Intent& intent, const NewOrder& order, Instant now) {
  Order placed{.id = {},
               .token = random_token(),
               .shop = order.shop,
               .show = order.show,
               .device = intent.device,
               .number = order.number,
               .status = OrderStatus::placed,
               .lines = order.lines,
               .total = order.total,
               .shipping_minor = order.shipping_minor,
               .discount = order.discount,
               .fulfilment = order.fulfilment,
               .buyer = order.buyer,
               .pickup_place = order.pickup_place,
               .note = order.note,
               .placed_at = now,
               .history = {{OrderStatus::placed, now}}};
  const auto id = tx.insert(
      "INSERT INTO shop_order (token, shop_id, show_id, device_id, idempotency_key, request_hash,"
      " number, status, total_minor, currency, fulfilment, buyer_name, buyer_phone, buyer_address,"
      " buyer_country, note, placed_at, shipping_minor, buyer_postal_code, pickup_place,"
      " discount_minor, discount_title, coupon_claim_id)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
      " $19, $20, $21, $22, $23)"
      " ON CONFLICT (device_id, idempotency_key) DO NOTHING RETURNING id",
      placed.token, placed.shop, placed.show, placed.device, intent.key, intent.request_hash,
      placed.number, to_text(placed.status), placed.total.minor, placed.total.currency.code(),
      to_text(placed.fulfilment), placed.buyer.name, placed.buyer.phone, placed.buyer.address,
      placed.buyer.country, placed.note, now, placed.shipping_minor, placed.buyer.postal_code,
      placed.pickup_place, placed.discount.minor, placed.discount.title, placed.discount.coupon);
  if (!id) {
    return fail(ErrorKind::conflict, "request-in-flight",
                "The same order is being placed just now.");
  }
  placed.id = OrderId{*id};
  std::int64_t position = 0;
  for (const OrderLine& line : placed.lines) add_line(tx, placed.id, position++, line);
  return placed;
}

std::int64_t next_shop_number(store::Tx& tx, ShopId shop) {
  return *tx.integer(
      "INSERT INTO shop_order_counter (shop_id, last_number) VALUES ($1, 1)"
      " ON CONFLICT (shop_id) DO UPDATE SET last_number = shop_order_counter.last_number + 1"
      " RETURNING last_number",
      shop);
}

Result<bool> set_status(store::Tx& tx, Order& order, OrderStatus status, Instant now) {
  if (order.status == status) return false;
  // The state is checked again where it changes: another transaction may have been faster.
  if (!may_follow(order.status, status) ||
      tx.exec("UPDATE shop_order SET status = $2 WHERE id = $1 AND status = $3", order.id,
              to_text(status), to_text(order.status)) == 0) {
    return fail(ErrorKind::conflict, "order-status-conflict",
                "An order that is " + std::string(to_text(order.status)) + " cannot become " +
                    std::string(to_text(status)) + ".");
  }
  tx.exec("INSERT INTO shop_order_change (order_id, status, changed_at) VALUES ($1, $2, $3)",
          order.id, to_text(status), now);
  order.status = status;
  order.history.push_back({status, now});
  return true;
}

bool unpack(store::Tx& tx, Order& order) {
  if (tx.exec("UPDATE shop_order SET status = 'placed' WHERE id = $1 AND status = 'packed'",
              order.id) == 0) {
    return false;
  }
  tx.exec("DELETE FROM shop_order_change WHERE order_id = $1 AND status = 'packed'", order.id);
  order.status = OrderStatus::placed;
  std::erase_if(order.history,
                [](const StatusChange& change) { return change.status == OrderStatus::packed; });
  return true;
}

std::int64_t goods_minor(const Order& order) {
  std::int64_t sum_minor = 0;
  for (const OrderLine& line : order.lines) sum_minor += line.unit_price.minor * line.quantity;
  return sum_minor;
}

Result<void> amend_order(store::Tx& tx, const Order& order) {
  if (tx.exec("UPDATE shop_order SET note = $2, total_minor = $3, shipping_minor = $4,"
              " discount_minor = $5 WHERE id = $1 AND status = 'placed'",
              order.id, order.note, order.total.minor, order.shipping_minor,
              order.discount.minor) == 0) {
    return fail(ErrorKind::conflict, "order-status-conflict",
                "Only an order that is not packed yet is changed.");
  }
  std::int64_t position = 0;
  for (const OrderLine& line : order.lines) {
    tx.exec(
        "UPDATE shop_order_line SET quantity = $3, claim_id = $4"
        " WHERE order_id = $1 AND position = $2",
        order.id, position++, line.quantity, line.claim);
  }
  return {};
}

Result<void> reopen(store::Tx& tx, Order& order) {
  if (tx.exec("UPDATE shop_order SET status = 'placed' WHERE id = $1 AND status = 'cancelled'",
              order.id) == 0) {
    return fail(ErrorKind::conflict, "order-status-conflict", "The order is not cancelled.");
  }
  tx.exec("DELETE FROM shop_order_change WHERE order_id = $1", order.id);
  std::int64_t position = 0;
  for (const OrderLine& line : order.lines) {
    tx.exec("UPDATE shop_order_line SET claim_id = $3 WHERE order_id = $1 AND position = $2",
            order.id, position++, line.claim);
  }
  order.status = OrderStatus::placed;
  order.history = {{OrderStatus::placed, order.placed_at}};
  return {};
}

bool has_bought(store::Tx& tx, ShopId shop, DeviceId device) {
  return tx
      .integer(
          "SELECT 1 FROM shop_order WHERE device_id = $1 AND shop_id = $2"
          " AND status <> 'cancelled' LIMIT 1",
          device, shop)
      .has_value();
}

bool has_bought_in(store::Tx& tx, ShowId show, DeviceId device) {
  return tx
      .integer(
          "SELECT id FROM shop_order WHERE device_id = $1 AND show_id = $2"
          " AND status <> 'cancelled' LIMIT 1",
          device, show)
      .has_value();
}

void erase_orders(store::Tx& tx, ShopId shop) {
  tx.exec(
      "DELETE FROM shop_order_change"
      " WHERE order_id IN (SELECT id FROM shop_order WHERE shop_id = $1)",
      shop);
  tx.exec(
      "DELETE FROM shop_order_line"
      " WHERE order_id IN (SELECT id FROM shop_order WHERE shop_id = $1)",
      shop);
  tx.exec("DELETE FROM shop_order WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM shop_order_counter WHERE shop_id = $1", shop);
}

}  // namespace geili::orders
