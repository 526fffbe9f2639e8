#pragma once
// How an auction goes, so that anybody can follow it from its log: pure functions.
//   1. The first bid is at least the start, each later one at least a step above the highest, and
//      nobody bids against themselves.
//   2. A bid counts while it is before the close on the server's clock.
//   3. In mode extend a bid in the last `extend` moves the close to `extend` after it, never behind
//      the last close; sudden death moves nothing.
//   4. Whoever bid most has it first; who does not take it leaves it to the next, each at their own
//      highest bid.
// Each step is hashed together with the hash before it; the first with the auction's terms.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"

namespace geili::shows {

using AuctionId = Id<struct AuctionTag>;

inline constexpr std::int64_t kAuctionBidsMax = 2'000;
inline constexpr std::int64_t kAuctionOffersMax = 3;  // the winner, and those after
// Each bid may extend; then the close, and what was offered.
inline constexpr std::int64_t kAuctionLinesMax = 2 * kAuctionBidsMax + 1'000;

enum class AuctionMode : std::uint8_t { extend, sudden_death };
std::string_view to_text(AuctionMode mode);
std::optional<AuctionMode> parse_auction_mode(std::string_view text);

// What is fixed when an auction is opened.
struct AuctionTerms {
  ShowId show;
  AuctionId auction;
  ProductId product;
  std::string title;
  std::string currency;
  std::int64_t start_minor = 1;
  std::int64_t step_minor = 1;
  AuctionMode mode = AuctionMode::extend;
  std::chrono::seconds extend{0};  // in sudden death 0
  Instant opened_at;
  Instant first_close_at;  // as announced
  Instant last_close_at;   // however often it is extended
};

// passed: who was next could not have it (a limit of what one buyer may have).
enum class AuctionStep : std::uint8_t { bid, extended, closed, cancelled, offered, passed };
std::string_view to_text(AuctionStep step);
std::optional<AuctionStep> parse_auction_step(std::string_view text);

struct AuctionLine {
  std::int64_t position = 0;  // 1, 2, 3, …
  AuctionStep what = AuctionStep::bid;
  Instant at;
  // Of bid, offered, passed: 32 hexadecimal digits, the bidder's for the whole auction.
  std::string mark;
  std::int64_t amount_minor = 0;  // what is bid or offered; else the highest bid so far, or 0
  Instant closes_at;              // from now on
  Bytes hash;                     // SHA-256; see hash_of()
};

// What the first line continues. Each text is hashed as its length, ';' and itself, each number in
// decimals with ';' behind it.
Bytes hash_of(const AuctionTerms& terms);
Bytes hash_of(ByteView before, const AuctionLine& line);

std::int64_t least_bid_minor(const AuctionTerms& terms, std::optional<std::int64_t> highest_minor);
// When it closes once there was a bid at `at`.
Instant close_after_bid(const AuctionTerms& terms, Instant closes_at, Instant at);

struct AuctionLog {
  AuctionTerms terms;
  std::vector<AuctionLine> lines;
};
// Who has it, or would have had it, as the log tells.
struct AuctionOutcome {
  bool is_cancelled = false;
  std::int64_t bids = 0;
  std::string winner;  // mark of who was offered it last; empty: nobody
  std::int64_t price_minor = 0;
};
AuctionOutcome outcome_of(const AuctionLog& log);
// The first thing in it that does not follow from the rest; none: it went by the rules.
std::optional<std::string> fault_of(const AuctionLog& log);

}  // namespace geili::shows
