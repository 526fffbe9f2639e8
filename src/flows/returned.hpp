#pragma once
// What happens to units that fall back: they are held for who waits, in the same transaction, and
// the rooms hear how many are left for everybody else. Bundles and parents whose stock follows from
// theirs are held and told, too.

#include <chrono>
#include <span>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "orders/order.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// How long units are a buyer's that did not pay yet.
inline constexpr std::chrono::minutes kHoldFor{3};
// Who waited may be looking elsewhere.
inline constexpr std::chrono::minutes kOfferFor{5};

// Returns what is available then. `parts`: what a claim on the bundle `product` took or gave back.
std::int64_t pass_on(store::Tx& tx, ProductId product, std::span<const stock::TakenPart> parts,
                     Instant now);
std::int64_t pass_on(store::Tx& tx, ProductId product, Instant now);

// Tells the rooms what a claim that took units changed beside the product's own stock: its parts,
// and what follows from it or from them. Nothing for most products.
void tell_beside(store::Tx& tx, const stock::Claim& taken, Instant now);

// Cancels an order, gives its units back and takes it out of its parcels; false when it was
// cancelled before. Its money is for flows/pay. Fails with order-status-conflict, and with
// parcel-state-conflict when a parcel of it is under way.
Result<bool> cancel_goods(store::Tx& tx, orders::Order& order, const Clock& clock);

// The goods of an order that was handed over are back: what no return has brought back before goes
// on sale again, once.
Result<void> take_goods_back(store::Tx& tx, const orders::Order& order, Instant now);

}  // namespace geili::flows
