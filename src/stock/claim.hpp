#pragma once
// Units that are a buyer's: held until a time, or for good. Each way out of a hold is taken once:
// held → claimed | released | expired, claimed → released.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "stock/bundle.hpp"
#include "stock/deal.hpp"
#include "store/tx.hpp"

namespace geili::stock {

inline constexpr std::int64_t kClaimQuantityMax = 100;
inline constexpr std::size_t kHoldsPerBuyerMax = 20;
inline constexpr std::size_t kExpiredAtOnceMax = 500;

enum class ClaimState : std::uint8_t { held, claimed, released, expired };
std::string_view to_text(ClaimState state);

// What a claim was won by, at a price that is the winner's alone.
enum class WonBy : std::uint8_t { auction, draw };
std::string_view to_text(WonBy by);
struct Won {
  WonBy by = WonBy::auction;
  std::int64_t id = 0;           // of the auction or the draw
  std::int64_t price_minor = 0;  // of one piece
};

struct Wanted {
  ProductId product;
  std::int64_t quantity = 1;          // 1 to kClaimQuantityMax
  std::optional<ShowId> show;         // whose limits and log it counts in
  std::optional<DeviceId> buyer;      // none: no limit for each buyer
  std::optional<Instant> held_until;  // none: claimed for good at once
  // Of a bundle: the parts that this claim on it took, not those it is made of now.
  std::optional<ClaimId> as_before = {};
  std::optional<OnDeal> deal = {};  // whose units it takes as well, at its price
  std::optional<Won> won = {};
};

// What a bundle's claim took of one product.
struct TakenPart {
  ProductId product;
  std::int64_t quantity = 0;   // of all its bundles together
  std::int64_t available = 0;  // units left for others
};

// An order's line keeps the id.
struct Claim {
  ClaimId id;
  ProductId product;
  std::int64_t quantity = 1;
  std::optional<ShowId> show;
  std::optional<DeviceId> buyer;
  ClaimState state = ClaimState::claimed;
  Instant claimed_at;
  std::optional<Instant> held_until;
  std::string token;           // its buyer's secret: claim_mark() of it stands in the show's log
  std::int64_t available = 0;  // units left for others, as of the call that returned it
  // In the show: as which claim on the product it came, and how long after the one before. 0 for
  // claims outside a show, or from before places were kept.
  std::int64_t place = 0;
  std::optional<std::int64_t> after_us;
  // By product, of a claim on a bundle that was made or left by the call that returned it. The
  // claims of the parts come and go with it, have its token, and are found by no other function.
  std::vector<TakenPart> parts = {};
  std::optional<OnDeal> deal = {};  // it was made under; kept
  std::optional<Won> won = {};
  std::int64_t part_count = 0;
  // Whose stock follows from the product's own, as of the call: the parent of a variant, and as
  // many bundles.
  std::optional<ProductId> parent = {};
  std::int64_t bundles = 0;
};

// What it takes of its deal.
DealUnits deal_units(const Claim& claim);

// Of a bundle all parts are taken, in the order of their ids, or none.
// Fails with sold-out (figures available, product_id; in a show also place),
// buyer-limit (product_id, units_per_buyer_max), show-limit (product_id, available),
// too-many-holds, and as take_on_deal().
Result<Claim> claim(store::Tx& tx, const Wanted& wanted, Instant now);

// Makes a hold a claim for good; again changes nothing. Fails with hold-expired, also before
// anybody has swept it, hold-released, claim-not-found.
Result<Claim> confirm(store::Tx& tx, ClaimId claim, Instant now);

// Gives the units back; returns the claim with what is available then. Again changes nothing.
Result<Claim> release(store::Tx& tx, ClaimId claim, Instant now);

// Ends up to kExpiredAtOnceMax holds whose time is over, the earliest first.
std::vector<Claim> expire(store::Tx& tx, Instant now);
// When the next hold ends by itself.
std::optional<Instant> next_expiry(store::Tx& tx);

// The buyer's holds that have not ended, oldest first; `product` alone where it is given.
std::vector<Claim> holds_of(store::Tx& tx, DeviceId buyer, std::optional<ProductId> product,
                            Instant now);
// Says that holds_of() will be asked (store::Tx::ahead).
void foresee_holds(store::Tx& tx, DeviceId buyer, ProductId product, Instant now);
Result<Claim> find_claim(store::Tx& tx, ClaimId claim);
// The newest of the buyer's that were won there, whatever became of it.
std::optional<Claim> find_won(store::Tx& tx, WonBy by, std::int64_t id, DeviceId buyer);
// What is held there for who will have won it, oldest first: no buyer has it yet.
std::vector<Claim> set_apart_for(store::Tx& tx, WonBy by, std::int64_t id);
// Whether somebody has it, held or for good: what was won in an auction anybody, a draw's prize
// this buyer.
bool is_win_taken(store::Tx& tx, const Won& won, DeviceId buyer);
// The parts of one bundle of the claim, by product, whatever became of it; none for what is no
// bundle's.
std::vector<Part> parts_taken(store::Tx& tx, ClaimId claim);

}  // namespace geili::stock
