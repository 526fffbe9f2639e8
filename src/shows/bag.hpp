#pragma once
// The products a show offers, in show order, and the one that is pinned. That they are the shop's
// own is checked by who calls.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr int kShowsToldMax = 20;  // shows that hear of one product's change

// Fails with invalid-field at /product_ids: more than kBagMax, or one twice.
Result<void> check_bag(std::span<const ProductId> products);

std::vector<ProductId> bag_of(store::Tx& tx, ShowId show);
bool in_bag(store::Tx& tx, ShowId show, ProductId product);
// Puts `products` in the place of what is in the bag, and unpins what is no longer in it. Fails
// with show-not-found and as check_bag() does.
Result<Show> set_bag(store::Tx& tx, ShowId show, std::span<const ProductId> products);

// Fail with show-not-found; pin() with show-ended and product-not-in-bag. Pinning what is pinned
// changes nothing; nor does unpinning where nothing is.
Result<Show> pin(store::Tx& tx, ShowId show, ProductId product);
Result<Show> unpin(store::Tx& tx, ShowId show);

// Live and scheduled shows with the product in the bag, live ones first; at most kShowsToldMax.
std::vector<ShowId> open_shows_with(store::Tx& tx, ProductId product);
// Says that open_shows_with() will be asked (store::Tx::ahead).
void foresee_open_shows_with(store::Tx& tx, ProductId product);
// Takes the product out of the bags of all shows that have not ended, and of those that series
// plan; the shows where it was pinned, too, and is no more.
std::vector<ShowId> remove_from_bags(store::Tx& tx, ProductId product);

}  // namespace geili::shows
