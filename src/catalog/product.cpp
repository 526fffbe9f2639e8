#include "catalog/product.hpp"

#include <array>

#include "base/field_errors.hpp"
#include "catalog/shop.hpp"
#include "store/currency.hpp"

namespace geili::catalog {
namespace {

constexpr TextRule kTitle{.min_length = 1, .max_length = kProductTitleMax};
constexpr TextRule kDescription{.max_length = kProductDescriptionMax, .lines = Lines::multiple};

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
          .version = row.integer(8)};
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

bool touch(store::Tx& tx, ProductId product) {
  return tx.exec("UPDATE product SET version = version + 1 WHERE id = $1 AND removed = 0",
                 product) == 1;
}

}  // namespace

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
               .version = 1};
  check_price(faults, product.price, terms->currency);
  check_weight(faults, product.weight_g);
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  if (*tx.integer("SELECT COUNT(*) FROM product WHERE shop_id = $1", product.shop) >=
      kProductsPerShopMax) {
    return fail(Error::make(ErrorKind::conflict, "products-limit",
                            "The shop has as many products as it may have.")
                    .with("products_max", kProductsPerShopMax));
  }
  kept.id = ProductId{
      *tx.integer("INSERT INTO product (shop_id, title, description, price_minor, hidden, weight_g,"
                  " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                  kept.shop, kept.title, kept.description, kept.price.minor, kept.hidden,
                  kept.weight_g, clock.now())};
  return kept;
}

Result<Product> find_product(store::Tx& tx, ProductId product) {
  auto found = tx.one(read_product,
                      "SELECT p.id, p.shop_id, p.title, p.description, p.price_minor, s.currency,"
                      " p.hidden, p.removed, p.version, p.weight_g"
                      " FROM product p JOIN shop s ON s.id = p.shop_id WHERE p.id = $1",
                      product);
  if (!found) return no_product();
  found->photos = photos_of(tx, PhotoOwner::of(product));
  return *std::move(found);
}

std::vector<Product> find_products(store::Tx& tx, std::span<const ProductId> products) {
  std::vector<Product> found;
  for (const ProductId id : products) {
    if (auto product = find_product(tx, id)) found.push_back(*std::move(product));
  }
  return found;
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
          "SELECT p.id, p.shop_id, p.title, p.description, p.price_minor, s.currency,"
          " p.hidden, p.removed, p.version, p.weight_g"
          " FROM product p JOIN shop s ON s.id = p.shop_id"
          " WHERE p.shop_id = $1 AND p.id < $2 AND p.removed = 0 AND p.hidden <= $3"
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
  FieldErrors faults;
  if (change.title) before->title = faults.text(*change.title, kTitle, "/title");
  if (change.description) {
    before->description = faults.text(*change.description, kDescription, "/description");
  }
  if (change.price) check_price(faults, *change.price, before->price.currency);
  if (change.weight_g) check_weight(faults, *change.weight_g);
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  const auto changed = tx.exec(
      "UPDATE product SET title = $3, description = $4, price_minor = $5, hidden = $6,"
      " weight_g = $7, version = version + 1 WHERE id = $1 AND version = $2",
      product, expected_version, before->title, before->description,
      change.price.value_or(before->price).minor, change.hidden.value_or(before->hidden),
      change.weight_g.value_or(before->weight_g));
  if (changed == 0) {
    return fail(ErrorKind::precondition, "version-mismatch", "The product has changed since.");
  }
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
  return {};
}

constexpr std::string_view kFindOffer =
    "SELECT p.shop_id, p.title, p.price_minor, p.hidden, p.removed,"
    " (SELECT f.id FROM photo f WHERE f.owner_kind = 'product' AND f.owner_id = p.id"
    "  ORDER BY f.position, f.id LIMIT 1), p.weight_g"
    " FROM product p WHERE p.id = $1";

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
        };
      },
      kFindOffer, product);
}

}  // namespace geili::catalog
