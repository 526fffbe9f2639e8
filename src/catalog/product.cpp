#include "catalog/product.hpp"

#include <array>

#include "base/field_errors.hpp"
#include "catalog/product_row.hpp"
#include "catalog/shop.hpp"
#include "catalog/variant.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::catalog {
namespace {

constexpr TextRule kTitle{.min_length = 1, .max_length = kProductTitleMax};
constexpr TextRule kDescription{.max_length = kProductDescriptionMax, .lines = Lines::multiple};

bool touch(store::Tx& tx, ProductId product) {
  return tx.exec("UPDATE product SET version = version + 1 WHERE id = $1 AND removed = 0",
                 product) == 1;
}

constexpr std::array<std::string_view, 4> kKinds{"single", "parent", "variant", "bundle"};

// What a parent's variants tell for themselves.
void check_parent_change(FieldErrors& faults, const ProductChange& change) {
  if (change.price) faults.add("/price", "is that of its variants");
}

}  // namespace

std::string_view to_text(ProductKind kind) {
  return store::name_of(kKinds, kind);
}

Product read_product(const store::Row& row) {
  return {.id = row.id<ProductId>(0),
          .shop = row.id<ShopId>(1),
          .title = row.string(2),
          .description = row.string(3),
          .price = {row.integer(4), store::stored_currency(row.text(5))},
          .hidden = row.boolean(6),
          .removed = row.boolean(7),
          .weight_g = row.integer(9),
          .photos = {},
          .version = row.integer(8),
          .kind = store::stored<ProductKind>(kKinds, row.text(10)),
          .price_max_minor = row.integer(11),
          .parent = row.optional_id<ProductId>(12),
          .variant_name = row.string(13)};
}

std::unexpected<Error> no_product() {
  return fail(ErrorKind::not_found, "product-not-found", "There is no such product.");
}

void check_price(FieldErrors& faults, Money price, Currency currency) {
  if (price.minor < 0) faults.add("/price/minor", "is less than 0");
  if (price.minor > kMoneyMinorMax) faults.add("/price/minor", "is more than 1000000000000");
  if (price.currency != currency) {
    faults.add("/price/currency", "is not the shop's, " + std::string(currency.code()));
  }
}

void check_weight(FieldErrors& faults, std::int64_t weight_g) {
  if (weight_g < 0 || weight_g > kProductWeightMaxG) {
    faults.add("/weight_g", "is not between 0 and 1000000");
  }
}

// The product for those who change it: a removed one is not there.
Result<Product> find_present(store::Tx& tx, ProductId product) {
  auto found = find_product(tx, product);
  if (found && found->removed) return no_product();
  return found;
}

Result<void> check_room(store::Tx& tx, ShopId shop) {
  if (*tx.integer("SELECT COUNT(*) FROM product WHERE shop_id = $1", shop) < kProductsPerShopMax) {
    return {};
  }
  return fail(Error::make(ErrorKind::conflict, "products-limit",
                          "The shop has as many products as it may have.")
                  .with("products_max", kProductsPerShopMax));
}

Result<Product> create_product(store::Tx& tx, const NewProduct& product, const Clock& clock) {
  auto terms = find_shop_terms(tx, product.shop);
  if (!terms) return fail_as(terms);
  FieldErrors faults;
  Product kept{.id = {},
               .shop = product.shop,
               .title = faults.text(product.title, kTitle, "/title"),
               .description = faults.text(product.description, kDescription, "/description"),
               .price = product.price,
               .hidden = product.hidden,
               .removed = false,
               .weight_g = product.weight_g,
               .photos = {},
               .version = 1,
               .kind = product.kind,
               .price_max_minor = product.price.minor};
  check_price(faults, product.price, terms->currency);
  check_weight(faults, product.weight_g);
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  if (auto fits = check_room(tx, product.shop); !fits) return fail_as(fits);
  kept.id = ProductId{
      *tx.integer("INSERT INTO product (shop_id, title, description, price_minor, hidden, weight_g,"
                  " created_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                  kept.shop, kept.title, kept.description, kept.price.minor, kept.hidden,
                  kept.weight_g, clock.now(), to_text(kept.kind))};
  return kept;
}

Result<Product> find_product(store::Tx& tx, ProductId product) {
  auto found = tx.one(read_product, GEILI_SELECT_PRODUCT " WHERE p.id = $1", product);
  if (!found) return no_product();
  found->photos = photos_of(tx, PhotoOwner::of(product));
  if (found->photos.empty() && found->parent) {
    found->photos = photos_of(tx, PhotoOwner::of(*found->parent));
  }
  return *std::move(found);
}

std::vector<Product> find_products(store::Tx& tx, std::span<const ProductId> products) {
  std::vector<Product> found;
  for (const ProductId id : products) {
    if (auto product = find_product(tx, id)) found.push_back(*std::move(product));
  }
  return found;
}

std::unexpected<Error> changed_since() {
  return fail(ErrorKind::precondition, "version-mismatch", "The product has changed since.");
}

