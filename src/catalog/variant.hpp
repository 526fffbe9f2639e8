#pragma once
// Variants of a product: products themselves, with a price, stock, weight and photos of their own,
// and a parent that is shown in their place. One level; a variant has none.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

inline constexpr std::size_t kVariantNameMax = 60;  // code points
inline constexpr std::int64_t kVariantsMax = 50;

struct NewVariant {
  std::string name;  // other than those of the parent's other variants
  Money price;
  std::int64_t weight_g = 0;  // 0: the parent's
};

// Behind the variants there are; the product is a parent from then on. Fails with
// product-not-found, variants-not-allowed (a variant or a bundle), variants-limit, products-limit,
// invalid-field.
Result<Product> create_variant(store::Tx& tx, ProductId parent, const NewVariant& variant,
                               const Clock& clock);
// In their order, without removed ones, with the photos that are their own.
std::vector<Product> variants_of(store::Tx& tx, ProductId parent);
// Fails with product-not-found, and invalid-field at /variant_ids unless they are the parent's
// variants, each once.
Result<Product> order_variants(store::Tx& tx, ProductId parent,
                               std::span<const ProductId> variants);

}  // namespace geili::catalog
