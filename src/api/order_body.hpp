#pragma once
// What one order of a request asks for, alone or in a basket.

#include "flows/checkout.hpp"
#include "identity/devices.hpp"
#include "net/json_reader.hpp"

namespace geili::api {

// All but the key, and the show and the buyer, which the orders of a basket share.
flows::PlaceOrder read_order(net::ObjectReader& body);
void name_buyer(flows::PlaceOrder& order, const identity::Device& device);

}  // namespace geili::api
