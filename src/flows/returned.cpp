#include "flows/returned.hpp"

#include <map>
#include <set>
#include <vector>

#include "flows/coupons.hpp"
#include "flows/deal.hpp"
#include "flows/news.hpp"
#include "flows/outbox.hpp"
#include "flows/parcels.hpp"
#include "flows/tell.hpp"
#include "flows/won.hpp"
#include "shipping/return_request.hpp"
#include "stock/bundle.hpp"
#include "stock/claim.hpp"
#include "stock/stock.hpp"
#include "stock/waitlist.hpp"

namespace geili::flows {

namespace {

// Counted products whose stock has changed, and the bundles that follow from them.
struct Moved {
  std::set<ProductId> counted;
  std::set<ProductId> bundles;
};

void add_counted(store::Tx& tx, Moved& moved, ProductId product) {
  if (!moved.counted.insert(product).second) return;
  for (const ProductId bundle : stock::bundles_with(tx, product)) moved.bundles.insert(bundle);
}

// Holds what is available for who waits; what that takes of a bundle's parts has moved as well.
stock::Level hold_for_line(store::Tx& tx, ProductId product, Moved& moved, Instant now) {
  const stock::Offers offers = stock::offer(tx, product, kOfferFor, now);
  for (const stock::Offer& offer : offers.made) {
    if (offer.wait.show) append(tx, *offer.wait.show, Offered{product, offer.wait.id}, now);
    for (const stock::TakenPart& part : offer.claim.parts) add_counted(tx, moved, part.product);
  }
  return offers.left;
}

// Of what was moved, all that `product` itself did not tell.
void tell_moved(store::Tx& tx, const Moved& moved, Instant now) {
  for (const ProductId product : moved.counted) {
    tell_level(tx, product, stock::level(tx, product), now);
  }
  for (const ProductId bundle : moved.bundles) tell_following(tx, bundle, now);
}

void add_parts(store::Tx& tx, Moved& moved, std::span<const stock::TakenPart> parts) {
  for (const stock::TakenPart& part : parts) add_counted(tx, moved, part.product);
}

// Pieces that a seller has received, by the position of their line.
std::map<std::int64_t, std::int64_t> returned_pieces(store::Tx& tx, const orders::Order& order) {
  std::map<std::int64_t, std::int64_t> pieces;
  for (const auto& request : shipping::returns_of_order(tx, order.shop, order.id)) {
    if (request.state < shipping::ReturnState::received) continue;
    for (const auto& line : request.lines) pieces[line.position] += line.quantity;
  }
  return pieces;
}

}  // namespace

std::int64_t pass_on(store::Tx& tx, ProductId product, Instant now) {
  return pass_on(tx, product, {}, now);
}

std::int64_t pass_on(store::Tx& tx, ProductId product, std::span<const stock::TakenPart> parts,
                     Instant now) {
  Moved moved;
  const stock::Level level = hold_for_line(tx, product, moved, now);
  if (parts.empty() && moved.counted.empty() && level.bundles == 0) {
    tell_level(tx, product, level, now);
    return level.available;
  }
  if (level.bundles > 0) add_counted(tx, moved, product);
  add_parts(tx, moved, parts);
  if (level.parts > 0 || !parts.empty()) moved.bundles.insert(product);
  const std::vector<ProductId> counted(moved.counted.begin(), moved.counted.end());
  for (const ProductId part : counted) {
    if (part != product) hold_for_line(tx, part, moved, now);
  }
  const std::vector<ProductId> bundles(moved.bundles.begin(), moved.bundles.end());
  for (const ProductId bundle : bundles) {
    if (bundle != product) hold_for_line(tx, bundle, moved, now);
  }
  tell_moved(tx, moved, now);
  return stock::available(tx, product);
}

void tell_beside(store::Tx& tx, const stock::Claim& taken, Instant now) {
  if (taken.parts.empty() && !taken.parent && taken.bundles == 0) return;
  Moved moved;
  add_parts(tx, moved, taken.parts);
  if (taken.bundles > 0) add_counted(tx, moved, taken.product);
  moved.bundles.erase(taken.product);
  moved.counted.erase(taken.product);
  tell_moved(tx, moved, now);
  if (taken.parent) tell_following(tx, *taken.parent, now);
}

Result<bool> cancel_goods(store::Tx& tx, orders::Order& order, const Clock& clock) {
  const Instant now = clock.now();
  auto changed = orders::set_status(tx, order, orders::OrderStatus::cancelled, now);
  if (!changed || !*changed) return changed;
  give_coupon_back(tx, order);
  tell_order_status(tx, order, now);
  if (auto followed = follow_order(tx, order, clock); !followed) return fail_as(followed);
  for (const orders::OrderLine& line : order.lines) {
    auto released = stock::release(tx, line.claim, now);
    if (!released) return fail_as(released);
    tell_deal(tx, *released, now);
    note_cancelled(tx, *released, now);
    pass_on(tx, line.product, released->parts, now);
  }
  return true;
}

Result<void> take_goods_back(store::Tx& tx, const orders::Order& order, Instant now) {
  auto returned = returned_pieces(tx, order);
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const orders::OrderLine& line = order.lines[i];
    auto claim = stock::find_claim(tx, line.claim);
    if (!claim) return fail_as(claim);
    if (claim->state != stock::ClaimState::claimed) continue;
    auto released = stock::release(tx, line.claim, now);
    if (!released) return fail_as(released);
    tell_deal(tx, *released, now);
    const std::int64_t pieces = returned[static_cast<std::int64_t>(i)];
    auto parts = stock::parts_taken(tx, line.claim);
    if (parts.empty()) parts.push_back({.product = line.product, .quantity = 1});
    for (const stock::Part& part : parts) {
      if (pieces == 0) break;
      auto left = stock::change(tx, part.product, -part.quantity * pieces);
      if (!left) return fail_as(left);
    }
    pass_on(tx, line.product, released->parts, now);
  }
  return {};
}

}  // namespace geili::flows
