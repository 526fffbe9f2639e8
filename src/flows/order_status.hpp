#pragma once
// What happens to an order after it is placed. A cancelled order gives its units back, the rooms
// hear of it, and what was paid goes back. Its parcels keep step (flows/parcels.hpp).

#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "orders/order.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// By the buyer, who knows the token; only while it is placed. Cancelling twice changes nothing.
// Fails with order-not-found, order-status-conflict.
Result<orders::Order> cancel_order(store::Tx& tx, std::string_view token, const Clock& clock);

// By the shop. Fails with order-not-found, order-status-conflict, order-not-paid (packing what is
// paid beforehand); repeating a status changes nothing.
Result<orders::Order> set_order_status(store::Tx& tx, ShopId shop, OrderId order,
                                       orders::OrderStatus status, const Clock& clock);

}  // namespace geili::flows
