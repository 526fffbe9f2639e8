#include "flows/order_status.hpp"

#include "flows/news.hpp"
#include "flows/parcels.hpp"
#include "flows/pay.hpp"
#include "flows/returned.hpp"

namespace geili::flows {
namespace {

// A cancelled order gives its units back, and the money that came for it.
Result<orders::Order> cancel(store::Tx& tx, orders::Order order, payments::RefundReason reason,
                             const Clock& clock) {
  auto changed = cancel_goods(tx, order, clock);
  if (!changed) return fail_as(changed);
  if (!*changed) return order;
  if (auto ended = call_off(tx, order, reason, clock); !ended) return fail_as(ended);
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
  return cancel(tx, *std::move(order), payments::RefundReason::buyer, clock);
}

Result<orders::Order> set_order_status(store::Tx& tx, ShopId shop, OrderId order,
                                       orders::OrderStatus status, const Clock& clock) {
  auto found = orders::find_order(tx, shop, order);
  if (!found) return found;
  if (status == orders::OrderStatus::cancelled) {
    return cancel(tx, *std::move(found), payments::RefundReason::seller, clock);
  }
  if (found->status != status) {
    if (auto paid = check_paid(tx, *found); !paid) return fail_as(paid);
  }
  auto changed = orders::set_status(tx, *found, status, clock.now());
  if (!changed) return fail_as(changed);
  if (!*changed) return found;
  tell_order_status(tx, *found, clock.now());
  if (auto followed = follow_order(tx, *found, clock); !followed) return fail_as(followed);
  return found;
}

}  // namespace geili::flows
