#pragma once
// What a provider shows to the buyer of an order: the same each time it is asked.

#include <string_view>

#include "base/result.hpp"
#include "orders/order.hpp"
#include "payments/ask.hpp"
#include "payments/shop_providers.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// `reference` is the payment's own; the page the buyer comes back to is found by it.
Result<payments::Purchase> purchase_of(store::Tx& tx, const orders::Order& order,
                                       std::string_view reference, const payments::Site& site);

}  // namespace geili::flows
