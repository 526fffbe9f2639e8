#include "stock/bundle.hpp"

#include <algorithm>
#include <cassert>

namespace geili::stock {

Result<void> set_parts(store::Tx& tx, ProductId bundle, std::span<const Part> parts) {
  assert(parts.size() <= kBundlePartsMax);
  tx.exec(
      "UPDATE stock SET bundles = bundles - 1"
      " WHERE product_id IN (SELECT part_id FROM bundle_part WHERE bundle_id = $1)",
      bundle);
  tx.exec("DELETE FROM bundle_part WHERE bundle_id = $1", bundle);
  for (const Part& part : parts) {
    const auto counted =
        tx.exec("UPDATE stock SET bundles = bundles + 1 WHERE product_id = $1 AND bundles < $2",
                part.product, kBundlesOfPartMax);
    if (counted == 0) {
      return fail(Error::make(ErrorKind::conflict, "bundles-limit",
                              "A product is a part of 20 bundles already.")
                      .with("product_id", part.product.value));
    }
    tx.exec("INSERT INTO bundle_part (bundle_id, part_id, quantity) VALUES ($1, $2, $3)", bundle,
            part.product, part.quantity);
  }
  tx.exec("UPDATE stock SET parts = $2 WHERE product_id = $1", bundle,
          static_cast<std::int64_t>(parts.size()));
  return {};
}

std::vector<Part> parts_of(store::Tx& tx, ProductId bundle) {
  std::vector<Part> parts;
  tx.each([&](const store::Row& row) { parts.push_back({row.id<ProductId>(0), row.integer(1)}); },
          "SELECT part_id, quantity FROM bundle_part WHERE bundle_id = $1 ORDER BY part_id",
          bundle);
  return parts;
}

std::vector<ProductId> bundles_with(store::Tx& tx, ProductId part) {
  std::vector<ProductId> bundles;
  tx.each([&](const store::Row& row) { bundles.push_back(row.id<ProductId>(0)); },
          "SELECT bundle_id FROM bundle_part WHERE part_id = $1 ORDER BY bundle_id", part);
  return bundles;
}

void add_to_parent(store::Tx& tx, ProductId variant, ProductId parent) {
  tx.exec("UPDATE stock SET parent_id = $2 WHERE product_id = $1", variant, parent);
  tx.exec("UPDATE stock SET variants = variants + 1 WHERE product_id = $1", parent);
}

void take_from_parent(store::Tx& tx, ProductId variant, ProductId parent) {
  const auto taken =
      tx.exec("UPDATE stock SET parent_id = NULL WHERE product_id = $1 AND parent_id = $2", variant,
              parent);
  tx.exec("UPDATE stock SET variants = variants - $2 WHERE product_id = $1", parent, taken);
}

void lock(store::Tx& tx, std::vector<ProductId> products) {
  std::ranges::sort(products);
  const auto twice = std::ranges::unique(products);
  products.erase(twice.begin(), twice.end());
  for (const ProductId product : products) {
    tx.exec("UPDATE stock SET available = available WHERE product_id = $1", product);
  }
}

}  // namespace geili::stock
