#include "shows/auction.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/field_errors.hpp"
#include "base/random.hpp"
#include "shows/show.hpp"
#include "store/names.hpp"

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 3> kStates{"open", "closed", "cancelled"};
constexpr std::size_t kMarkBytes = 16;

#define GEILI_AUCTION_COLUMNS                                                             \
  "id, show_id, product_id, title, currency, start_minor, step_minor, mode, extend_s,"    \
  " opened_at, first_close_at, last_close_at, state, closes_at, ended_at, unit_claim_id," \
  " bid_count, line_count, last_at, head"
#define GEILI_BID_COLUMNS "position, device_id, name, mark, amount_minor"

Bytes bytes_of(const store::Row& row, int column) {
  const ByteView bytes = row.bytes(column);
  return Bytes(bytes.begin(), bytes.end());
}

Auction read_auction(const store::Row& row) {
  const auto mode = parse_auction_mode(row.text(7));
  return {.terms = {.show = row.id<ShowId>(1),
                    .auction = row.id<AuctionId>(0),
                    .product = row.id<ProductId>(2),
                    .title = row.string(3),
                    .currency = row.string(4),
                    .start_minor = row.integer(5),
                    .step_minor = row.integer(6),
                    .mode = mode.value_or(AuctionMode::sudden_death),
                    .extend = std::chrono::seconds(row.integer(8)),
                    .opened_at = row.instant(9),
                    .first_close_at = row.instant(10),
                    .last_close_at = row.instant(11)},
          .state = store::stored<AuctionState>(kStates, row.text(12)),
          .closes_at = row.instant(13),
          .ended_at = row.optional_instant(14),
          .unit = row.id<ClaimId>(15),
          .bids = row.integer(16),
          .lines = row.integer(17),
          .last_at = row.instant(18),
          .head = bytes_of(row, 19)};
}

Bid read_bid(const store::Row& row) {
  return {.position = row.integer(0),
          .device = row.id<DeviceId>(1),
          .name = row.string(2),
          .mark = row.string(3),
          .amount_minor = row.integer(4)};
}

template <class... Args>
std::vector<Auction> read_auctions(store::Tx& tx, std::string_view sql, const Args&... args) {
  std::vector<Auction> list;
  tx.each([&](const store::Row& row) { list.push_back(read_auction(row)); }, sql, args...);
  return list;
}

std::unexpected<Error> closed() {
  return fail(ErrorKind::conflict, "auction-closed", "The auction is over.");
}

void check_range(FieldErrors& faults, std::string_view path, std::int64_t value, std::int64_t least,
                 std::int64_t most) {
  if (value >= least && value <= most) return;
  faults.add(path, "is not between " + std::to_string(least) + " and " + std::to_string(most));
}

Result<void> check(const NewAuction& auction) {
  FieldErrors faults;
  check_range(faults, "/start/minor", auction.start.minor, 1, kMoneyMinorMax);
  check_range(faults, "/step_minor", auction.step_minor, 1, kMoneyMinorMax);
  check_range(faults, "/length_s", auction.length_s, kAuctionLengthMin_s, kAuctionLengthMax_s);
  if (auction.mode == AuctionMode::extend) {
    check_range(faults, "/extend_s", auction.extend_s, kAuctionExtendMin_s, kAuctionExtendMax_s);
  }
  return std::move(faults).check();
}

// Who else bids or ends it waits here for the commit.
Result<Auction> lock_auction(store::Tx& tx, AuctionId auction) {
  auto found = tx.one(read_auction,
                      "UPDATE auction SET bid_count = bid_count WHERE id = $1"
                      " RETURNING " GEILI_AUCTION_COLUMNS,
                      auction);
  if (found) return *std::move(found);
  return fail(ErrorKind::not_found, "auction-not-found", "There is no such auction.");
}

struct Bidder {
  std::optional<DeviceId> device;
  std::optional<std::string_view> name;
  std::optional<std::string_view> key;
};

