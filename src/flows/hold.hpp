#pragma once
// "Yours for 2:59": units are held from the tap until they are bought, given back, or the time is
// over; who comes too late waits in line for what falls back.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "stock/claim.hpp"
#include "stock/waitlist.hpp"
#include "store/tx.hpp"

namespace geili::flows {

struct HoldRequest {
  DeviceId device;
  std::optional<ShowId> show;  // it is bought in
  ProductId product;
  std::int64_t quantity = 1;  // 1 to stock::kClaimQuantityMax
};

// A device has one hold for each product: the same again answers it, another quantity or show
// takes its place; both with the time it had. What it has won is held beside that, and answers for
// one piece in the show it was won in. While a deal has units left for the device it is held
// under the deal. Fails with product-unavailable, variant-required,
// show-not-found, show-status-conflict (not live), and as stock::claim(); sold-out tells also how
// many are `waiting`.
Result<stock::Claim> hold(store::Tx& tx, const HoldRequest& request, const Clock& clock);
// Gives the units back. Twice changes nothing. Fails with claim-not-found, also for another's, and
// hold-confirmed for what was bought.
Result<stock::Claim> cancel_hold(store::Tx& tx, DeviceId device, ClaimId claim, const Clock& clock);

// Fails with product-unavailable, variant-required, show-not-found, and as stock::join().
Result<stock::Wait> wait_in_line(store::Tx& tx, const HoldRequest& request, const Clock& clock);

// Ends holds whose time is over; true when there may be more.
bool expire_holds(store::Tx& tx, const Clock& clock);

}  // namespace geili::flows
