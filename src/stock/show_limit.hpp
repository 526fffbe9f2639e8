#pragma once
// How much of a product may be sold in one show, and to one buyer there; and who came when.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "stock/bundle.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::stock {

struct ShowLimit {
  std::optional<std::int64_t> units_max;            // 0 to kStockMax
  std::optional<std::int64_t> units_per_buyer_max;  // 1 to kClaimQuantityMax
};

// Replaces the limit. One below what has been sold means that no more is. Fails with invalid-field
// at /units_max, /units_per_buyer_max.
Result<void> set_limit(store::Tx& tx, ShowId show, ProductId product, const ShowLimit& limit);
ShowLimit limit_of(store::Tx& tx, ShowId show, ProductId product);

// How a product stands in a show.
struct ShowCount {
  ProductId product;
  std::int64_t taken = 0;    // units, held ones included, less what was given back
  std::int64_t held = 0;     // units
  std::int64_t waiting = 0;  // buyers in line who came in this show
  ShowLimit limit;
};
inline constexpr std::size_t kShowCountsMax = 500;
// Of the products that were claimed or limited in the show, by id, at most kShowCountsMax.
std::vector<ShowCount> counts_of(store::Tx& tx, ShowId show, Instant now);

struct Place {
  std::int64_t place = 1;  // 1: the first claim on the product in this show
  std::optional<std::int64_t> after_us;
};

// Whether count_in_show() would let it pass; changes nothing.
bool fits_limits(store::Tx& tx, ShowId show, const Wanted& wanted);
// The same of a claim with the parts of a bundle, in the show that it names, if any.
bool fits_show(store::Tx& tx, const Wanted& wanted, const std::vector<Part>& parts);
// Counts a claim; for claim() alone. Fails with show-limit and buyer-limit.
Result<Place> count_in_show(store::Tx& tx, ShowId show, const Wanted& wanted, Instant now);
// Takes its units out of the count.
void uncount_in_show(store::Tx& tx, ShowId show, const Claim& claim);
// The place of one more claim that finds nothing left.
Place place_of_next(store::Tx& tx, ShowId show, ProductId product, Instant now);

}  // namespace geili::stock
