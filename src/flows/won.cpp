#include "flows/won.hpp"

#include "catalog/product.hpp"
#include "flows/auction.hpp"
#include "flows/draws.hpp"
#include "flows/returned.hpp"
#include "stock/bundle.hpp"
#include "stock/show_limit.hpp"

namespace geili::flows {

Result<stock::Claim> hold_won(store::Tx& tx, const NewWon& won, Instant now) {
  const stock::Wanted wanted{.product = won.product,
                             .quantity = 1,
                             .show = won.show,
                             .buyer = won.winner,
                             .held_until = now + kWonFor,
                             .as_before = won.as_before,
                             .won = won.won};
  auto parts = won.as_before ? stock::parts_taken(tx, *won.as_before) : std::vector<stock::Part>();
  if (parts.empty()) parts = stock::parts_of(tx, won.product);
  // A claim that is refused by a limit of the show has taken its units already.
  if (!stock::fits_show(tx, wanted, parts)) {
    return fail(Error::make(ErrorKind::conflict, "buyer-limit", "No buyer gets more in this show.")
                    .with("product_id", won.product.value));
  }
  auto held = stock::claim(tx, wanted, now);
  if (!held) return held;
  // Who prices the product asks for what is won of it only while there is something.
  catalog::count_deals(tx, won.product, 1);
  held->available = pass_on(tx, won.product, held->parts, now);
  return held;
}

bool is_same_won(const std::optional<stock::Won>& a, const std::optional<stock::Won>& b) {
  return a.has_value() == b.has_value() && (!a || (a->by == b->by && a->id == b->id));
}

void note_bought(store::Tx& tx, const stock::Claim& held, Instant now) {
  if (!held.won) return;
  catalog::count_deals(tx, held.product, -1);
  if (held.won->by == stock::WonBy::auction) {
    tell_auction(tx, shows::AuctionId{held.won->id}, AuctionNews::bought, now);
  }
}

void note_left(store::Tx& tx, const stock::Claim& left, Instant now) {
  if (!left.won || !left.buyer) return;
  catalog::count_deals(tx, left.product, -1);
  note_cancelled(tx, left, now);
}

void note_cancelled(store::Tx& tx, const stock::Claim& left, Instant now) {
  if (!left.won) return;
  if (left.won->by == stock::WonBy::auction) {
    offer_to_next(tx, left, now);
  } else {
    keep_prize(tx, left, now);
  }
}

}  // namespace geili::flows
