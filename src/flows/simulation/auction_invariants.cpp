#include <map>
#include <set>
#include <utility>

#include "flows/simulation/invariants.hpp"
#include "shows/auction.hpp"

namespace geili::flows::simulation {

// By the same rules as `geili verify-show`, once it has ended and whenever somebody was offered the
// unit since.
void Watch::look_at_auction_logs(store::Tx& tx) {
  for (const auto& [id, auction] : seen_.auctions) {
    if (auction.state == "open" || followed_[id] == auction.lines) continue;
    followed_[id] = auction.lines;
    const auto log = shows::auction_log(tx, shows::AuctionId{id});
    expect(log.has_value(), "an auction has ended without a log", id);
    if (!log) continue;
    const auto fault = shows::fault_of(*log);
    expect(!fault, "an auction did not go by its rules: " + fault.value_or(""), id);
    expect(std::ssize(log->lines) == auction.lines, "an auction has counted its lines wrong", id);
    expect(shows::outcome_of(*log).is_cancelled == (auction.state == "cancelled"),
           "an auction says another end than its log", id);
  }
}

void Watch::look_at_auctions() {
  std::set<std::int64_t> open;  // shows
  for (const auto& [id, auction] : seen_.auctions) {
    const ClaimRow& unit = seen_.claims.at(auction.unit);
    const bool is_apart = unit.state == "held" && unit.product == auction.product &&
                          unit.device == 0 && unit.quantity == 1;
    expect(is_apart == (auction.state == "open"), "the unit of an auction is not where it belongs",
           id);
    if (auction.state != "open") continue;
    expect(open.insert(auction.show).second, "a show has two open auctions", id);
  }
  look_at_bids();
  look_at_wins();
}

// What was acknowledged stands, once.
void Watch::look_at_bids() {
  std::map<std::pair<std::int64_t, std::string>, const AuctionLineRow*> by_key;
  for (const AuctionLineRow& line : seen_.auction_lines) {
    if (line.what != "bid") continue;
    expect(by_key.insert({{line.device, line.key}, &line}).second, "a bid was counted twice",
           line.auction);
  }
  for (const shows::NewBid& bid : world_.bids) {
    const auto found = by_key.find({bid.device.value, bid.idempotency_key});
    const bool stands = found != by_key.end() && found->second->auction == bid.auction.value &&
                        found->second->amount_minor == bid.amount_minor;
    expect(stands, "an acknowledged bid is gone", bid.auction.value);
  }
}

// Never two winners: one at a time has the unit, whom it was offered last, at the own bid; and
// nobody is asked twice.
void Watch::look_at_wins() {
  std::map<std::int64_t, const AuctionLineRow*> offered;  // last, by auction
  std::map<std::int64_t, std::int64_t> offers;
  std::set<std::pair<std::int64_t, std::int64_t>> asked;
  for (const AuctionLineRow& line : seen_.auction_lines) {
    if (line.what != "offered") continue;
    offered[line.auction] = &line;
    expect(++offers[line.auction] <= shows::kAuctionOffersMax, "an auction asks too many",
           line.auction);
    expect(asked.insert({line.auction, line.device}).second, "an auction asks somebody twice",
           line.auction);
  }
  std::map<std::int64_t, std::int64_t> winners;
  for (const auto& [id, claim] : seen_.claims) {
    if (claim.auction == 0 || claim.bundle_claim != 0) continue;
    expect(asked.contains({claim.auction, claim.device}), "somebody won what was never offered",
           id);
    if (claim.state != "held" && claim.state != "claimed") continue;
    expect(++winners[claim.auction] <= 1, "an auction has two winners", claim.auction);
    const AuctionLineRow* last = offered[claim.auction];
    const bool is_theirs = last != nullptr && last->device == claim.device &&
                           last->amount_minor == claim.won_price_minor && claim.quantity == 1 &&
                           seen_.auctions.at(claim.auction).product == claim.product;
    expect(is_theirs, "a unit is another's than whom it was offered", id);
  }
}

}  // namespace geili::flows::simulation
