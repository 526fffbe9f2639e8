#pragma once
// Products in variants, and bundles of products: what they are made of, and what the rooms of shows
// hear of that.

#include <cstdint>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "catalog/variant.hpp"
#include "stock/bundle.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Returns the variant. Until it has its first one, a product is sold itself. Fails with
// product-in-bundle, and as catalog::create_variant() and stock::open().
Result<catalog::Product> add_variant(store::Tx& tx, ProductId parent,
                                     const catalog::NewVariant& variant, std::int64_t stock,
                                     const Clock& clock);
// Returns the parent. Fails as catalog::order_variants().
Result<catalog::Product> order_variants(store::Tx& tx, ProductId parent,
                                        std::span<const ProductId> variants, const Clock& clock);

// Parts are products of the bundle's shop that are neither bundles nor parents, each once: two to
// ten, or two and more of one. Fails with invalid-field at /parts, bundles-limit (product_id), and
// as catalog::create_product().
Result<catalog::Product> create_bundle(store::Tx& tx, const catalog::NewProduct& product,
                                       const std::vector<stock::Part>& parts, const Clock& clock);
// What was held or bought before keeps the parts it took. Fails likewise, and with
// product-not-found, not-a-bundle, version-mismatch.
Result<catalog::Product> change_parts(store::Tx& tx, ProductId bundle,
                                      const std::vector<stock::Part>& parts,
                                      std::int64_t expected_version, const Clock& clock);

}  // namespace geili::flows