Result<Page<Product>> list_products(store::Tx& tx, ShopId shop, Hidden hidden,
                                    const PageRequest& page) {
  constexpr std::string_view kList = "products";
  auto terms = find_shop_terms(tx, shop);
  if (!terms) return fail_as(terms);
  auto start = page_start(kList, page, {INT64_MAX});
  if (!start) return fail_as(start);
  Page<Product> found;
  tx.each([&](const store::Row& row) { found.items.push_back(read_product(row)); },
          GEILI_SELECT_PRODUCT
          " WHERE p.shop_id = $1 AND p.id < $2 AND p.removed = 0 AND p.hidden <= $3"
          " AND p.kind <> 'variant'"
          " ORDER BY p.id DESC LIMIT $4",
          shop, start->front(), hidden == Hidden::included, page.limit + 1);
  end_page(found, kList, page, [](const Product& p) { return std::array{p.id.value}; });
  for (Product& product : found.items) product.photos = photos_of(tx, PhotoOwner::of(product.id));
  return found;
}

Result<Product> change_product(store::Tx& tx, ProductId product, const ProductChange& change,
                               std::int64_t expected_version) {
  auto before = find_present(tx, product);
  if (!before) return before;
  if (before->kind == ProductKind::variant) {
    return change_variant(tx, *before, change, expected_version);
  }
  FieldErrors faults;
  if (before->kind == ProductKind::parent) check_parent_change(faults, change);
  if (change.variant_name) faults.add("/variant_name", "is for variants");
  if (change.title) before->title = faults.text(*change.title, kTitle, "/title");
  if (change.description) {
    before->description = faults.text(*change.description, kDescription, "/description");
  }
  if (change.price) check_price(faults, *change.price, before->price.currency);
  if (change.weight_g) check_weight(faults, *change.weight_g);
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  const auto changed = tx.exec(
      "UPDATE product SET title = $3, description = $4, price_minor = COALESCE($5, price_minor),"
      " hidden = $6, weight_g = $7, version = version + 1 WHERE id = $1 AND version = $2",
      product, expected_version, before->title, before->description,
      change.price ? std::optional(change.price->minor) : std::nullopt,
      change.hidden.value_or(before->hidden), change.weight_g.value_or(before->weight_g));
  if (changed == 0) return changed_since();
  return find_product(tx, product);
}

Result<Product> add_product_photo(store::Tx& tx, ProductId product, const Picture& picture) {
  if (!touch(tx, product)) return no_product();
  auto added = add_photo(tx, PhotoOwner::of(product), picture, kProductPhotosMax);
  if (!added) return fail_as(added);
  return find_product(tx, product);
}

Result<Product> remove_product_photo(store::Tx& tx, ProductId product, PhotoId photo) {
  if (!touch(tx, product)) return no_product();
  auto removed = remove_photo(tx, PhotoOwner::of(product), photo);
  if (!removed) return fail_as(removed);
  return find_product(tx, product);
}

Result<void> remove_product(store::Tx& tx, ProductId product) {
  const auto changed =
      tx.exec("UPDATE product SET removed = 1, version = version + 1 WHERE id = $1 AND removed = 0",
              product);
  if (changed == 0 && !tx.integer("SELECT 1 FROM product WHERE id = $1", product)) {
    return no_product();
  }
  if (changed > 0) remove_variants(tx, product);
  return {};
}

constexpr std::string_view kFindOffer =
    "SELECT p.shop_id, CASE WHEN q.id IS NULL THEN p.title ELSE q.title || ' · ' || p.variant_name"
    " END, p.price_minor, COALESCE(q.hidden, p.hidden), p.removed,"
    " COALESCE((SELECT f.id FROM photo f WHERE f.owner_kind = 'product' AND f.owner_id = p.id"
    "  ORDER BY f.position, f.id LIMIT 1),"
    " (SELECT f.id FROM photo f WHERE f.owner_kind = 'product' AND f.owner_id = q.id"
    "  ORDER BY f.position, f.id LIMIT 1)),"
    " CASE WHEN p.weight_g = 0 THEN COALESCE(q.weight_g, 0) ELSE p.weight_g END, p.kind,"
    " p.parent_id, p.deals FROM product p LEFT JOIN product q ON q.id = p.parent_id WHERE p.id = $1";

void foresee_offer(store::Tx& tx, ProductId product) {
  tx.ahead_of_many(kFindOffer, product);
}

std::optional<Offer> find_offer(store::Tx& tx, ProductId product) {
  return tx.one(
      [](const store::Row& row) {
        return Offer{
            .shop = row.id<ShopId>(0),
            .title = row.string(1),
            .price_minor = row.integer(2),
            .hidden = row.boolean(3),
            .removed = row.boolean(4),
            .photo = row.is_null(5) ? std::nullopt : std::optional(row.id<PhotoId>(5)),
            .weight_g = row.integer(6),
            .kind = store::stored<ProductKind>(kKinds, row.text(7)),
            .parent = row.optional_id<ProductId>(8),
            .deals = row.integer(9),
        };
      },
      kFindOffer, product);
}

void count_deals(store::Tx& tx, ProductId product, std::int64_t change) {
  tx.exec("UPDATE product SET deals = deals + $2 WHERE id = $1", product, change);
}

}  // namespace geili::catalog