// Behind the newest line, and never earlier than it, should the clock step back.
void add_line(store::Tx& tx, Auction& auction, AuctionLine line, const Bidder& bidder) {
  line.position = ++auction.lines;
  line.at = std::max(line.at, auction.last_at);
  line.closes_at = auction.closes_at;
  line.hash = hash_of(auction.head, line);
  tx.exec(
      "INSERT INTO auction_line (auction_id, position, what, logged_at, mark, amount_minor, "
      "closes_at,"
      " hash, device_id, name, idempotency_key)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      auction.terms.auction, line.position, to_text(line.what), line.at, line.mark,
      line.amount_minor, line.closes_at, line.hash, bidder.device, bidder.name, bidder.key);
  auction.last_at = line.at;
  auction.head = std::move(line.hash);
}

void keep(store::Tx& tx, const Auction& auction) {
  tx.exec(
      "UPDATE auction SET state = $2, closes_at = $3, ended_at = $4, bid_count = $5,"
      " line_count = $6, last_at = $7, head = $8 WHERE id = $1",
      auction.terms.auction, to_text(auction.state), auction.closes_at, auction.ended_at,
      auction.bids, auction.lines, auction.last_at, auction.head);
}

Result<void> check_pace(store::Tx& tx, const NewBid& bid, Instant now) {
  const auto oldest = tx.integer(
      "SELECT logged_at FROM auction_line WHERE auction_id = $1 AND device_id = $2 AND what = 'bid'"
      " AND logged_at > $3 ORDER BY position DESC LIMIT 1 OFFSET $4",
      bid.auction, bid.device, now - kBidPaceOver, kBidsPerPaceMax - 1);
  if (!oldest) return {};
  const auto wait = Instant{*oldest} + kBidPaceOver - now;
  return fail(
      Error::make(ErrorKind::rate_limited, "bids-too-often",
                  "Too many bids: wait before the next one.")
          .with("retry_after_s",
                std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(wait).count())));
}

Result<void> check_bid(store::Tx& tx, const NewBid& bid, const Auction& auction,
                       const std::optional<Bid>& lead, Instant now) {
  if (auction.state != AuctionState::open || std::max(now, auction.last_at) >= auction.closes_at) {
    return closed();
  }
  if (bid.amount_minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/amount/minor", "is more than there can be"));
  }
  if (lead && lead->device == bid.device) {
    return fail(ErrorKind::conflict, "bid-is-yours", "The highest bid is yours.");
  }
  if (auction.bids >= kAuctionBidsMax) {
    return fail(ErrorKind::conflict, "auction-full", "The auction has all the bids it can take.");
  }
  if (auto paced = check_pace(tx, bid, now); !paced) return paced;
  const std::int64_t least_minor =
      least_bid_minor(auction.terms, lead ? std::optional(lead->amount_minor) : std::nullopt);
  if (bid.amount_minor >= least_minor) return {};
  return fail(Error::make(ErrorKind::conflict, "bid-too-low", "The next bid must be higher.")
                  .with("least_minor", least_minor));
}

Result<Auction> end(store::Tx& tx, AuctionId id, AuctionStep how, Instant now) {
  auto auction = lock_auction(tx, id);
  if (!auction) return auction;
  if (auction->state != AuctionState::open) return closed();
  auction->state = how == AuctionStep::closed ? AuctionState::closed : AuctionState::cancelled;
  auction->ended_at = now;
  const auto lead = lead_of(tx, id);
  add_line(tx, *auction, {.what = how, .at = now, .amount_minor = lead ? lead->amount_minor : 0},
           {});
  keep(tx, *auction);
  return auction;
}

}  // namespace

std::string_view to_text(AuctionState state) {
  return store::name_of(kStates, state);
}

