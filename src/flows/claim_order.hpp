#pragma once
// Who came when, for those who want to check it: a show's log with places, and a buyer's own
// claims.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "stock/claim.hpp"
#include "stock/claim_log.hpp"
#include "stock/show_limit.hpp"
#include "stock/waitlist.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// An entry of the log; what begins a claim has its place among those on its product.
struct ClaimInOrder {
  stock::Logged entry;
  std::optional<std::int64_t> place;
  // Since the claim before, or since the product, or its parent, was pinned if that was later; none
  // for the first claim of what was not pinned.
  std::optional<std::int64_t> after_us;
};

// Up to stock::kLogPageMax entries behind the position `after`. Fails with show-not-found.
Result<std::vector<ClaimInOrder>> read_claim_order(store::Tx& tx, ShowId show, std::int64_t after);

// A hold as its buyer sees it.
struct BuyersHold {
  stock::Claim claim;    // after_us as ClaimInOrder says
  bool offered = false;  // it fell back to a buyer who waited
  std::optional<std::int64_t> units_per_buyer_max;
  // Of one piece, where that is not the product's: it is held under a deal, or was won.
  std::optional<Money> price = {};
};
BuyersHold view_hold(store::Tx& tx, stock::Claim claim);

struct BuyersHolds {
  std::vector<BuyersHold> holds;   // at most stock::kHoldsPerBuyerMax and what was offered
  std::vector<stock::Wait> waits;  // still waiting, newest first
};
// The device's, in the show or in all.
BuyersHolds list_holds(store::Tx& tx, DeviceId device, std::optional<ShowId> show,
                       const Clock& clock);

// Replaces the limit of a product that is in the show's bag, or whose parent is, and returns how it
// stands. Fails with show-not-found, show-ended, product-not-in-bag, variant-required, and as
// stock::set_limit().
Result<stock::ShowCount> set_show_limit(store::Tx& tx, ShowId show, ProductId product,
                                        const stock::ShowLimit& limit, const Clock& clock);

}  // namespace geili::flows
