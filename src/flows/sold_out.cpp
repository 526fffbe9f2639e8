#include "flows/sold_out.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "stock/bundle.hpp"
#include "stock/stock.hpp"

namespace geili::flows {
namespace {

using Units = std::map<ProductId, std::int64_t>;

std::int64_t taken_of(const Units& units, ProductId product) {
  const auto found = units.find(product);
  return found == units.end() ? 0 : found->second;
}

// How many of a bundle its parts make now, and made before.
struct Whole {
  std::int64_t now = std::numeric_limits<std::int64_t>::max();
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
};

Whole whole_of(store::Tx& tx, ProductId bundle, const Units& units) {
  Whole whole;
  for (const stock::Part& part : stock::parts_of(tx, bundle)) {
    const std::int64_t now = stock::available(tx, part.product);
    const std::int64_t before = now + taken_of(units, part.product);
    whole.now = std::min(whole.now, now / part.quantity);
    whole.before = std::min(whole.before, before / part.quantity);
  }
  return whole;
}

}  // namespace

void Taken::move(const stock::Claim& claim, std::int64_t sign) {
  has_followers_ = has_followers_ || !claim.parts.empty() || claim.parent || claim.bundles > 0;
  if (claim.parts.empty()) units_[claim.product] += sign * claim.quantity;
  for (const stock::TakenPart& part : claim.parts) {
    units_[part.product] += sign * part.quantity;
  }
}

void Taken::take(const stock::Claim& claim) {
  is_one_empty_ = is_one_empty_ || claim.available == 0;
  move(claim, 1);
}

void Taken::give_back(const stock::Claim& claim) {
  move(claim, -1);
}

bool Taken::may_sell_out() const {
  return has_followers_ || is_one_empty_;
}

void Taken::tell_sold_out(store::Tx& tx, const Listeners& listeners, ShopId shop,
                          Instant now) const {
  if (!may_sell_out() || !webhooks::is_heard(listeners, webhooks::Event::product_sold_out)) return;
  std::set<ProductId> sold_out;
  std::set<ProductId> bundles;
  Units of_variants;  // by parent, where one has none left
  for (const auto& [product, units] : units_) {
    const stock::Level level = stock::level(tx, product);
    if (level.available == 0 && units > 0) sold_out.insert(product);
    if (level.parent && level.available == 0) of_variants[*level.parent] += units;
    if (level.bundles == 0) continue;
    for (const ProductId bundle : stock::bundles_with(tx, product)) bundles.insert(bundle);
  }
  for (const ProductId bundle : bundles) {
    const Whole whole = whole_of(tx, bundle, units_);
    if (whole.now == 0 && whole.before > 0) sold_out.insert(bundle);
  }
  for (const auto& [parent, units] : of_variants) {
    // Another process may be selling the last of another variant: one waits for the other here.
    stock::lock(tx, {parent});
    if (units > 0 && stock::available(tx, parent) == 0) sold_out.insert(parent);
  }
  for (const ProductId product : sold_out) {
    flows::tell_sold_out(tx, listeners, shop, product, now);
  }
}

}  // namespace geili::flows
