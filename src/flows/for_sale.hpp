#pragma once
// Whether a buyer may have a product, and what it costs.

#include <optional>

#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Fails with product-unavailable (product_id): unknown, removed, or hidden and not in the show's
// bag.
Result<catalog::Offer> find_for_sale(store::Tx& tx, ProductId product, std::optional<ShowId> show);

Error product_unavailable(ProductId product);

}  // namespace geili::flows
