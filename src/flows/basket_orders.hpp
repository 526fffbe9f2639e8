#pragma once
// What the orders of a basket share: keys that follow from the basket's, and the hash of it all.

#include <vector>

#include "base/result.hpp"
#include "flows/checkout.hpp"

namespace geili::flows {

// The requests, ready for checkout_basket(). The first one's idempotency_key is the basket's. Fails
// with invalid-field (/orders, /orders/<n>/shop_id) when there are none, more than
// kBasketOrdersMax, or two of one shop.
Result<std::vector<PlaceOrder>> basket_orders(std::vector<PlaceOrder> requests);

}  // namespace geili::flows
