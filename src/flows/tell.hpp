#pragma once
// Who must hear of a change to a product: the rooms of the shows that have it in their bag and have
// not ended. A variant is in the bag where its parent is.

#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "catalog/product.hpp"
#include "flows/room_notice.hpp"
#include "stock/stock.hpp"
#include "store/tx.hpp"

namespace geili::flows {

ProductCard card_of(store::Tx& tx, const catalog::Product& product);

// To these shows, which are known already.
void tell_stock(store::Tx& tx, const std::vector<ShowId>& shows, ProductId product,
                std::int64_t available, Instant now);
// How it stands; the rooms of a variant hear of its parent, too.
void tell_level(store::Tx& tx, ProductId product, const stock::Level& level, Instant now);
// Of a bundle, or of a parent.
void tell_following(store::Tx& tx, ProductId product, Instant now);
void tell_product(store::Tx& tx, const catalog::Product& product, Instant now);

}  // namespace geili::flows
