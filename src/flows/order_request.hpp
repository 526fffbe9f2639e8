#pragma once
// What a request for an order says, looked at by itself.

#include "base/result.hpp"
#include "flows/checkout.hpp"
#include "orders/order.hpp"

namespace geili::flows {

// The parts of the request that are kept, cleaned. Fails with invalid-field.
Result<orders::NewOrder> check_order_request(const PlaceOrder& request);

}  // namespace geili::flows
