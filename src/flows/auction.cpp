#include "flows/auction.hpp"

#include <utility>
#include <vector>

#include "catalog/product.hpp"
#include "flows/for_sale.hpp"
#include "flows/outbox.hpp"
#include "flows/returned.hpp"
#include "flows/won.hpp"

namespace geili::flows {
namespace {

// A unit that is set apart does not come back by itself: whatever ends the auction gives it back.
constexpr std::chrono::days kSetApartFor{365};

Result<stock::Claim> set_apart(store::Tx& tx, const OpenAuction& auction, Instant now) {
  auto offer = find_for_sale(tx, auction.product, auction.show);
  if (!offer) return fail_as(offer);
  if (!is_in_bag(tx, auction.show, auction.product, *offer)) {
    return fail(ErrorKind::conflict, "product-not-in-bag", "The product is not in the show's bag.");
  }
  if (auction.start.currency != catalog::find_product(tx, auction.product)->price.currency) {
    return fail(Error::invalid_field("/start/currency", "is not the product's"));
  }
  return stock::claim(tx,
                      {.product = auction.product,
                       .quantity = 1,
                       .show = auction.show,
                       .buyer = {},
                       .held_until = now + kSetApartFor},
                      now);
}

// Returns what of a bundle's parts came back.
std::vector<stock::TakenPart> give_unit_back(store::Tx& tx, const shows::Auction& auction,
                                             Instant now) {
  auto released = stock::release(tx, auction.unit, now);
  return released ? std::move(released->parts) : std::vector<stock::TakenPart>();
}

// Of a unit that was just given back, so that nobody else was faster; false: nobody is next.
// `unit` is the claim that had it.
bool offer_next(store::Tx& tx, const shows::Auction& auction, ClaimId unit, Instant now) {
  const shows::AuctionId id = auction.terms.auction;
  if (shows::offers_made(tx, id) >= shows::kAuctionOffersMax) return false;
  if (now > *auction.ended_at + shows::kRunnersUpFor) return false;
  for (;;) {
    const auto next = shows::next_in_turn(tx, id, 1);
    if (next.empty()) return false;
    const shows::Bid& bid = next.front();
    auto held = hold_won(
        tx,
        {.product = auction.terms.product,
         .show = auction.terms.show,
         .winner = bid.device,
         .won = {.by = stock::WonBy::auction, .id = id.value, .price_minor = bid.amount_minor},
         .as_before = unit},
        now);
    if (!held && held.error().code == "sold-out") return false;
    shows::note_offer(tx, id, held ? shows::AuctionStep::offered : shows::AuctionStep::passed, bid,
                      now);
    if (held) return true;
  }
}

OfferState offer_state(store::Tx& tx, const shows::Auction& auction, const shows::Bid& bid) {
  const auto claim =
      stock::find_won(tx, stock::WonBy::auction, auction.terms.auction.value, bid.device);
  if (claim && claim->state == stock::ClaimState::held) return OfferState::held;
  if (claim && claim->state == stock::ClaimState::claimed) return OfferState::bought;
  return OfferState::lapsed;
}

}  // namespace

AuctionView view_auction(store::Tx& tx, shows::Auction auction) {
  AuctionView view{.auction = std::move(auction), .lead = {}, .offer = {}};
  const shows::AuctionId id = view.auction.terms.auction;
  view.lead = shows::lead_of(tx, id);
  if (view.auction.state != shows::AuctionState::closed) return view;
  if (auto bid = shows::offered_of(tx, id)) {
    const OfferState state = offer_state(tx, view.auction, *bid);
    view.offer = AuctionOffer{*std::move(bid), state};
  }
  return view;
}

void tell_auction(store::Tx& tx, shows::AuctionId id, AuctionNews news, Instant now) {
  auto auction = shows::find_auction(tx, id);
  if (!auction) return;
  const ShowId show = auction->terms.show;
  append(tx, show, AuctionChanged{news, view_auction(tx, *std::move(auction))}, now);
}

Result<shows::Auction> open_auction(store::Tx& tx, const OpenAuction& wish, const Clock& clock) {
  const Instant now = clock.now();
  auto unit = set_apart(tx, wish, now);
  if (!unit) return fail_as(unit);
  auto opened = shows::open_auction(tx,
                                    {.show = wish.show,
                                     .product = wish.product,
                                     .title = catalog::find_product(tx, wish.product)->title,
                                     .start = wish.start,
                                     .step_minor = wish.step_minor,
                                     .length_s = wish.length_s,
                                     .mode = wish.mode,
                                     .extend_s = wish.extend_s,
                                     .unit = unit->id},
                                    now);
  if (!opened) return opened;
  pass_on(tx, wish.product, unit->parts, now);
  tell_auction(tx, opened->terms.auction, AuctionNews::opened, now);
  return opened;
}

Result<shows::Auction> bid(store::Tx& tx, const shows::NewBid& bid, const Clock& clock) {
  const Instant now = clock.now();
  auto accepted = shows::bid(tx, bid, now);
  if (!accepted) return fail_as(accepted);
  if (!accepted->is_replay) {
    tell_auction(tx, bid.auction, accepted->was_extended ? AuctionNews::extended : AuctionNews::bid,
                 now);
  }
  return std::move(accepted->auction);
}

Result<shows::Auction> close_auction(store::Tx& tx, shows::AuctionId id, const Clock& clock) {
  const Instant now = clock.now();
  auto closed = shows::close_auction(tx, id, now);
  if (!closed) return closed;
  const auto parts = give_unit_back(tx, *closed, now);
  if (!offer_next(tx, *closed, closed->unit, now)) pass_on(tx, closed->terms.product, parts, now);
  tell_auction(tx, id, AuctionNews::closed, now);
  return shows::find_auction(tx, id);
}

Result<shows::Auction> cancel_auction(store::Tx& tx, shows::AuctionId id, const Clock& clock) {
  const Instant now = clock.now();
  auto cancelled = shows::cancel_auction(tx, id, now);
  if (!cancelled) return cancelled;
  const auto parts = give_unit_back(tx, *cancelled, now);
  pass_on(tx, cancelled->terms.product, parts, now);
  tell_auction(tx, id, AuctionNews::cancelled, now);
  return cancelled;
}

bool close_due_auctions(store::Tx& tx, const Clock& clock) {
  const auto due = shows::auctions_to_close(tx, clock.now());
  for (const shows::AuctionId auction : due) (void)close_auction(tx, auction, clock);
  return !due.empty();
}

void close_auctions(store::Tx& tx, ShowId show, const Clock& clock) {
  for (const auto& auction : shows::open_auctions_of(tx, show)) {
    (void)close_auction(tx, auction.terms.auction, clock);
  }
}

void cancel_auctions(store::Tx& tx, ProductId product, const Clock& clock) {
  for (const auto& auction : shows::open_auctions_of(tx, product)) {
    (void)cancel_auction(tx, auction.terms.auction, clock);
  }
}

void cancel_auctions_outside_bag(store::Tx& tx, ShowId show, const Clock& clock) {
  for (const auto& auction : shows::open_auctions_of(tx, show)) {
    const auto offer = catalog::find_offer(tx, auction.terms.product);
    if (offer && is_in_bag(tx, show, auction.terms.product, *offer)) continue;
    (void)cancel_auction(tx, auction.terms.auction, clock);
  }
}

void offer_to_next(store::Tx& tx, const stock::Claim& left, Instant now) {
  const shows::AuctionId id{left.won->id};
  const auto auction = shows::find_auction(tx, id);
  if (!auction || auction->state != shows::AuctionState::closed) return;
  const auto offered = shows::offered_of(tx, id);
  if (!offered || offered->device != left.buyer) return;
  const bool is_offered = offer_next(tx, *auction, left.id, now);
  tell_auction(tx, id, is_offered ? AuctionNews::offered : AuctionNews::lapsed, now);
}

}  // namespace geili::flows