Result<Auction> open_auction(store::Tx& tx, const NewAuction& auction, Instant now) {
  if (auto fits = check(auction); !fits) return fail_as(fits);
  auto show = find_show(tx, auction.show);
  if (!show) return fail_as(show);
  if (show->status != ShowStatus::live) {
    return fail(ErrorKind::conflict, "show-not-live", "The show is not live.");
  }
  if (*tx.integer("SELECT COUNT(*) FROM auction WHERE show_id = $1", auction.show) >=
      kAuctionsPerShowMax) {
    return fail(ErrorKind::conflict, "auctions-limit", "A show has at most 100 auctions.");
  }
  const bool is_extended = auction.mode == AuctionMode::extend;
  const Instant closes_at = now + std::chrono::seconds(auction.length_s);
  auto made = tx.one(
      read_auction,
      "INSERT INTO auction (show_id, product_id, title, currency, start_minor, step_minor, mode,"
      " extend_s, opened_at, first_close_at, last_close_at, state, closes_at, unit_claim_id,"
      " last_at, head)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $10, $12, $9, $13)"
      " ON CONFLICT DO NOTHING RETURNING " GEILI_AUCTION_COLUMNS,
      auction.show, auction.product, auction.title, auction.start.currency.code(),
      auction.start.minor, auction.step_minor, to_text(auction.mode),
      is_extended ? auction.extend_s : 0, now, closes_at,
      is_extended ? closes_at + kAuctionExtendedMax : closes_at, auction.unit, Bytes());
  if (!made) {
    return fail(ErrorKind::conflict, "auction-open", "Another auction of the show is open.");
  }
  made->head = hash_of(made->terms);
  keep(tx, *made);
  return *std::move(made);
}

Result<Auction> find_auction(store::Tx& tx, AuctionId auction) {
  auto found =
      tx.one(read_auction, "SELECT " GEILI_AUCTION_COLUMNS " FROM auction WHERE id = $1", auction);
  if (found) return *std::move(found);
  return fail(ErrorKind::not_found, "auction-not-found", "There is no such auction.");
}

std::vector<Auction> auctions_of(store::Tx& tx, ShowId show) {
  return read_auctions(tx,
                       "SELECT " GEILI_AUCTION_COLUMNS
                       " FROM auction WHERE show_id = $1 ORDER BY id DESC LIMIT $2",
                       show, kAuctionsPerShowMax);
}

std::vector<Auction> open_auctions_of(store::Tx& tx, ShowId show) {
  return read_auctions(
      tx, "SELECT " GEILI_AUCTION_COLUMNS " FROM auction WHERE show_id = $1 AND state = 'open'",
      show);
}

std::vector<Auction> open_auctions_of(store::Tx& tx, ProductId product) {
  return read_auctions(tx,
                       "SELECT " GEILI_AUCTION_COLUMNS
                       " FROM auction WHERE product_id = $1 AND state = 'open' ORDER BY id",
                       product);
}

std::vector<AuctionId> auctions_to_close(store::Tx& tx, Instant now) {
  std::vector<AuctionId> list;
  tx.each([&](const store::Row& row) { list.push_back(row.id<AuctionId>(0)); },
          "SELECT id FROM auction WHERE state = 'open' AND closes_at <= $1"
          " ORDER BY closes_at, id LIMIT $2",
          now, kAuctionsPerShowMax);
  return list;
}

Result<Accepted> bid(store::Tx& tx, const NewBid& bid, Instant now) {
  auto auction = lock_auction(tx, bid.auction);
  if (!auction) return fail_as(auction);
  const auto before = tx.integer(
      "SELECT amount_minor FROM auction_line WHERE auction_id = $1 AND device_id = $2"
      " AND idempotency_key = $3",
      bid.auction, bid.device, bid.idempotency_key);
  if (before) {
    if (*before == bid.amount_minor) return Accepted{*std::move(auction), false, true};
    return fail(ErrorKind::unprocessable, "idempotency-key-reused",
                "The key was used for another bid.");
  }
  const auto lead = lead_of(tx, bid.auction);
  if (auto fits = check_bid(tx, bid, *auction, lead, now); !fits) return fail_as(fits);
  const auto mine = newest_bid_of(tx, bid.auction, bid.device);
  AuctionLine line{.what = AuctionStep::bid,
                   .at = now,
                   .mark = mine ? mine->mark : to_hex(random_bytes(kMarkBytes)),
                   .amount_minor = bid.amount_minor};
  ++auction->bids;
  add_line(tx, *auction, line, {bid.device, bid.name, bid.idempotency_key});
  const Instant closes_at = close_after_bid(auction->terms, auction->closes_at, auction->last_at);
  const bool was_extended = closes_at != auction->closes_at;
  if (was_extended) {
    auction->closes_at = closes_at;
    add_line(tx, *auction,
             {.what = AuctionStep::extended, .at = now, .amount_minor = bid.amount_minor}, {});
  }
  keep(tx, *auction);
  return Accepted{*std::move(auction), was_extended, false};
}

