#pragma once
// Parcels and the orders in them keep step: an order is packed when all its parcels are, handed
// over when all have left; and a parcel is packed or handed over with the last of its orders.

#include <cstdint>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "orders/order.hpp"
#include "shipping/parcel.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// By the shop: packed, open again, delivered, returned. Repeating the state it has changes nothing.
// Fails with parcel-not-found, parcel-state-conflict, order-not-paid (of an order in it), and
// invalid-field for a state that is reached otherwise.
Result<shipping::Parcel> set_parcel_state(store::Tx& tx, ShopId shop, shipping::ParcelId parcel,
                                          shipping::ParcelState state, const Clock& clock);

// Hands a packed parcel over, or corrects how a shipped one was. Fails with parcel-not-found,
// parcel-state-conflict, invalid-field.
Result<shipping::Parcel> hand_over_parcel(store::Tx& tx, ShopId shop, shipping::ParcelId parcel,
                                          const shipping::Handover& handover, const Clock& clock);

// Brings the parcels of an order up to the status that it was just given; a cancelled one lies in
// none. An order in cash whose goods are with the buyer now is paid, and so are those that left
// with it or were waiting for it. Fails with parcel-state-conflict when it is cancelled and a
// parcel is under way, and as take_cash().
Result<void> follow_order(store::Tx& tx, const orders::Order& order, const Clock& clock);

// What of the order's discount belongs to each of its parcels, in their order: in the proportion of
// the goods that lie there, by largest remainder, so that it adds up to the discount. `parcels` are
// all of the order's (shipping::parcels_of_order).
std::vector<std::int64_t> discount_by_parcel(const orders::Order& order,
                                             std::span<const shipping::Parcel> parcels);

}  // namespace geili::flows
