#pragma once
// How many units of a product can be sold. The database guards the figure: it never goes below
// zero, and whatever is taken from it is written down as a claim (claim.hpp) or a change.

#include <cstdint>
#include <optional>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::stock {

inline constexpr std::int64_t kStockMax = 1'000'000;
inline constexpr std::int64_t kStockChangeMax = 100'000;

// How a product stands, and whose stock follows from its own.
struct Level {
  std::int64_t available = 0;  // of a bundle: by its parts; of a parent: the sum of its variants
  std::optional<ProductId> parent;
  std::int64_t variants = 0;  // that are summed in it
  std::int64_t parts = 0;     // it is a bundle of so many
  std::int64_t bundles = 0;   // it is a part of so many
};

// Begins to count a product. Fails with invalid-field at /stock.
Result<void> open(store::Tx& tx, ProductId product, std::int64_t available);
// 0 for a product that is not counted.
std::int64_t available(store::Tx& tx, ProductId product);
Level level(store::Tx& tx, ProductId product);
// Adds `delta` and returns what is available then. Fails with stock-below-zero (figure available)
// or invalid-field at /change.
Result<std::int64_t> change(store::Tx& tx, ProductId product, std::int64_t delta);

// Forgets a show's limits, deals and log.
void erase_show(store::Tx& tx, ShowId show);
// Forgets a product's stock, claims, deals and waiting buyers. Both are for demo data that goes.
void erase(store::Tx& tx, ProductId product);

}  // namespace geili::stock