Result<Auction> close_auction(store::Tx& tx, AuctionId auction, Instant now) {
  return end(tx, auction, AuctionStep::closed, now);
}

Result<Auction> cancel_auction(store::Tx& tx, AuctionId auction, Instant now) {
  return end(tx, auction, AuctionStep::cancelled, now);
}

std::optional<Bid> lead_of(store::Tx& tx, AuctionId auction) {
  return tx.one(read_bid,
                "SELECT " GEILI_BID_COLUMNS
                " FROM auction_line WHERE auction_id = $1 AND what = 'bid'"
                " ORDER BY position DESC LIMIT 1",
                auction);
}

std::vector<Bid> next_in_turn(store::Tx& tx, AuctionId auction, std::int64_t count) {
  std::vector<Bid> list;
  tx.each([&](const store::Row& row) { list.push_back(read_bid(row)); },
          "SELECT " GEILI_BID_COLUMNS
          " FROM auction_line a WHERE auction_id = $1 AND what = 'bid'"
          " AND NOT EXISTS (SELECT 1 FROM auction_line b WHERE b.auction_id = $1"
          " AND b.device_id = a.device_id AND (b.what IN ('offered', 'passed')"
          " OR (b.what = 'bid' AND b.position > a.position)))"
          " ORDER BY position DESC LIMIT $2",
          auction, count);
  return list;
}

std::optional<Bid> newest_bid_of(store::Tx& tx, AuctionId auction, DeviceId device) {
  return tx.one(read_bid,
                "SELECT " GEILI_BID_COLUMNS
                " FROM auction_line WHERE auction_id = $1 AND device_id = $2 AND what = 'bid'"
                " ORDER BY position DESC LIMIT 1",
                auction, device);
}

std::optional<Bid> offered_of(store::Tx& tx, AuctionId auction) {
  const auto offered = tx.one(read_bid,
                              "SELECT " GEILI_BID_COLUMNS
                              " FROM auction_line WHERE auction_id = $1 AND what = 'offered'"
                              " ORDER BY position DESC LIMIT 1",
                              auction);
  // Nobody bids less than before, so it is the newest bid that was the highest of theirs.
  return offered ? newest_bid_of(tx, auction, offered->device) : std::nullopt;
}

std::int64_t offers_made(store::Tx& tx, AuctionId auction) {
  return *tx.integer("SELECT COUNT(*) FROM auction_line WHERE auction_id = $1 AND what = 'offered'",
                     auction);
}

void note_offer(store::Tx& tx, AuctionId id, AuctionStep what, const Bid& bid, Instant now) {
  auto auction = lock_auction(tx, id);
  if (!auction) return;
  add_line(tx, *auction,
           {.what = what, .at = now, .mark = bid.mark, .amount_minor = bid.amount_minor},
           {bid.device, bid.name, std::nullopt});
  keep(tx, *auction);
}

Result<AuctionLog> auction_log(store::Tx& tx, AuctionId id) {
  auto auction = find_auction(tx, id);
  if (!auction) return fail_as(auction);
  if (auction->state == AuctionState::open) {
    return fail(ErrorKind::conflict, "auction-open", "The auction is not over yet.");
  }
  AuctionLog log{.terms = std::move(auction->terms), .lines = {}};
  tx.each(
      [&](const store::Row& row) {
        log.lines.push_back({.position = row.integer(0),
                             .what = *parse_auction_step(row.text(1)),
                             .at = row.instant(2),
                             .mark = row.string(3),
                             .amount_minor = row.integer(4),
                             .closes_at = row.instant(5),
                             .hash = bytes_of(row, 6)});
      },
      "SELECT position, what, logged_at, mark, amount_minor, closes_at, hash FROM auction_line"
      " WHERE auction_id = $1 ORDER BY position",
      id);
  return log;
}

void erase_auctions(store::Tx& tx, ShopId shop) {
  tx.exec(
      "DELETE FROM auction_line WHERE auction_id IN (SELECT a.id FROM auction a JOIN show s"
      " ON s.id = a.show_id WHERE s.shop_id = $1)",
      shop);
  tx.exec("DELETE FROM auction WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
}

}  // namespace geili::shows
