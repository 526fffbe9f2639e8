#pragma once
// Auctions of a show as they are remembered. How one goes is auction_rule.hpp's; the unit, and what
// its winner pays, are for flows/auction.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "shows/auction_rule.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::int64_t kAuctionLengthMin_s = 10;
inline constexpr std::int64_t kAuctionLengthMax_s = 1'800;
inline constexpr std::int64_t kAuctionExtendMin_s = 3;
inline constexpr std::int64_t kAuctionExtendMax_s = 60;
inline constexpr std::chrono::seconds kAuctionExtendedMax{600};  // behind the announced close
inline constexpr std::int64_t kAuctionsPerShowMax = 100;
// Of one device in one auction.
inline constexpr std::chrono::seconds kBidPaceOver{10};
inline constexpr std::int64_t kBidsPerPaceMax = 5;
// Who comes next is asked no later than this after the close.
inline constexpr std::chrono::hours kRunnersUpFor{2};

enum class AuctionState : std::uint8_t { open, closed, cancelled };
std::string_view to_text(AuctionState state);

struct Auction {
  AuctionTerms terms;
  AuctionState state = AuctionState::open;
  Instant closes_at;
  std::optional<Instant> ended_at;
  ClaimId unit;
  std::int64_t bids = 0;
  std::int64_t lines = 0;
  Instant last_at;
  Bytes head;
};

struct NewAuction {
  ShowId show;
  ProductId product;
  std::string title;
  Money start;
  std::int64_t step_minor = 1;
  std::int64_t length_s = 60;  // kAuctionLengthMin_s to kAuctionLengthMax_s
  AuctionMode mode = AuctionMode::extend;
  std::int64_t extend_s = 10;  // in mode extend kAuctionExtendMin_s to kAuctionExtendMax_s
  ClaimId unit;
};
// One at a time in a show that is live. Fails with show-not-found, show-not-live, auction-open,
// auctions-limit; invalid-field at /start/minor, /step_minor, /length_s, /extend_s.
Result<Auction> open_auction(store::Tx& tx, const NewAuction& auction, Instant now);

// Fails with auction-not-found.
Result<Auction> find_auction(store::Tx& tx, AuctionId auction);
// Newest first; at most kAuctionsPerShowMax.
std::vector<Auction> auctions_of(store::Tx& tx, ShowId show);
std::vector<Auction> open_auctions_of(store::Tx& tx, ShowId show);
std::vector<Auction> open_auctions_of(store::Tx& tx, ProductId product);
// Whose time is over, oldest first; at most kAuctionsPerShowMax.
std::vector<AuctionId> auctions_to_close(store::Tx& tx, Instant now);

// A line about a bidder.
struct Bid {
  std::int64_t position = 0;  // of the line in the log
  DeviceId device;
  std::string name;
  std::string mark;
  std::int64_t amount_minor = 0;
};

struct NewBid {
  AuctionId auction;
  DeviceId device;
  std::string name;  // as the room may hear it
  std::int64_t amount_minor = 0;
  std::string idempotency_key;
};
struct Accepted {
  Auction auction;
  bool was_extended = false;
  bool is_replay = false;  // the same was bid before under this key, and changed nothing now
};
// Fails with auction-not-found; auction-closed, also by the clock before it is closed;
// idempotency-key-reused; bid-too-low (least_minor); bid-is-yours for who leads; auction-full;
// bids-too-often (retry_after_s); invalid-field at /amount/minor.
Result<Accepted> bid(store::Tx& tx, const NewBid& bid, Instant now);

// Closed: before its time is over, too. Fail with auction-not-found, auction-closed.
Result<Auction> close_auction(store::Tx& tx, AuctionId auction, Instant now);
Result<Auction> cancel_auction(store::Tx& tx, AuctionId auction, Instant now);

// The highest bid; none: nobody has bid.
std::optional<Bid> lead_of(store::Tx& tx, AuctionId auction);
// Each bidder's highest that has neither been offered it nor passed over, the highest first; at
// most `count`.
std::vector<Bid> next_in_turn(store::Tx& tx, AuctionId auction, std::int64_t count);
// The bid of whom it was offered to last.
std::optional<Bid> offered_of(store::Tx& tx, AuctionId auction);
std::optional<Bid> newest_bid_of(store::Tx& tx, AuctionId auction, DeviceId device);
std::int64_t offers_made(store::Tx& tx, AuctionId auction);
// Of a closed auction: `bid` is next_in_turn().
void note_offer(store::Tx& tx, AuctionId auction, AuctionStep what, const Bid& bid, Instant now);

// Fails with auction-not-found, and auction-open before it has ended.
Result<AuctionLog> auction_log(store::Tx& tx, AuctionId auction);

// Forgets those of the shop's shows: for demo data that goes.
void erase_auctions(store::Tx& tx, ShopId shop);

}  // namespace geili::shows
