#pragma once
// Products of a shop. What is left of them is stock's to know.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "catalog/photo.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

// Lengths in code points.
inline constexpr std::size_t kProductTitleMax = 120;
inline constexpr std::size_t kProductDescriptionMax = 4000;
inline constexpr std::int64_t kProductWeightMaxG = 1'000'000;
inline constexpr std::int64_t kProductsPerShopMax = 10'000;  // removed ones included

// A parent is sold in its variants alone; a bundle is made of other products. Shops, bags and lists
// show all but variants.
enum class ProductKind : std::uint8_t { single, parent, variant, bundle };
std::string_view to_text(ProductKind kind);

// A variant has the shop, the title before its name, the description and whether it is hidden from
// its parent; and the parent's photos while it has none of its own.
struct Product {
  ProductId id;
  ShopId shop;
  std::string title;  // "Chain · 45 cm" of a variant
  std::string description;
  Money price;                // of a parent: of its cheapest variant
  bool hidden = false;        // shown and sold only where it is in a show's bag
  bool removed = false;       // kept for its orders' sake
  std::int64_t weight_g = 0;  // of one piece, packed; 0: not told
  std::vector<Photo> photos;
  std::int64_t version = 1;  // grows with every change, those of the photos included
  ProductKind kind = ProductKind::single;
  std::int64_t price_max_minor = 0;      // of a parent: of its dearest variant; else the price
  std::optional<ProductId> parent = {};  // of a variant
  std::string variant_name = {};
};

struct NewProduct {
  ShopId shop;
  std::string title;
  std::string description;
  Money price;  // in the shop's currency
  bool hidden = false;
  std::int64_t weight_g = 0;
  ProductKind kind = ProductKind::single;  // or bundle
};

// What is absent stays.
struct ProductChange {
  std::optional<std::string> title;
  std::optional<std::string> description;
  std::optional<Money> price;
  std::optional<bool> hidden;
  std::optional<std::int64_t> weight_g;
  std::optional<std::string> variant_name = {};
};

enum class Hidden : bool { left_out, included };

// Fails with shop-not-found, invalid-field, products-limit.
Result<Product> create_product(store::Tx& tx, const NewProduct& product, const Clock& clock);
// Removed ones, too. Fails with product-not-found.
Result<Product> find_product(store::Tx& tx, ProductId product);
// In the order of `products`; what does not exist is left out, what was removed is not.
std::vector<Product> find_products(store::Tx& tx, std::span<const ProductId> products);
// Newest first, without removed ones. Fails with shop-not-found, bad-cursor, invalid-field.
Result<Page<Product>> list_products(store::Tx& tx, ShopId shop, Hidden hidden,
                                    const PageRequest& page);
// A removed product is not found by these. Fail with product-not-found and what is named; a change
// of what is the parent's, or the variants', is an invalid-field.
Result<Product> change_product(store::Tx& tx, ProductId product, const ProductChange& change,
                               std::int64_t expected_version);  // version-mismatch, invalid-field
Result<Product> add_product_photo(store::Tx& tx, ProductId product,
                                  const Picture& picture);  // photos-limit
Result<Product> remove_product_photo(store::Tx& tx, ProductId product,
                                     PhotoId photo);  // photo-not-found
// Its variants go with it. Removing twice changes nothing. Fails with product-not-found.
Result<void> remove_product(store::Tx& tx, ProductId product);

// What a sale must know of a product; cheaper than find_product. None when there is no such
// product.
struct Offer {
  ShopId shop;
  std::string title;
  std::int64_t price_minor = 0;
  bool hidden = false;
  bool removed = false;
  std::optional<PhotoId> photo;
  std::int64_t weight_g = 0;  // of a variant that tells none: its parent's
  ProductKind kind = ProductKind::single;
  std::optional<ProductId> parent = {};
  std::int64_t deals = 0;  // of it, under which something is held or may be
};
std::optional<Offer> find_offer(store::Tx& tx, ProductId product);
// Says that find_offer() will be asked (store::Tx::ahead).
void foresee_offer(store::Tx& tx, ProductId product);
// Keeps Offer::deals: a deal of it more (1), or one less (-1).
void count_deals(store::Tx& tx, ProductId product, std::int64_t change);

}  // namespace geili::catalog
