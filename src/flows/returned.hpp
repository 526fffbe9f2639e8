#pragma once
// What happens to units that fall back: they are held for who waits, in the same transaction, and
// the rooms hear how many are left for everybody else.

#include <chrono>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "orders/order.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// How long units are a buyer's that did not pay yet.
inline constexpr std::chrono::minutes kHoldFor{3};
// Who waited may be looking elsewhere.
inline constexpr std::chrono::minutes kOfferFor{5};

// Returns what is available then.
std::int64_t pass_on(store::Tx& tx, ProductId product, Instant now);

// Cancels an order, gives its units back and takes it out of its parcels; false when it was
// cancelled before. Its money is for flows/pay. Fails with order-status-conflict, and with
// parcel-state-conflict when a parcel of it is under way.
Result<bool> cancel_goods(store::Tx& tx, orders::Order& order, Instant now);

}  // namespace geili::flows
