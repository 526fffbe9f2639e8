#include "catalog/variant.hpp"

#include <algorithm>

#include "base/field_errors.hpp"
#include "catalog/product_row.hpp"

namespace geili::catalog {
namespace {

constexpr TextRule kName{.min_length = 1, .max_length = kVariantNameMax};

// Whether another variant that is sold has the name.
bool is_taken(store::Tx& tx, ProductId parent, ProductId variant, const std::string& name) {
  return tx
      .integer(
          "SELECT 1 FROM product WHERE parent_id = $1 AND id <> $2 AND variant_name = $3"
          " AND removed = 0",
          parent, variant, name)
      .has_value();
}

// Of a parent whose last variant is gone.
constexpr std::string_view kWithoutVariants =
    "UPDATE product SET kind = 'single' WHERE id = $1 AND kind = 'parent' AND removed = 0"
    " AND NOT EXISTS (SELECT 1 FROM product v WHERE v.parent_id = $1 AND v.removed = 0)";

}  // namespace

Result<Product> create_variant(store::Tx& tx, ProductId parent, const NewVariant& variant,
                               const Clock& clock) {
  auto above = find_present(tx, parent);
  if (!above) return above;
  if (above->kind != ProductKind::single && above->kind != ProductKind::parent) {
    return fail(ErrorKind::conflict, "variants-not-allowed",
                "A variant and a bundle have no variants.");
  }
  FieldErrors faults;
  const std::string name = faults.text(variant.name, kName, "/name");
  check_price(faults, variant.price, above->price.currency);
  check_weight(faults, variant.weight_g);
  if (is_taken(tx, parent, ProductId{}, name)) faults.add("/name", "is there already");
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  if (auto fits = check_room(tx, above->shop); !fits) return fail_as(fits);
  // Changed first: another writer waits here, and counts this one.
  tx.exec("UPDATE product SET kind = 'parent', version = version + 1 WHERE id = $1", parent);
  const auto count =
      *tx.integer("SELECT COUNT(*) FROM product WHERE parent_id = $1 AND removed = 0", parent);
  if (count >= kVariantsMax) {
    return fail(Error::make(ErrorKind::conflict, "variants-limit",
                            "The product has as many variants as it may have.")
                    .with("variants_max", kVariantsMax));
  }
  const ProductId id{*tx.integer(
      "INSERT INTO product (shop_id, title, description, price_minor, weight_g, created_at, kind,"
      " parent_id, variant_name, position) VALUES ($1, '', '', $2, $3, $4, 'variant', $5, $6,"
      " (SELECT COALESCE(MAX(v.position), -1) + 1 FROM product v WHERE v.parent_id = $5))"
      " RETURNING id",
      above->shop, variant.price.minor, variant.weight_g, clock.now(), parent, name)};
  return find_product(tx, id);
}

std::vector<Product> variants_of(store::Tx& tx, ProductId parent) {
  std::vector<Product> variants;
  tx.each([&](const store::Row& row) { variants.push_back(read_product(row)); },
          GEILI_SELECT_PRODUCT
          " WHERE p.parent_id = $1 AND p.removed = 0 ORDER BY p.position, p.id",
          parent);
  tx.each(
      [&](const store::Row& row) {
        const auto one = std::ranges::find(variants, row.id<ProductId>(0), &Product::id);
        if (one == variants.end()) return;
        one->photos.push_back({.id = row.id<PhotoId>(1),
                               .width = static_cast<int>(row.integer(2)),
                               .height = static_cast<int>(row.integer(3))});
      },
      "SELECT v.id, f.id, f.width, f.height FROM product v"
      " JOIN photo f ON f.owner_kind = 'product' AND f.owner_id = v.id"
      " WHERE v.parent_id = $1 ORDER BY f.position, f.id",
      parent);
  return variants;
}

Result<Product> order_variants(store::Tx& tx, ProductId parent,
                               std::span<const ProductId> variants) {
  auto above = find_present(tx, parent);
  if (!above) return above;
  const auto there = variants_of(tx, parent);
  FieldErrors faults;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const std::string path = "/variant_ids/" + std::to_string(i);
    const auto before = variants.first(i);
    if (std::ranges::find(there, variants[i], &Product::id) == there.end()) {
      faults.add(path, "is not a variant of this product");
    } else if (std::ranges::find(before, variants[i]) != before.end()) {
      faults.add(path, "is there twice");
    }
  }
  if (variants.size() != there.size()) faults.add("/variant_ids", "are not all of them");
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  std::int64_t position = 0;
  for (const ProductId variant : variants) {
    tx.exec("UPDATE product SET position = $2 WHERE id = $1", variant, position++);
  }
  tx.exec("UPDATE product SET version = version + 1 WHERE id = $1", parent);
  return find_product(tx, parent);
}

Result<Product> change_variant(store::Tx& tx, const Product& before, const ProductChange& change,
                               std::int64_t expected_version) {
  FieldErrors faults;
  if (change.title) faults.add("/title", "is that of its parent");
  if (change.description) faults.add("/description", "is that of its parent");
  if (change.hidden) faults.add("/hidden", "is that of its parent");
  std::string name = before.variant_name;
  if (change.variant_name) {
    name = faults.text(*change.variant_name, kName, "/variant_name");
    if (is_taken(tx, *before.parent, before.id, name)) {
      faults.add("/variant_name", "is there already");
    }
  }
  if (change.price) check_price(faults, *change.price, before.price.currency);
  if (change.weight_g) check_weight(faults, *change.weight_g);
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  const auto changed = tx.exec(
      "UPDATE product SET variant_name = $3, price_minor = $4, weight_g = $5,"
      " version = version + 1 WHERE id = $1 AND version = $2",
      before.id, expected_version, name, change.price.value_or(before.price).minor,
      change.weight_g.value_or(before.weight_g));
  if (changed == 0) return changed_since();
  return find_product(tx, before.id);
}

void remove_variants(store::Tx& tx, ProductId parent) {
  tx.exec(
      "UPDATE product SET removed = 1, version = version + 1 WHERE parent_id = $1 AND removed = 0",
      parent);
  const auto above =
      tx.integer("SELECT parent_id FROM product WHERE id = $1 AND kind = 'variant'", parent);
  if (above) tx.exec(kWithoutVariants, *above);
}

}  // namespace geili::catalog
