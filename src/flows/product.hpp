#pragma once
// Changes to products that their stock and the rooms of shows must follow.

#include <cstdint>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Errors are those of catalog/product.hpp and stock/stock.hpp.
Result<catalog::Product> create_product(store::Tx& tx, const catalog::NewProduct& product,
                                        std::int64_t stock, const Clock& clock);
Result<catalog::Product> change_product(store::Tx& tx, ProductId product,
                                        const catalog::ProductChange& change,
                                        std::int64_t expected_version, const Clock& clock);
Result<catalog::Product> add_product_photo(store::Tx& tx, ProductId product,
                                           const catalog::Picture& picture, const Clock& clock);
Result<catalog::Product> remove_product_photo(store::Tx& tx, ProductId product, PhotoId photo,
                                              const Clock& clock);
// Also takes it out of the bags of shows that have not ended. Fails with product-in-bundle while it
// or a variant of it is a part of one.
Result<void> remove_product(store::Tx& tx, ProductId product, const Clock& clock);
// Returns what is available then. Fails with stock-not-counted: a parent's and a bundle's follows.
Result<std::int64_t> change_stock(store::Tx& tx, ProductId product, std::int64_t delta,
                                  const Clock& clock);

}  // namespace geili::flows
