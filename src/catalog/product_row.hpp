#pragma once
// What the files of this room that read and change products share.

#include <cstdint>

#include "base/field_errors.hpp"
#include "catalog/product.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

// `p` is the product, `q` the parent of a variant.
#define GEILI_SELECT_PRODUCT                                                              \
  "SELECT p.id, p.shop_id, CASE WHEN q.id IS NULL THEN p.title"                           \
  " ELSE q.title || ' · ' || p.variant_name END, COALESCE(q.description, p.description)," \
  " CASE WHEN p.kind = 'parent' THEN COALESCE((SELECT MIN(v.price_minor) FROM product v"  \
  " WHERE v.parent_id = p.id AND v.removed = 0), p.price_minor) ELSE p.price_minor END,"  \
  " s.currency,"                                                                          \
  " COALESCE(q.hidden, p.hidden), p.removed, p.version, p.weight_g, p.kind,"              \
  " CASE WHEN p.kind = 'parent' THEN COALESCE((SELECT MAX(v.price_minor) FROM product v"  \
  " WHERE v.parent_id = p.id AND v.removed = 0), p.price_minor) ELSE p.price_minor END,"  \
  " p.parent_id,"                                                                         \
  " p.variant_name FROM product p JOIN shop s ON s.id = p.shop_id"                        \
  " LEFT JOIN product q ON q.id = p.parent_id"
// Of such a row, without its photos.
Product read_product(const store::Row& row);

std::unexpected<Error> no_product();
std::unexpected<Error> changed_since();
Result<Product> find_present(store::Tx& tx, ProductId product);
// Fails with products-limit.
Result<void> check_room(store::Tx& tx, ShopId shop);
void check_price(FieldErrors& faults, Money price, Currency currency);
void check_weight(FieldErrors& faults, std::int64_t weight_g);

// For change_product() and remove_product() alone.
Result<Product> change_variant(store::Tx& tx, const Product& before, const ProductChange& change,
                               std::int64_t expected_version);
void remove_variants(store::Tx& tx, ProductId parent);

}  // namespace geili::catalog
