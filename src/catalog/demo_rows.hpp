#pragma once
// What the demo leaves in the catalogue, and how it goes.

#include <optional>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

std::vector<ShopId> demo_shops(store::Tx& tx);
std::optional<ShopId> demo_shop_in(store::Tx& tx, Currency currency);

// Also removed and hidden ones.
std::vector<ProductId> all_products(store::Tx& tx, ShopId shop);

// Deletes a demo shop with its products and their photos; asserts that it is one.
void erase_demo_shop(store::Tx& tx, ShopId shop);

}  // namespace geili::catalog
