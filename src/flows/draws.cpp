#include "flows/draws.hpp"

#include "flows/for_sale.hpp"
#include "flows/outbox.hpp"
#include "flows/won.hpp"
#include "orders/order.hpp"
#include "shows/bag.hpp"

namespace geili::flows {
namespace {

void tell(store::Tx& tx, const shows::Draw& draw, Instant now) {
  DrawChanged changed{.draw = draw.terms.draw,
                      .prize = draw.terms.prize,
                      .product = draw.product,
                      .state = draw.state,
                      .who = draw.who,
                      .winners_max = draw.terms.winners_max,
                      .closes_at = draw.closes_at,
                      .commitment = to_hex(draw.terms.commitment),
                      .entries = draw.entries,
                      .winners = {}};
  for (const shows::Winner& winner : shows::winners_of(tx, draw.terms.draw)) {
    changed.winners.push_back({winner.number, winner.name});
  }
  append(tx, draw.terms.show, changed, now);
}

Result<shows::Draw> told(store::Tx& tx, Result<shows::Draw> draw, Instant now) {
  if (draw) tell(tx, *draw, now);
  return draw;
}

}  // namespace

Result<shows::Draw> open_draw(store::Tx& tx, const shows::NewDraw& draw, const Clock& clock) {
  if (draw.product && !shows::in_bag(tx, draw.show, *draw.product)) {
    return fail(ErrorKind::conflict, "product-not-in-bag", "The show does not offer this product.");
  }
  const Instant now = clock.now();
  return told(tx, shows::open_draw(tx, draw, now), now);
}

Result<shows::Ticket> enter_draw(store::Tx& tx, DrawId id, DeviceId device, const std::string& name,
                                 const Clock& clock) {
  auto draw = shows::find_draw(tx, id);
  if (!draw) return fail_as(draw);
  if (draw->who == shows::DrawFor::buyers && !orders::has_bought_in(tx, draw->terms.show, device)) {
    return fail(ErrorKind::forbidden, "draw-for-buyers", "Only buyers of the show may enter.");
  }
  return shows::enter(tx, id, device, name, clock.now());
}

Result<shows::Draw> close_draw(store::Tx& tx, DrawId draw, const Clock& clock) {
  const Instant now = clock.now();
  return told(tx, shows::close_draw(tx, draw, now), now);
}

Result<shows::Draw> cancel_draw(store::Tx& tx, DrawId draw, const Clock& clock) {
  const Instant now = clock.now();
  return told(tx, shows::cancel_draw(tx, draw, now), now);
}

Result<stock::Claim> take_prize(store::Tx& tx, DrawId id, DeviceId device,
                                std::optional<ProductId> variant, const Clock& clock) {
  auto draw = shows::find_draw(tx, id);
  if (!draw) return fail_as(draw);
  if (draw->state == shows::DrawState::open) {
    return fail(ErrorKind::conflict, "draw-open", "The draw is not over yet.");
  }
  const auto ticket = shows::ticket_of(tx, id, device);
  if (!ticket || !ticket->place) {
    return fail(ErrorKind::forbidden, "not-a-winner", "The prize is another's.");
  }
  if (!draw->product) {
    return fail(ErrorKind::conflict, "prize-not-goods", "The seller gives the prize by hand.");
  }
  auto before = stock::find_won(tx, stock::WonBy::draw, id.value, device);
  if (before && before->state == stock::ClaimState::claimed) {
    return fail(ErrorKind::conflict, "prize-taken", "The prize was ordered already.");
  }
  const Instant now = clock.now();
  if (before && before->state == stock::ClaimState::held && now < *before->held_until) {
    return *std::move(before);
  }
  const ProductId product = variant.value_or(*draw->product);
  auto offer = find_for_sale(tx, product, draw->terms.show);
  if (!offer) return fail_as(offer);
  if (product != *draw->product && offer->parent != draw->product) {
    return fail(Error::invalid_field("/product_id", "is not a variant of the prize"));
  }
  return hold_won(tx,
                  {.product = product,
                   .show = draw->terms.show,
                   .winner = device,
                   .won = {.by = stock::WonBy::draw, .id = id.value, .price_minor = 0}},
                  now);
}

bool close_due_draws(store::Tx& tx, const Clock& clock) {
  const auto due = shows::draws_to_close(tx, clock.now());
  for (const DrawId draw : due) (void)close_draw(tx, draw, clock);
  return !due.empty();
}

void close_draws(store::Tx& tx, ShowId show, const Clock& clock) {
  if (const auto open = shows::open_draw_of(tx, show)) {
    (void)close_draw(tx, open->terms.draw, clock);
  }
}

}  // namespace geili::flows
