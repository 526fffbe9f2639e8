#pragma once
// Flash deals in a show: announced, ended and withdrawn, and what a product costs a buyer while one
// runs.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "stock/claim.hpp"
#include "stock/deal.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// The room hears of it. Fails with show-not-found, show-status-conflict (not live),
// product-unavailable, variant-required, product-not-in-bag, invalid-field at /price/minor (not
// below the product's), /price/currency and /units (more than there are), and as
// stock::announce_deal().
Result<stock::Deal> announce_deal(store::Tx& tx, const stock::NewDeal& deal, const Clock& clock);
// What is held under it keeps its price. Fails with deal-not-found.
Result<stock::Deal> withdraw_deal(store::Tx& tx, ShowId show, stock::DealId deal,
                                  const Clock& clock);
// The same for all that have not ended: of a show that ends, of a product that goes, of one that
// leaves the bag of a show.
void withdraw_deals(store::Tx& tx, ShowId show, Instant now);
void withdraw_deals(store::Tx& tx, ProductId product, Instant now);
void withdraw_deals_outside_bag(store::Tx& tx, ShowId show, Instant now);

// Tells the rooms of deals whose time is over, and lets go of those under which nothing is held any
// more; true when there may be more.
bool look_after_deals(store::Tx& tx, const Clock& clock);

// Who buys how much of what.
struct PriceQuestion {
  ProductId product;
  std::int64_t quantity = 1;
  std::optional<ShowId> show;
  std::optional<DeviceId> device;  // none: a buyer who has nothing yet
};
struct Price {
  std::int64_t unit_minor = 0;
  std::optional<stock::OnDeal> deal;  // it is the price of
  std::optional<stock::Won> won;      // likewise: one unit is held for the buyer at it
  // Why it is not that of the deal that runs: deal-sold-out or deal-limit; else empty.
  std::string missed;
};
// One unit that the buyer has won in the show costs what it was won at. Else the lowest of what the
// buyer may have it for: the product's price, that of a deal which has as many units left for the
// buyer, and the one that as many or more are held at. Asks for nothing where no deal is, and
// nothing won is held.
Price price_of(store::Tx& tx, const catalog::Offer& offer, const PriceQuestion& question,
               Instant now);

// Tells the room how many units the deal of a claim has left, once one was made or left.
void tell_deal(store::Tx& tx, const stock::Claim& claim, Instant now);

}  // namespace geili::flows
