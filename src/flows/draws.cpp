#include "flows/draws.hpp"

#include <optional>
#include <vector>

#include "flows/for_sale.hpp"
#include "flows/outbox.hpp"
#include "flows/returned.hpp"
#include "flows/won.hpp"
#include "orders/order.hpp"

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

// `as_before`: the claim that had the unit, whose bundle may be made of other parts by now.
Result<stock::Claim> set_apart(store::Tx& tx, const shows::Draw& draw,
                               std::optional<ClaimId> as_before, Instant now) {
  return stock::claim(
      tx,
      {.product = *draw.product,
       .quantity = 1,
       .show = draw.terms.show,
       .buyer = {},
       .held_until = draw.closes_at + kPrizeFor,
       .as_before = as_before,
       .won = stock::Won{.by = stock::WonBy::draw, .id = draw.terms.draw.value, .price_minor = 0}},
      now);
}

Result<void> set_prizes_apart(store::Tx& tx, const shows::Draw& draw, Instant now) {
  std::vector<stock::TakenPart> moved;
  for (std::int64_t i = 0; i < draw.terms.winners_max; ++i) {
    auto unit = set_apart(tx, draw, std::nullopt, now);
    if (!unit) return fail_as(unit);
    moved.insert(moved.end(), unit->parts.begin(), unit->parts.end());
  }
  pass_on(tx, *draw.product, moved, now);
  return {};
}

std::vector<stock::Claim> set_apart_of(store::Tx& tx, const shows::Draw& draw) {
  return stock::set_apart_for(tx, stock::WonBy::draw, draw.terms.draw.value);
}

// Gives one of those that are set apart back and tells which claim had it; none: there is none.
std::optional<ClaimId> free_set_apart(store::Tx& tx, const shows::Draw& draw, Instant now) {
  const auto units = set_apart_of(tx, draw);
  if (units.empty() || !stock::release(tx, units.front().id, now)) return std::nullopt;
  return units.front().id;
}

// Of a draw that is over, what nobody has won.
void give_rest_back(store::Tx& tx, const shows::Draw& draw, std::size_t winners, Instant now) {
  const auto units = set_apart_of(tx, draw);
  std::vector<stock::TakenPart> moved;
  for (std::size_t i = winners; i < units.size(); ++i) {
    const auto released = stock::release(tx, units[i].id, now);
    if (released) moved.insert(moved.end(), released->parts.begin(), released->parts.end());
  }
  if (units.size() > winners) pass_on(tx, *draw.product, moved, now);
}

}  // namespace

Result<shows::Draw> open_draw(store::Tx& tx, const shows::NewDraw& draw, const Clock& clock) {
  if (draw.product) {
    const auto offer = find_for_sale(tx, *draw.product, draw.show);
    if (!offer) return std::unexpected(offer.error());
    if (!is_in_bag(tx, draw.show, *draw.product, *offer)) {
      return fail(ErrorKind::conflict, "product-not-in-bag",
                  "The show does not offer this product.");
    }
  }
  const Instant now = clock.now();
  auto opened = shows::open_draw(tx, draw, now);
  if (!opened) return opened;
  if (draw.product) {
    if (auto apart = set_prizes_apart(tx, *opened, now); !apart) return fail_as(apart);
  }
  tell(tx, *opened, now);
  return opened;
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

Result<shows::Draw> close_draw(store::Tx& tx, DrawId id, const Clock& clock) {
  const Instant now = clock.now();
  auto drawn = shows::close_draw(tx, id, now);
  if (!drawn) return drawn;
  give_rest_back(tx, *drawn, shows::winners_of(tx, id).size(), now);
  tell(tx, *drawn, now);
  return drawn;
}

Result<shows::Draw> cancel_draw(store::Tx& tx, DrawId id, const Clock& clock) {
  const Instant now = clock.now();
  auto cancelled = shows::cancel_draw(tx, id, now);
  if (!cancelled) return cancelled;
  give_rest_back(tx, *cancelled, 0, now);
  tell(tx, *cancelled, now);
  return cancelled;
}

Result<stock::Claim> take_prize(store::Tx& tx, DrawId id, DeviceId device, const Clock& clock) {
  auto draw = shows::lock_draw(tx, id);
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
  if (auto offer = find_for_sale(tx, *draw->product, draw->terms.show); !offer) {
    return fail_as(offer);
  }
  // In one transaction with the hold, so that nobody else is faster.
  const auto unit = free_set_apart(tx, *draw, now);
  return hold_won(tx,
                  {.product = *draw->product,
                   .show = draw->terms.show,
                   .winner = device,
                   .won = {.by = stock::WonBy::draw, .id = id.value, .price_minor = 0},
                   .as_before = unit},
                  now);
}

void keep_prize(store::Tx& tx, const stock::Claim& left, Instant now) {
  const auto draw = shows::find_draw(tx, DrawId{left.won->id});
  if (!draw || !left.buyer || now >= draw->closes_at + kPrizeFor) return;
  // What it gave back is there for it, and counts against no limit meanwhile: limits are never
  // below what is taken.
  (void)set_apart(tx, *draw, left.id, now);
}

bool free_prize(store::Tx& tx, const stock::Claim& left, Instant now) {
  const auto draw = shows::lock_draw(tx, DrawId{left.won->id});
  return draw && free_set_apart(tx, *draw, now).has_value();
}

void cancel_draws(store::Tx& tx, ProductId product, const Clock& clock) {
  for (const shows::Draw& draw : shows::open_draws_for(tx, product)) {
    (void)cancel_draw(tx, draw.terms.draw, clock);
  }
}

void cancel_draws_outside_bag(store::Tx& tx, ShowId show, const Clock& clock) {
  const auto draw = shows::open_draw_of(tx, show);
  if (!draw || !draw->product) return;
  const auto offer = catalog::find_offer(tx, *draw->product);
  if (offer && is_in_bag(tx, show, *draw->product, *offer)) return;
  (void)cancel_draw(tx, draw->terms.draw, clock);
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
