#pragma once
// Whether a buyer may have a product, and what it costs.

#include <optional>

#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Fails with product-unavailable (product_id): unknown, removed, or hidden and neither it nor its
// parent is in the show's bag; variant-required (product_id): a parent.
Result<catalog::Offer> find_for_sale(store::Tx& tx, ProductId product, std::optional<ShowId> show);

// It, or the parent that stands for it, is in the show's bag.
bool is_in_bag(store::Tx& tx, ShowId show, ProductId product, const catalog::Offer& offer);

Error product_unavailable(ProductId product);
// One of its variants is meant.
Error variant_required(ProductId product);

}  // namespace geili::flows
