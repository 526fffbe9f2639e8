#include "stock/claim.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/random.hpp"
#include "stock/claim_log.hpp"
#include "stock/show_limit.hpp"
#include "stock/stock.hpp"
#include "store/names.hpp"

namespace geili::stock {
namespace {

constexpr std::array<std::string_view, 4> kStates{"held", "claimed", "released", "expired"};
constexpr std::array<std::string_view, 2> kWonBy{"auction", "draw"};

#define GEILI_CLAIM_COLUMNS                                                                    \
  "id, product_id, quantity, show_id, device_id, state, claimed_at, held_until, token, place," \
  " after_us, parts, deal_id, deal_price_minor, won_by, won_id, won_price_minor"

std::optional<Won> read_won(const store::Row& row) {
  if (row.is_null(14)) return std::nullopt;
  return Won{.by = store::stored<WonBy>(kWonBy, row.text(14)),
             .id = row.integer(15),
             .price_minor = row.integer(16)};
}

Claim read_claim(const store::Row& row) {
  return {.id = row.id<ClaimId>(0),
          .product = row.id<ProductId>(1),
          .quantity = row.integer(2),
          .show = row.optional_id<ShowId>(3),
          .buyer = row.optional_id<DeviceId>(4),
          .state = store::stored<ClaimState>(kStates, row.text(5)),
          .claimed_at = row.instant(6),
          .held_until = row.optional_instant(7),
          .token = row.optional_string(8).value_or(""),
          .place = row.integer(9),
          .after_us = row.optional_integer(10),
          .deal = row.is_null(12) ? std::nullopt
                                  : std::optional(OnDeal{.deal = row.id<DealId>(12),
                                                         .price_minor = row.integer(13),
                                                         .is_kept = true}),
          .won = read_won(row),
          .part_count = row.integer(11)};
}

void log_of(store::Tx& tx, const Claim& claim, LoggedKind what, Instant now) {
  if (!claim.show || claim.token.empty()) return;
  log(tx, *claim.show,
      {.what = what,
       .mark = claim_mark(claim.token),
       .product = claim.product,
       .quantity = claim.quantity,
       .at = now,
       .hash = {}});
}

Error sold_out(store::Tx& tx, const Wanted& wanted, std::int64_t available, Instant now) {
  Error error = Error::make(ErrorKind::conflict, "sold-out", "There are not as many left.")
                    .with("available", available)
                    .with("product_id", wanted.product.value);
  if (!wanted.show) return error;
  return std::move(error).with("place", place_of_next(tx, *wanted.show, wanted.product, now).place);
}

Result<void> check_holds(store::Tx& tx, const Wanted& wanted, Instant now) {
  if (!wanted.held_until || !wanted.buyer) return {};
  const auto held = tx.integer(
      "SELECT COUNT(*) FROM claim WHERE device_id = $1 AND state = 'held' AND held_until > $2"
      " AND bundle_claim_id IS NULL",
      *wanted.buyer, now);
  if (*held < static_cast<std::int64_t>(kHoldsPerBuyerMax)) return {};
  return fail(ErrorKind::conflict, "too-many-holds", "As many as 20 are held for you already.");
}

struct StockRow {
  std::int64_t available;
  std::optional<ProductId> parent;
  std::int64_t bundles;
};

StockRow read_stock(const store::Row& row) {
  return {row.integer(0), row.optional_id<ProductId>(1), row.integer(2)};
}

void note_stock(Claim& claim, const StockRow& row) {
  claim.available = row.available;
  claim.parent = row.parent;
  claim.bundles = row.bundles;
}

constexpr store::CounterRow kCounters{
    .read = "SELECT available, parent_id, bundles FROM stock WHERE product_id = $1",
    .write = "UPDATE stock SET available = $2 WHERE product_id = $1",
    .count = 3};

// Changes what is left in memory, where the store keeps it there.
StockRow change_units(store::Counters& row, std::int64_t change) {
  const std::int64_t left = *row[0] + change;
  row.set(0, left);
  const auto parent = row[1];
  return {left, parent ? std::optional(ProductId{*parent}) : std::nullopt, *row[2]};
}

// None when there are not as many.
std::optional<StockRow> take_units(store::Tx& tx, ProductId product, std::int64_t quantity) {
  if (store::Counters* row = tx.counters(kCounters, product)) {
    return *(*row)[0] < quantity ? std::nullopt : std::optional(change_units(*row, -quantity));
  }
  return tx.one(read_stock,
                "UPDATE stock SET available = available - $2"
                " WHERE product_id = $1 AND available >= $2"
                " RETURNING available, parent_id, bundles",
                product, quantity);
}

StockRow put_back(store::Tx& tx, ProductId product, std::int64_t quantity) {
  if (store::Counters* row = tx.counters(kCounters, product)) return change_units(*row, quantity);
  return *tx.one(read_stock,
                 "UPDATE stock SET available = available + $2 WHERE product_id = $1"
                 " RETURNING available, parent_id, bundles",
                 product, quantity);
}

Claim claim_of(const Wanted& wanted, Instant now) {
  return {.product = wanted.product,
          .quantity = wanted.quantity,
          .show = wanted.show,
          .buyer = wanted.buyer,
          .state = wanted.held_until ? ClaimState::held : ClaimState::claimed,
          .claimed_at = now,
          .held_until = wanted.held_until,
          .token = wanted.show ? random_token() : "",
          .deal = wanted.deal,
          .won = wanted.won};
}

// Counts it in its show and on its deal, and writes it down, with the units taken already.
Result<void> keep(store::Tx& tx, Claim& taken, const Wanted& wanted,
                  std::optional<ClaimId> of_bundle) {
  const Instant now = taken.claimed_at;
  if (wanted.show) {
    auto place = count_in_show(tx, *wanted.show, wanted, now);
    if (!place) return fail_as(place);
    taken.place = place->place;
    taken.after_us = place->after_us;
  }
  if (wanted.deal) {
    auto fits = take_on_deal(tx, *wanted.deal, deal_units(taken), now);
    if (!fits) return fits;
    taken.deal->is_kept = true;
  }
  const std::optional<std::string_view> token =
      wanted.show ? std::optional<std::string_view>(taken.token) : std::nullopt;
  const auto& won = taken.won;
  taken.id = ClaimId{*tx.insert(
      "INSERT INTO claim"
      " (product_id, quantity, claimed_at, state, show_id, device_id, held_until, token, place,"
      " after_us, parts, bundle_claim_id, deal_id, deal_price_minor, won_by, won_id,"
      " won_price_minor)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
      " RETURNING id",
      taken.product, taken.quantity, now, to_text(taken.state), taken.show, taken.buyer,
      taken.held_until, token, taken.place, taken.after_us, taken.part_count, of_bundle,
      taken.deal ? std::optional(taken.deal->deal) : std::nullopt,
      taken.deal ? std::optional(taken.deal->price_minor) : std::nullopt,
      won ? std::optional(to_text(won->by)) : std::nullopt,
      won ? std::optional(won->id) : std::nullopt,
      won ? std::optional(won->price_minor) : std::nullopt)};
  log_of(tx, taken, wanted.held_until ? LoggedKind::held : LoggedKind::claimed, now);
  return {};
}

// The units of all parts, or what is left when there are not as many; then nothing has changed.
Result<std::vector<StockRow>> take_parts(store::Tx& tx, const Wanted& wanted,
                                         const std::vector<Part>& recipe, Instant now) {
  std::vector<StockRow> rows;
  for (const Part& part : recipe) {
    if (auto row = take_units(tx, part.product, part.quantity * wanted.quantity)) {
      rows.push_back(*row);
      continue;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      put_back(tx, recipe[i].product, recipe[i].quantity * wanted.quantity);
    }
    std::int64_t left = kStockMax;
    for (const Part& one : recipe) left = std::min(left, available(tx, one.product) / one.quantity);
    return fail(sold_out(tx, wanted, left, now));
  }
  return rows;
}

// `recipe` is in the order of the products.
Result<Claim> claim_bundle(store::Tx& tx, const Wanted& wanted, const std::vector<Part>& recipe,
                           Instant now) {
  auto rows = take_parts(tx, wanted, recipe, now);
  if (!rows) return fail_as(rows);
  Claim bundle = claim_of(wanted, now);
  bundle.part_count = static_cast<std::int64_t>(recipe.size());
  if (auto kept = keep(tx, bundle, wanted, std::nullopt); !kept) return fail_as(kept);
  bundle.available = kStockMax;
  for (std::size_t i = 0; i < recipe.size(); ++i) {
    Wanted wanted_part = wanted;
    wanted_part.product = recipe[i].product;
    wanted_part.quantity = recipe[i].quantity * wanted.quantity;
    wanted_part.deal.reset();
    wanted_part.won.reset();
    Claim part = claim_of(wanted_part, now);
    part.token = bundle.token;
    if (auto kept = keep(tx, part, wanted_part, bundle.id); !kept) return fail_as(kept);
    bundle.parts.push_back({part.product, part.quantity, (*rows)[i].available});
    bundle.available = std::min(bundle.available, (*rows)[i].available / recipe[i].quantity);
  }
  return bundle;
}

// In the order of the products.
template <class... Args>
std::vector<Claim> changed_parts(store::Tx& tx, std::string_view sql, const Args&... args) {
  std::vector<Claim> parts;
  tx.each([&](const store::Row& row) { parts.push_back(read_claim(row)); }, sql, args...);
  std::ranges::sort(parts, {}, &Claim::product);
  return parts;
}

void uncount(store::Tx& tx, const Claim& left) {
  if (left.show) uncount_in_show(tx, *left.show, left);
  if (left.deal) give_back_to_deal(tx, left.deal->deal, deal_units(left));
}

void give_back(store::Tx& tx, Claim& left, LoggedKind what, Instant now) {
  note_stock(left, put_back(tx, left.product, left.quantity));
  uncount(tx, left);
  log_of(tx, left, what, now);
}

void give_parts_back(store::Tx& tx, Claim& bundle, LoggedKind what, Instant now) {
  auto parts = changed_parts(tx,
                             "UPDATE claim SET state = $2, released_at = $3"
                             " WHERE bundle_claim_id = $1 RETURNING " GEILI_CLAIM_COLUMNS,
                             bundle.id, to_text(bundle.state), now);
  for (Claim& part : parts) {
    give_back(tx, part, what, now);
    bundle.parts.push_back({part.product, part.quantity, part.available});
  }
  uncount(tx, bundle);
  log_of(tx, bundle, what, now);
  bundle.available = available(tx, bundle.product);
}

// Leaves a state in which the units were taken; none when it had been left before. Only what is
// still held expires: another writer may have confirmed it since it was found to be due.
std::optional<Claim> leave(store::Tx& tx, ClaimId claim, ClaimState to, Instant now) {
  auto left = tx.one(read_claim,
                     "UPDATE claim SET state = $2, released_at = $3 WHERE id = $1"
                     " AND (state = 'held' OR (state = 'claimed' AND $2 = 'released'))"
                     " AND bundle_claim_id IS NULL RETURNING " GEILI_CLAIM_COLUMNS,
                     claim, to_text(to), now);
  if (!left) return std::nullopt;
  const LoggedKind what = to == ClaimState::expired ? LoggedKind::expired : LoggedKind::released;
  if (left->part_count > 0) {
    give_parts_back(tx, *left, what, now);
  } else {
    give_back(tx, *left, what, now);
  }
  return left;
}

void confirm_parts(store::Tx& tx, const Claim& bundle, Instant now) {
  const auto parts = changed_parts(tx,
                                   "UPDATE claim SET state = 'claimed' WHERE bundle_claim_id = $1"
                                   " RETURNING " GEILI_CLAIM_COLUMNS,
                                   bundle.id);
  for (const Claim& part : parts) log_of(tx, part, LoggedKind::confirmed, now);
}

}  // namespace

DealUnits deal_units(const Claim& claim) {
  return {.product = claim.product, .buyer = claim.buyer, .quantity = claim.quantity};
}

std::string_view to_text(WonBy by) {
  return store::name_of(kWonBy, by);
}

std::string_view to_text(ClaimState state) {
  return store::name_of(kStates, state);
}

Result<Claim> claim(store::Tx& tx, const Wanted& wanted, Instant now) {
  assert(wanted.quantity >= 1 && wanted.quantity <= kClaimQuantityMax);
  if (auto fits = check_holds(tx, wanted, now); !fits) return fail_as(fits);
  const auto left = take_units(tx, wanted.product, wanted.quantity);
  if (!left) {
    const Level stands = level(tx, wanted.product);
    const bool is_bundle = stands.parts > 0 || wanted.as_before.has_value();
    auto recipe = wanted.as_before ? parts_taken(tx, *wanted.as_before) : std::vector<Part>();
    if (recipe.empty() && is_bundle) recipe = parts_of(tx, wanted.product);
    if (recipe.empty()) return fail(sold_out(tx, wanted, stands.available, now));
    return claim_bundle(tx, wanted, recipe, now);
  }
  Claim taken = claim_of(wanted, now);
  note_stock(taken, *left);
  if (auto kept = keep(tx, taken, wanted, std::nullopt); !kept) return fail_as(kept);
  return taken;
}

Result<Claim> find_claim(store::Tx& tx, ClaimId claim) {
  auto found = tx.one(
      read_claim,
      "SELECT " GEILI_CLAIM_COLUMNS " FROM claim WHERE id = $1 AND bundle_claim_id IS NULL", claim);
  if (!found) return fail(ErrorKind::not_found, "claim-not-found", "There is no such claim.");
  return *std::move(found);
}

std::optional<Claim> find_won(store::Tx& tx, WonBy by, std::int64_t id, DeviceId buyer) {
  return tx.one(read_claim,
                "SELECT " GEILI_CLAIM_COLUMNS
                " FROM claim WHERE won_by = $1 AND won_id = $2 AND device_id = $3"
                " ORDER BY id DESC LIMIT 1",
                to_text(by), id, buyer);
}

std::vector<Claim> set_apart_for(store::Tx& tx, WonBy by, std::int64_t id) {
  std::vector<Claim> units;
  tx.each([&](const store::Row& row) { units.push_back(read_claim(row)); },
          "SELECT " GEILI_CLAIM_COLUMNS
          " FROM claim WHERE won_by = $1 AND won_id = $2 AND device_id IS NULL AND state = 'held'"
          " ORDER BY id",
          to_text(by), id);
  return units;
}

bool is_win_taken(store::Tx& tx, const Won& won, DeviceId buyer) {
  if (won.by == WonBy::draw) {
    const auto own = find_won(tx, won.by, won.id, buyer);
    return own && (own->state == ClaimState::held || own->state == ClaimState::claimed);
  }
  return tx
      .integer(
          "SELECT id FROM claim WHERE won_by = $1 AND won_id = $2"
          " AND state IN ('held', 'claimed') LIMIT 1",
          to_text(won.by), won.id)
      .has_value();
}

Result<Claim> confirm(store::Tx& tx, ClaimId claim, Instant now) {
  auto confirmed = tx.one(read_claim,
                          "UPDATE claim SET state = 'claimed' WHERE id = $1 AND state = 'held'"
                          " AND held_until > $2 AND bundle_claim_id IS NULL"
                          " RETURNING " GEILI_CLAIM_COLUMNS,
                          claim, now);
  if (confirmed) {
    log_of(tx, *confirmed, LoggedKind::confirmed, now);
    if (confirmed->part_count > 0) confirm_parts(tx, *confirmed, now);
  } else {
    auto found = find_claim(tx, claim);
    if (!found) return found;
    if (found->state == ClaimState::released) {
      return fail(ErrorKind::conflict, "hold-released", "The units were given back.");
    }
    if (found->state != ClaimState::claimed) {
      return fail(ErrorKind::conflict, "hold-expired", "The time they were held for is over.");
    }
    confirmed = *std::move(found);
  }
  const Level stands = level(tx, confirmed->product);
  note_stock(*confirmed, {stands.available, stands.parent, stands.bundles});
  return *std::move(confirmed);
}

Result<Claim> release(store::Tx& tx, ClaimId claim, Instant now) {
  if (auto left = leave(tx, claim, ClaimState::released, now)) return *std::move(left);
  auto found = find_claim(tx, claim);
  if (found) found->available = available(tx, found->product);
  return found;
}

std::vector<Claim> expire(store::Tx& tx, Instant now) {
  std::vector<ClaimId> due;
  tx.each([&](const store::Row& row) { due.push_back(row.id<ClaimId>(0)); },
          "SELECT id FROM claim WHERE state = 'held' AND held_until <= $1"
          " AND bundle_claim_id IS NULL ORDER BY held_until, id LIMIT $2",
          now, kExpiredAtOnceMax);
  std::vector<Claim> expired;
  for (const ClaimId claim : due) {
    if (auto left = leave(tx, claim, ClaimState::expired, now)) {
      expired.push_back(*std::move(left));
    }
  }
  return expired;
}

std::optional<Instant> next_expiry(store::Tx& tx) {
  return tx.one([](const store::Row& row) { return row.instant(0); },
                "SELECT held_until FROM claim WHERE state = 'held' ORDER BY held_until LIMIT 1");
}

constexpr std::string_view kHoldsOf =
    "SELECT " GEILI_CLAIM_COLUMNS
    " FROM claim WHERE device_id = $1 AND state = 'held'"
    " AND held_until > $2 AND (CAST($3 AS BIGINT) = 0 OR product_id = $3)"
    " AND bundle_claim_id IS NULL ORDER BY id";

void foresee_holds(store::Tx& tx, DeviceId buyer, ProductId product, Instant now) {
  tx.ahead(kHoldsOf, buyer, now, product);
}

std::vector<Claim> holds_of(store::Tx& tx, DeviceId buyer, std::optional<ProductId> product,
                            Instant now) {
  std::vector<Claim> holds;
  tx.each([&](const store::Row& row) { holds.push_back(read_claim(row)); }, kHoldsOf, buyer, now,
          product.value_or(ProductId{}));
  for (Claim& hold : holds) {
    const Level stands = level(tx, hold.product);
    note_stock(hold, {stands.available, stands.parent, stands.bundles});
  }
  return holds;
}

std::vector<Part> parts_taken(store::Tx& tx, ClaimId claim) {
  std::vector<Part> parts;
  tx.each([&](const store::Row& row) { parts.push_back({row.id<ProductId>(0), row.integer(1)}); },
          "SELECT p.product_id, p.quantity / c.quantity FROM claim p"
          " JOIN claim c ON c.id = p.bundle_claim_id WHERE p.bundle_claim_id = $1"
          " ORDER BY p.product_id",
          claim);
  return parts;
}

}  // namespace geili::stock
