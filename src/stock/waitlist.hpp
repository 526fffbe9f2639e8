#pragma once
// Buyers who came too late, in the order in which they came. What falls back is held for the first
// of them whose wish fits, in the transaction that gives it back, so that nobody can step in
// between.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "stock/claim.hpp"
#include "stock/stock.hpp"
#include "store/tx.hpp"

namespace geili::stock {

inline constexpr std::int64_t kWaitingMax = 10'000;  // for one product
inline constexpr std::int64_t kWaitsPerBuyerMax = 20;
inline constexpr std::size_t kWaitsListedMax = 50;
inline constexpr std::size_t kOffersAtOnceMax = 200;

enum class WaitState : std::uint8_t { waiting, offered, left, lapsed };
std::string_view to_text(WaitState state);

struct Wait {
  std::int64_t id = 0;
  ProductId product;
  std::optional<ShowId> show;
  DeviceId buyer;
  std::int64_t quantity = 1;
  WaitState state = WaitState::waiting;
  Instant joined_at;
  std::optional<ClaimId> claim;  // the units it was offered
  std::int64_t place = 0;        // 1: the next; while it waits
};

// Waiting already for the product changes nothing but the quantity, and keeps the place. Fails with
// not-sold-out (figures available, product_id) where a claim would be given, waitlist-full,
// too-many-waits;
// asserts 1 <= quantity <= kClaimQuantityMax.
Result<Wait> join(store::Tx& tx, const Wait& wish, Instant now);
// Fails with wait-not-found, also for another's. Leaving twice changes nothing; units that were
// offered are released apart.
// How many wait for the product.
std::int64_t waiting_for(store::Tx& tx, ProductId product);
Result<Wait> leave_line(store::Tx& tx, DeviceId buyer, std::int64_t wait);
// The buyer's, newest first, at most kWaitsListedMax.
std::vector<Wait> waits_of(store::Tx& tx, DeviceId buyer);

struct Offer {
  Wait wait;
  Claim claim;  // held
};
// Holds what is available for who waits. A wish that is larger than what is left keeps its place;
// one that a limit forbids lapses. The parent of variants is offered to nobody.
struct Offers {
  std::vector<Offer> made;
  Level left;  // how the product stands then
};
Offers offer(store::Tx& tx, ProductId product, std::chrono::microseconds held_for, Instant now);

}  // namespace geili::stock
