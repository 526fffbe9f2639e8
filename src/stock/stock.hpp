#pragma once
// How many units of a product can be sold. The database guards the figure: it never goes below
// zero, and whatever is taken from it is written down as a claim or a change.

#include <cstdint>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::stock {

inline constexpr std::int64_t kStockMax = 1'000'000;
inline constexpr std::int64_t kStockChangeMax = 100'000;
inline constexpr std::int64_t kClaimQuantityMax = 100;

// Units that belong to a buyer; an order's line keeps the id.
struct Claim {
  ClaimId id;
  std::int64_t available = 0;  // units left for others
};

// Begins to count a product. Fails with invalid-field at /stock.
Result<void> open(store::Tx& tx, ProductId product, std::int64_t available);
// 0 for a product that is not counted.
std::int64_t available(store::Tx& tx, ProductId product);
// Fails with sold-out (figures available, product_id); asserts 1 <= quantity <= kClaimQuantityMax.
Result<Claim> claim(store::Tx& tx, ProductId product, std::int64_t quantity, Instant now);
// Gives the units back and returns what is available then. Releasing twice changes nothing.
Result<std::int64_t> release(store::Tx& tx, ClaimId claim, Instant now);
// Adds `delta` and returns what is available then. Fails with stock-below-zero (figure available)
// or invalid-field at /change.
Result<std::int64_t> change(store::Tx& tx, ProductId product, std::int64_t delta);

// Forgets a product's stock and claims: for demo data that goes.
void erase(store::Tx& tx, ProductId product);

}  // namespace geili::stock
