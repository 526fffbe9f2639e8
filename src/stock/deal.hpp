#pragma once
// Flash deals: in a show some units of a product cost less for a while. Its units are counted like
// stock: what a claim takes on deal is taken from the deal as well, and comes back to it with the
// claim. The clock alone says when a deal runs.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::stock {

using DealId = Id<struct DealTag>;

inline constexpr std::int64_t kDealCountdownMin_s = 3;
inline constexpr std::int64_t kDealCountdownMax_s = 300;
inline constexpr std::int64_t kDealLengthMin_s = 10;
inline constexpr std::int64_t kDealLengthMax_s = 1'200;
inline constexpr std::int64_t kDealUnitsPerBuyerMax = 99;
inline constexpr std::int64_t kDealVouchersMax = 100'000;
inline constexpr std::int64_t kOpenDealsMax = 50;    // of one show
inline constexpr std::size_t kDealsListedMax = 50;   // of one show
inline constexpr std::size_t kDealsAtOnceMax = 100;  // that one sweep ends or settles

enum class DealState : std::uint8_t { announced, running, sold_out, over, withdrawn };
std::string_view to_text(DealState state);

struct Deal {
  DealId id;
  ShowId show;
  ProductId product;
  Money price;
  std::int64_t units = 1;
  std::int64_t taken = 0;                // by claims, less what was given back
  std::int64_t units_per_buyer_max = 1;  // 1 to kDealUnitsPerBuyerMax
  std::int64_t vouchers_max = 0;         // orders on deal that may wait for a cash voucher
  Instant announced_at;
  Instant starts_at;
  Instant ends_at;
  std::optional<Instant> withdrawn_at;

  std::int64_t left() const { return units - taken; }
  // From starts_at on, and no more at ends_at.
  DealState state_at(Instant now) const;
};

struct NewDeal {
  ShowId show;
  ProductId product;
  Money price;
  std::int64_t units = 1;        // 1 to kStockMax; that there are as many is checked by who calls
  std::int64_t countdown_s = 0;  // kDealCountdownMin_s to kDealCountdownMax_s
  std::int64_t length_s = 0;     // kDealLengthMin_s to kDealLengthMax_s
  std::int64_t units_per_buyer_max = 1;
  std::int64_t vouchers_max = 0;
};

// Fails with invalid-field at /units, /countdown_s, /length_s, /units_per_buyer_max, /vouchers_max;
// deal-exists while one of the product has not ended in the show; deals-limit.
Result<Deal> announce_deal(store::Tx& tx, const NewDeal& deal, Instant now);
// Withdraws it unless it has ended. Fails with deal-not-found, also for another show's.
Result<Deal> withdraw_deal(store::Tx& tx, ShowId show, DealId deal, Instant now);

// Fails with deal-not-found.
Result<Deal> find_deal(store::Tx& tx, DealId deal);
// Newest first, at most kDealsListedMax.
std::vector<Deal> deals_of(store::Tx& tx, ShowId show);
// Whose end was not told, oldest first: of the show, of the product in all shows.
std::vector<Deal> open_deals_of(store::Tx& tx, ShowId show);
std::vector<Deal> open_deals_of(store::Tx& tx, ProductId product);

// The product's deal in the show whose end was not told.
struct StandingDeal {
  Deal deal;
  std::int64_t taken_by_buyer = 0;
};
std::optional<StandingDeal> standing_deal(store::Tx& tx, ShowId show, ProductId product,
                                          std::optional<DeviceId> buyer);

// Something is to be done by end_deals() or settle_deals().
bool has_due_deals(store::Tx& tx, Instant now);
// Those that are over and were not told so, at most kDealsAtOnceMax; they are now.
std::vector<Deal> end_deals(store::Tx& tx, Instant now);
// Those that have ended and under which nothing is held any more, at most kDealsAtOnceMax.
std::vector<Deal> settle_deals(store::Tx& tx);

// What a claim is made under.
struct OnDeal {
  DealId deal;
  std::int64_t price_minor = 0;  // of one piece
  // What was taken under it before, and was given back for it: the clock is not asked.
  bool is_kept = false;
};

inline bool is_same_deal(const std::optional<OnDeal>& a, const std::optional<OnDeal>& b) {
  return a.has_value() == b.has_value() && (!a || a->deal == b->deal);
}

// For claim.cpp alone: takes units of the deal. Fails with deal-sold-out, deal-limit
// (units_per_buyer_max), deal-over; all with product_id.
struct DealUnits {
  ProductId product;
  std::optional<DeviceId> buyer;
  std::int64_t quantity = 1;
};
Result<void> take_on_deal(store::Tx& tx, const OnDeal& terms, const DealUnits& units, Instant now);
void give_back_to_deal(store::Tx& tx, DealId deal, const DealUnits& units);
// Whether take_on_deal() would let it pass; changes nothing.
bool fits_deal(store::Tx& tx, const OnDeal& terms, const DealUnits& units, Instant now);

}  // namespace geili::stock
