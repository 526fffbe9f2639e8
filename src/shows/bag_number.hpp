#pragma once
// The numbers by which the products of a bag are called in a show. Until it begins they follow the
// order of the bag; from then on a product keeps the one it has, also when it leaves the bag and
// comes back, and who joins gets the next.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/id.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::shows {

struct BagNumber {
  ProductId product;
  std::int64_t number = 0;  // from 1
};
// Of all that are in the bag or were, the smallest number first.
std::vector<BagNumber> bag_numbers(store::Tx& tx, ShowId show);

// What is in the bag now under this number.
std::optional<ProductId> product_numbered(store::Tx& tx, ShowId show, std::int64_t number);

// The bag has become `products`.
void number_bag(store::Tx& tx, const Show& show, std::span<const ProductId> products);

}  // namespace geili::shows
