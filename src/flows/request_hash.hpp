#pragma once
// Tells whether two requests with one idempotency key ask for the same.

#include "base/bytes.hpp"
#include "flows/checkout.hpp"

namespace geili::flows {

// SHA-256 over what is asked for; not over its JSON, whose members may come in any order.
Bytes request_hash(const PlaceOrder& request);

}  // namespace geili::flows
