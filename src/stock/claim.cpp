#include "stock/claim.hpp"

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

#define GEILI_CLAIM_COLUMNS                                                                    \
  "id, product_id, quantity, show_id, device_id, state, claimed_at, held_until, token, place," \
  " after_us"

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
          .after_us = row.optional_integer(10)};
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

Error sold_out(store::Tx& tx, const Wanted& wanted, Instant now) {
  Error error = Error::make(ErrorKind::conflict, "sold-out", "There are not as many left.")
                    .with("available", available(tx, wanted.product))
                    .with("product_id", wanted.product.value);
  if (!wanted.show) return error;
  return std::move(error).with("place", place_of_next(tx, *wanted.show, wanted.product, now).place);
}

Result<void> check_holds(store::Tx& tx, const Wanted& wanted, Instant now) {
  if (!wanted.held_until || !wanted.buyer) return {};
  const auto held = tx.integer(
      "SELECT COUNT(*) FROM claim WHERE device_id = $1 AND state = 'held' AND held_until > $2",
      *wanted.buyer, now);
  if (*held < static_cast<std::int64_t>(kHoldsPerBuyerMax)) return {};
  return fail(ErrorKind::conflict, "too-many-holds", "As many as 20 are held for you already.");
}

// Leaves a state in which the units were taken; none when it had been left before. Only what is
// still held expires: another writer may have confirmed it since it was found to be due.
std::optional<Claim> leave(store::Tx& tx, ClaimId claim, ClaimState to, Instant now) {
  auto left = tx.one(read_claim,
                     "UPDATE claim SET state = $2, released_at = $3 WHERE id = $1"
                     " AND (state = 'held' OR (state = 'claimed' AND $2 = 'released'))"
                     " RETURNING " GEILI_CLAIM_COLUMNS,
                     claim, to_text(to), now);
  if (!left) return std::nullopt;
  left->available = *tx.integer(
      "UPDATE stock SET available = available + $2 WHERE product_id = $1 RETURNING available",
      left->product, left->quantity);
  if (left->show) uncount_in_show(tx, *left->show, *left);
  log_of(tx, *left, to == ClaimState::expired ? LoggedKind::expired : LoggedKind::released, now);
  return left;
}

}  // namespace

std::string_view to_text(ClaimState state) {
  return store::name_of(kStates, state);
}

Result<Claim> claim(store::Tx& tx, const Wanted& wanted, Instant now) {
  assert(wanted.quantity >= 1 && wanted.quantity <= kClaimQuantityMax);
  if (auto fits = check_holds(tx, wanted, now); !fits) return fail_as(fits);
  const auto left = tx.integer(
      "UPDATE stock SET available = available - $2 WHERE product_id = $1 AND available >= $2"
      " RETURNING available",
      wanted.product, wanted.quantity);
  if (!left) return fail(sold_out(tx, wanted, now));
  Claim taken{.product = wanted.product,
              .quantity = wanted.quantity,
              .show = wanted.show,
              .buyer = wanted.buyer,
              .state = wanted.held_until ? ClaimState::held : ClaimState::claimed,
              .claimed_at = now,
              .held_until = wanted.held_until,
              .token = wanted.show ? random_token() : "",
              .available = *left};
  if (wanted.show) {
    auto place = count_in_show(tx, *wanted.show, wanted, now);
    if (!place) return fail_as(place);
    taken.place = place->place;
    taken.after_us = place->after_us;
  }
  const std::optional<std::string_view> token =
      wanted.show ? std::optional<std::string_view>(taken.token) : std::nullopt;
  taken.id = ClaimId{*tx.integer(
      "INSERT INTO claim"
      " (product_id, quantity, claimed_at, state, show_id, device_id, held_until, token, place,"
      " after_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
      taken.product, taken.quantity, now, to_text(taken.state), taken.show, taken.buyer,
      taken.held_until, token, taken.place, taken.after_us)};
  log_of(tx, taken, wanted.held_until ? LoggedKind::held : LoggedKind::claimed, now);
  return taken;
}

Result<Claim> find_claim(store::Tx& tx, ClaimId claim) {
  auto found = tx.one(read_claim, "SELECT " GEILI_CLAIM_COLUMNS " FROM claim WHERE id = $1", claim);
  if (!found) return fail(ErrorKind::not_found, "claim-not-found", "There is no such claim.");
  return *std::move(found);
}

Result<Claim> confirm(store::Tx& tx, ClaimId claim, Instant now) {
  auto confirmed = tx.one(read_claim,
                          "UPDATE claim SET state = 'claimed' WHERE id = $1 AND state = 'held'"
                          " AND held_until > $2 RETURNING " GEILI_CLAIM_COLUMNS,
                          claim, now);
  if (confirmed) {
    log_of(tx, *confirmed, LoggedKind::confirmed, now);
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
  confirmed->available = available(tx, confirmed->product);
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
          " ORDER BY held_until, id LIMIT $2",
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

std::vector<Claim> holds_of(store::Tx& tx, DeviceId buyer, std::optional<ProductId> product,
                            Instant now) {
  std::vector<Claim> holds;
  tx.each([&](const store::Row& row) { holds.push_back(read_claim(row)); },
          "SELECT " GEILI_CLAIM_COLUMNS
          " FROM claim WHERE device_id = $1 AND state = 'held'"
          " AND held_until > $2 AND ($3 = 0 OR product_id = $3) ORDER BY id",
          buyer, now, product.value_or(ProductId{}));
  for (Claim& hold : holds) hold.available = available(tx, hold.product);
  return holds;
}

}  // namespace geili::stock
