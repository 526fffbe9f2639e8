#pragma once
// Auctions in a show: the unit that is set apart, who has it at which price, and what the room
// hears. Rules are those of shows/auction.hpp.

#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "flows/room_notice.hpp"
#include "shows/auction.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::flows {

struct OpenAuction {
  ShowId show;
  ProductId product;
  Money start;
  std::int64_t step_minor = 1;
  std::int64_t length_s = 60;
  shows::AuctionMode mode = shows::AuctionMode::extend;
  std::int64_t extend_s = 10;
};
// One unit of what is in the show's bag is set apart until it ends. Fails as shows::open_auction(),
// with product-unavailable, variant-required, product-not-in-bag, sold-out, show-limit,
// invalid-field at /start/currency.
Result<shows::Auction> open_auction(store::Tx& tx, const OpenAuction& auction, const Clock& clock);

// Fails as shows::bid().
Result<shows::Auction> bid(store::Tx& tx, const shows::NewBid& bid, const Clock& clock);

// Before its time is over, too: the highest bid has it, held for kWonFor. Fail as
// shows::close_auction().
Result<shows::Auction> close_auction(store::Tx& tx, shows::AuctionId auction, const Clock& clock);
// Nobody has it.
Result<shows::Auction> cancel_auction(store::Tx& tx, shows::AuctionId auction, const Clock& clock);

// Closes what is due; true when something was.
bool close_due_auctions(store::Tx& tx, const Clock& clock);
// A show that ends closes them; a product that goes, or leaves the bag of a show, calls them off.
void close_auctions(store::Tx& tx, ShowId show, const Clock& clock);
void cancel_auctions(store::Tx& tx, ProductId product, const Clock& clock);
void cancel_auctions_outside_bag(store::Tx& tx, ShowId show, const Clock& clock);

// Offers what was given back of a win to who bid next, at the own highest bid: to at most
// shows::kAuctionOffersMax in all, and until shows::kRunnersUpFor after the close.
void offer_to_next(store::Tx& tx, const stock::Claim& left, Instant now);

AuctionView view_auction(store::Tx& tx, shows::Auction auction);
void tell_auction(store::Tx& tx, shows::AuctionId auction, AuctionNews news, Instant now);

}  // namespace geili::flows
