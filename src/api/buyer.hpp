#pragma once
// The buyer in a request: an address as text, or by its country's parts.

#include <string_view>

#include "net/json_reader.hpp"
#include "orders/buyer.hpp"

namespace geili::api {

// How much must be there: a quote is asked for while the form is still being filled in.
enum class BuyerNeeds : bool { all, country_alone };

// Of `postal_address` in `body`, lines and postal code are kept; its faults are noted below it.
orders::Buyer read_buyer(net::ObjectReader& body, BuyerNeeds needs = BuyerNeeds::all);

}  // namespace geili::api
