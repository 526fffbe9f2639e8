#include "stock/waitlist.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "stock/show_limit.hpp"
#include "stock/stock.hpp"
#include "store/names.hpp"

namespace geili::stock {
namespace {

constexpr std::array<std::string_view, 4> kStates{"waiting", "offered", "left", "lapsed"};

#define GEILI_WAIT_COLUMNS \
  "id, product_id, show_id, device_id, quantity, state, joined_at, claim_id"

Wait read_wait(const store::Row& row) {
  return {.id = row.integer(0),
          .product = row.id<ProductId>(1),
          .show = row.optional_id<ShowId>(2),
          .buyer = row.id<DeviceId>(3),
          .quantity = row.integer(4),
          .state = store::stored<WaitState>(kStates, row.text(5)),
          .joined_at = row.instant(6),
          .claim = row.optional_id<ClaimId>(7)};
}

void add_place(store::Tx& tx, Wait& wait) {
  if (wait.state != WaitState::waiting) return;
  wait.place = *tx.integer(
      "SELECT COUNT(*) FROM waitlist WHERE product_id = $1 AND state = 'waiting' AND id <= $2",
      wait.product, wait.id);
}

void set_state(store::Tx& tx, Wait& wait, WaitState state) {
  tx.exec("UPDATE waitlist SET state = $2, claim_id = $3 WHERE id = $1", wait.id, to_text(state),
          wait.claim);
  wait.state = state;
  wait.place = 0;
}

std::optional<Wait> first_that_fits(store::Tx& tx, ProductId product, std::int64_t units) {
  return tx.one(read_wait,
                "SELECT " GEILI_WAIT_COLUMNS
                " FROM waitlist WHERE product_id = $1 AND state = 'waiting' AND quantity <= $2"
                " ORDER BY id LIMIT 1",
                product, units);
}

bool may_have(store::Tx& tx, const Wanted& wanted, bool is_bundle, Instant now) {
  if (holds_of(tx, *wanted.buyer, std::nullopt, now).size() >= kHoldsPerBuyerMax) return false;
  return fits_show(tx, wanted, is_bundle ? parts_of(tx, wanted.product) : std::vector<Part>());
}

}  // namespace

std::string_view to_text(WaitState state) {
  return store::name_of(kStates, state);
}

Result<Wait> join(store::Tx& tx, const Wait& wish, Instant now) {
  assert(wish.quantity >= 1 && wish.quantity <= kClaimQuantityMax);
  const std::int64_t units = available(tx, wish.product);
  if (units >= wish.quantity) {
    return fail(Error::make(ErrorKind::conflict, "not-sold-out", "There are as many left.")
                    .with("available", units)
                    .with("product_id", wish.product.value));
  }
  if (waiting_for(tx, wish.product) >= kWaitingMax) {
    return fail(ErrorKind::conflict, "waitlist-full", "As many wait already as may.");
  }
  const auto others = tx.integer(
      "SELECT COUNT(*) FROM waitlist WHERE device_id = $1 AND state = 'waiting'"
      " AND product_id <> $2",
      wish.buyer, wish.product);
  if (*others >= kWaitsPerBuyerMax) {
    return fail(ErrorKind::conflict, "too-many-waits", "You wait for 20 products already.");
  }
  auto wait = tx.one(read_wait,
                     "INSERT INTO waitlist"
                     " (product_id, show_id, device_id, quantity, state, joined_at)"
                     " VALUES ($1, $2, $3, $4, 'waiting', $5)"
                     " ON CONFLICT (device_id, product_id) WHERE state = 'waiting'"
                     " DO UPDATE SET quantity = $4 RETURNING " GEILI_WAIT_COLUMNS,
                     wish.product, wish.show, wish.buyer, wish.quantity, now);
  add_place(tx, *wait);
  return *std::move(wait);
}

std::int64_t waiting_for(store::Tx& tx, ProductId product) {
  return *tx.integer("SELECT COUNT(*) FROM waitlist WHERE product_id = $1 AND state = 'waiting'",
                     product);
}

Result<Wait> leave_line(store::Tx& tx, DeviceId buyer, std::int64_t wait) {
  auto found = tx.one(
      read_wait, "SELECT " GEILI_WAIT_COLUMNS " FROM waitlist WHERE id = $1 AND device_id = $2",
      wait, buyer);
  if (!found) return fail(ErrorKind::not_found, "wait-not-found", "You do not wait for this.");
  if (found->state == WaitState::waiting) set_state(tx, *found, WaitState::left);
  return *std::move(found);
}

std::vector<Wait> waits_of(store::Tx& tx, DeviceId buyer) {
  std::vector<Wait> waits;
  tx.each([&](const store::Row& row) { waits.push_back(read_wait(row)); },
          "SELECT " GEILI_WAIT_COLUMNS
          " FROM waitlist WHERE device_id = $1 ORDER BY id DESC LIMIT $2",
          buyer, kWaitsListedMax);
  for (Wait& wait : waits) add_place(tx, wait);
  return waits;
}

Offers offer(store::Tx& tx, ProductId product, std::chrono::microseconds held_for, Instant now) {
  Offers offers;
  for (std::size_t i = 0; i < kOffersAtOnceMax; ++i) {
    offers.left = level(tx, product);
    if (offers.left.available == 0 || offers.left.variants > 0) return offers;
    auto wait = first_that_fits(tx, product, offers.left.available);
    if (!wait) return offers;
    const Wanted wanted{.product = product,
                        .quantity = wait->quantity,
                        .show = wait->show,
                        .buyer = wait->buyer,
                        .held_until = now + held_for};
    if (!may_have(tx, wanted, offers.left.parts > 0, now)) {
      set_state(tx, *wait, WaitState::lapsed);
      continue;
    }
    auto held = claim(tx, wanted, now);
    // Another writer took a part of the bundle meanwhile; nothing has changed.
    if (!held && held.error().code == "sold-out" && offers.left.parts > 0) return offers;
    // What claim() had changed by then stands in this transaction, which must not be kept.
    if (!held) throw store::StoreFailure("an offer met a limit that was set meanwhile");
    wait->claim = held->id;
    set_state(tx, *wait, WaitState::offered);
    offers.made.push_back({*std::move(wait), *std::move(held)});
  }
  offers.left = level(tx, product);
  return offers;
}

}  // namespace geili::stock
