#include "flows/order_status.hpp"

#include "flows/parcels.hpp"
#include "flows/returned.hpp"
#include "stock/claim.hpp"

namespace geili::flows {
namespace {

Result<orders::Order> advance(store::Tx& tx, orders::Order order, orders::OrderStatus status,
                              Instant now) {
  auto changed = orders::set_status(tx, order, status, now);
  if (!changed) return fail_as(changed);
  if (!*changed) return order;
  if (auto followed = follow_order(tx, order, now); !followed) return fail_as(followed);
  if (status != orders::OrderStatus::cancelled) return order;
  for (const orders::OrderLine& line : order.lines) {
    if (auto released = stock::release(tx, line.claim, now); !released) return fail_as(released);
    pass_on(tx, line.product, now);
  }
  return order;
}

}  // namespace

Result<orders::Order> cancel_order(store::Tx& tx, std::string_view token, const Clock& clock) {
  auto order = orders::find_by_token(tx, token);
  if (!order) return order;
  if (order->status == orders::OrderStatus::packed) {
    return fail(ErrorKind::conflict, "order-status-conflict",
                "An order that is packed is cancelled by its seller alone.");
  }
  return advance(tx, *std::move(order), orders::OrderStatus::cancelled, clock.now());
}

Result<orders::Order> set_order_status(store::Tx& tx, ShopId shop, OrderId order,
                                       orders::OrderStatus status, const Clock& clock) {
  auto found = orders::find_order(tx, shop, order);
  if (!found) return found;
  return advance(tx, *std::move(found), status, clock.now());
}

}  // namespace geili::flows
