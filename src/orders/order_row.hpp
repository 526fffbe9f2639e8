#pragma once
// How an order is read back; shared by the files of this room.

#include <string_view>

#include "orders/order.hpp"
#include "store/tx.hpp"

namespace geili::orders {

// The columns that read_order() takes, in their order. A macro, since a statement is one constant
// text.
#define GEILI_ORDER_COLUMNS                                                                     \
  "id, token, shop_id, show_id, device_id, number, status, total_minor, currency, fulfilment, " \
  "buyer_name, buyer_phone, buyer_address, buyer_country, note, placed_at, "                    \
  "shipping_minor, buyer_postal_code, pickup_place, discount_minor, discount_title, "           \
  "coupon_claim_id"

// Without lines and the changes of its status.
Order read_order(const store::Row& row);
// Adds them.
void read_details(store::Tx& tx, Order& order);

}  // namespace geili::orders
