#pragma once
// Products whose stock follows from that of others: a bundle has as many as its parts make, the
// parent of variants as many as they are together. Neither is counted itself.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::stock {

inline constexpr std::size_t kBundlePartsMax = 10;
inline constexpr std::int64_t kPartQuantityMax = 100;
inline constexpr std::int64_t kBundlesOfPartMax = 20;

struct Part {
  ProductId product;
  std::int64_t quantity = 1;  // in one bundle, 1 to kPartQuantityMax
};

// Puts these in the place of the bundle's parts; without any it is no bundle any more. What was
// claimed before keeps what it took. The parts are counted, each once; that they may be parts is
// checked by who calls. Fails with bundles-limit (product_id).
Result<void> set_parts(store::Tx& tx, ProductId bundle, std::span<const Part> parts);
// By product; none for what is no bundle.
std::vector<Part> parts_of(store::Tx& tx, ProductId bundle);
// Bundles that it is a part of, by product; at most kBundlesOfPartMax.
std::vector<ProductId> bundles_with(store::Tx& tx, ProductId part);

// From now on the variant's stock is summed in its parent's; and no longer.
void add_to_parent(store::Tx& tx, ProductId variant, ProductId parent);
void take_from_parent(store::Tx& tx, ProductId variant, ProductId parent);

// Makes others wait for these rows until the transaction has ended, in the order of the products:
// whoever takes several does it first.
void lock(store::Tx& tx, std::vector<ProductId> products);

}  // namespace geili::stock
