#include "catalog/demo_rows.hpp"

#include <cassert>

#include "catalog/photo.hpp"

namespace geili::catalog {

std::vector<ShopId> demo_shops(store::Tx& tx) {
  std::vector<ShopId> shops;
  tx.each([&](const store::Row& row) { shops.push_back(row.id<ShopId>(0)); },
          "SELECT id FROM shop WHERE demo = 1 ORDER BY id");
  return shops;
}

std::optional<ShopId> demo_shop_in(store::Tx& tx, Currency currency) {
  const auto id = tx.integer(
      "SELECT id FROM shop WHERE demo = 1 AND currency = $1 ORDER BY id LIMIT 1", currency.code());
  return id ? std::optional(ShopId{*id}) : std::nullopt;
}

std::vector<ProductId> all_products(store::Tx& tx, ShopId shop) {
  std::vector<ProductId> products;
  tx.each([&](const store::Row& row) { products.push_back(row.id<ProductId>(0)); },
          "SELECT id FROM product WHERE shop_id = $1 ORDER BY id", shop);
  return products;
}

void erase_demo_shop(store::Tx& tx, ShopId shop) {
  assert(tx.integer("SELECT demo FROM shop WHERE id = $1", shop) == 1);
  for (const ProductId product : all_products(tx, shop)) {
    remove_photos(tx, PhotoOwner::of(product));
  }
  remove_photos(tx, PhotoOwner::of(shop));
  tx.exec("DELETE FROM product WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM embed_origin WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM shop WHERE id = $1", shop);
}

}  // namespace geili::catalog
