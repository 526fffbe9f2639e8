#include "flows/hold.hpp"

#include <set>
#include <vector>

#include "flows/deal.hpp"
#include "flows/for_sale.hpp"
#include "flows/news.hpp"
#include "flows/returned.hpp"
#include "flows/sold_out.hpp"
#include "flows/tell.hpp"
#include "flows/won.hpp"
#include "shows/show.hpp"

namespace geili::flows {
namespace {

Result<catalog::Offer> check(store::Tx& tx, const HoldRequest& request) {
  auto offer = find_for_sale(tx, request.product, request.show);
  if (!offer || !request.show) return offer;
  auto show = shows::find_show(tx, *request.show);
  if (!show) return fail_as(show);
  if (show->shop != offer->shop && !is_in_bag(tx, show->id, request.product, *offer)) {
    return fail(product_unavailable(request.product));
  }
  if (show->status == shows::ShowStatus::live) return offer;
  return fail(ErrorKind::conflict, "show-status-conflict", "The show is not live.");
}

PriceQuestion question_of(const HoldRequest& request) {
  return {.product = request.product,
          .quantity = request.quantity,
          .show = request.show,
          .device = request.device};
}

Error with_line(store::Tx& tx, Error refusal, ProductId product) {
  if (refusal.code != "sold-out") return refusal;
  return std::move(refusal).with("waiting", stock::waiting_for(tx, product));
}

void note_sold_out(store::Tx& tx, ProductId product, const Taken& taken, Instant now) {
  if (!taken.may_sell_out()) return;
  const auto offer = catalog::find_offer(tx, product);
  if (!offer) return;
  taken.tell_sold_out(tx, webhooks::listeners(tx, offer->shop), offer->shop, now);
}

}  // namespace

Result<stock::Claim> hold(store::Tx& tx, const HoldRequest& request, const Clock& clock) {
  const auto offer = check(tx, request);
  if (!offer) return std::unexpected(offer.error());
  const Instant now = clock.now();
  const Price price = price_of(tx, *offer, question_of(request), now);
  const auto& deal = price.deal;
  Instant until = now + kHoldFor;
  Taken taken;
  std::vector<stock::TakenPart> moved;  // a bundle may have other parts by now
  for (stock::Claim& held : stock::holds_of(tx, request.device, request.product, now)) {
    if (held.quantity == request.quantity && held.show == request.show &&
        stock::is_same_deal(held.deal, deal) && is_same_won(held.won, price.won)) {
      return std::move(held);
    }
    if (held.won) continue;
    until = *held.held_until;
    auto released = stock::release(tx, held.id, now);
    if (!released) return fail_as(released);
    tell_deal(tx, *released, now);
    taken.give_back(*released);
    moved.insert(moved.end(), released->parts.begin(), released->parts.end());
  }
  auto held = stock::claim(tx,
                           {.product = request.product,
                            .quantity = request.quantity,
                            .show = request.show,
                            .buyer = request.device,
                            .held_until = until,
                            .deal = deal},
                           now);
  if (!held) return fail(with_line(tx, held.error(), request.product));
  moved.insert(moved.end(), held->parts.begin(), held->parts.end());
  held->available = pass_on(tx, request.product, moved, now);
  tell_deal(tx, *held, now);
  taken.take(*held);
  note_sold_out(tx, request.product, taken, now);
  return held;
}

Result<stock::Claim> cancel_hold(store::Tx& tx, DeviceId device, ClaimId claim,
                                 const Clock& clock) {
  auto found = stock::find_claim(tx, claim);
  if (!found || found->buyer != device || !found->held_until) {
    return fail(ErrorKind::not_found, "claim-not-found", "There is no such hold.");
  }
  if (found->state == stock::ClaimState::claimed) {
    return fail(ErrorKind::conflict, "hold-confirmed", "These units have been bought.");
  }
  if (found->state != stock::ClaimState::held) return found;
  auto released = stock::release(tx, claim, clock.now());
  if (released) {
    note_left(tx, *released, clock.now());
    released->available = pass_on(tx, released->product, released->parts, clock.now());
    tell_deal(tx, *released, clock.now());
  }
  return released;
}

Result<stock::Wait> wait_in_line(store::Tx& tx, const HoldRequest& request, const Clock& clock) {
  if (auto fits = check(tx, request); !fits) return fail_as(fits);
  return stock::join(tx,
                     {.product = request.product,
                      .show = request.show,
                      .buyer = request.device,
                      .quantity = request.quantity},
                     clock.now());
}

bool expire_holds(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  const auto expired = stock::expire(tx, now);
  std::set<ProductId> products;
  for (const stock::Claim& claim : expired) {
    tell_deal(tx, claim, now);
    note_left(tx, claim, now);
    if (claim.parts.empty()) products.insert(claim.product);
  }
  for (const stock::Claim& claim : expired) {
    if (!claim.parts.empty()) pass_on(tx, claim.product, claim.parts, now);
  }
  for (const ProductId product : products) pass_on(tx, product, now);
  return expired.size() == stock::kExpiredAtOnceMax;
}

}  // namespace geili::flows
