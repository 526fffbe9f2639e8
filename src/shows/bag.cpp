#include "shows/bag.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "shows/bag_number.hpp"
#include "shows/show_row.hpp"

namespace geili::shows {

Result<void> check_bag(std::span<const ProductId> products) {
  if (products.size() > kBagMax) {
    return fail(Error::invalid_field("/product_ids", "has more than 200 products"));
  }
  std::unordered_set<ProductId> seen;
  for (std::size_t i = 0; i < products.size(); ++i) {
    if (!seen.insert(products[i]).second) {
      return fail(Error::invalid_field("/product_ids/" + std::to_string(i), "is there twice"));
    }
  }
  return {};
}

std::vector<ProductId> bag_of(store::Tx& tx, ShowId show) {
  std::vector<ProductId> products;
  tx.each([&](const store::Row& row) { products.push_back(row.id<ProductId>(0)); },
          "SELECT product_id FROM show_product WHERE show_id = $1 ORDER BY position", show);
  return products;
}

bool in_bag(store::Tx& tx, ShowId show, ProductId product) {
  return tx
      .integer("SELECT 1 FROM show_product WHERE show_id = $1 AND product_id = $2", show, product)
      .has_value();
}

Result<Show> set_bag(store::Tx& tx, ShowId show, std::span<const ProductId> products) {
  if (auto fits = check_bag(products); !fits) return fail_as(fits);
  auto found = find_show(tx, show);
  if (!found) return found;
  tx.exec("DELETE FROM show_product WHERE show_id = $1", show);
  std::int64_t position = 0;
  for (const ProductId product : products) {
    tx.exec("INSERT INTO show_product (show_id, product_id, position) VALUES ($1, $2, $3)", show,
            product, position++);
  }
  number_bag(tx, *found, products);
  if (found->pinned && std::ranges::find(products, *found->pinned) == products.end()) {
    tx.exec("UPDATE show SET pinned_product_id = NULL WHERE id = $1", show);
  }
  return touch_show(tx, show);
}

Result<Show> pin(store::Tx& tx, ShowId show, ProductId product) {
  auto found = find_show(tx, show);
  if (!found) return found;
  if (found->status == ShowStatus::ended) {
    return fail(ErrorKind::conflict, "show-ended", "The show has ended.");
  }
  if (!in_bag(tx, show, product)) {
    return fail(ErrorKind::conflict, "product-not-in-bag", "The product is not in the show's bag.");
  }
  if (found->pinned == product) return found;
  tx.exec("UPDATE show SET pinned_product_id = $2 WHERE id = $1", show, product);
  return touch_show(tx, show);
}

Result<Show> unpin(store::Tx& tx, ShowId show) {
  auto found = find_show(tx, show);
  if (!found || !found->pinned) return found;
  tx.exec("UPDATE show SET pinned_product_id = NULL WHERE id = $1", show);
  return touch_show(tx, show);
}

constexpr std::string_view kOpenShowsWith =
    "SELECT s.id FROM show_product p JOIN show s ON s.id = p.show_id"
    " WHERE p.product_id = $1 AND s.list_rank < 2 ORDER BY s.list_rank, s.id LIMIT $2";

void foresee_open_shows_with(store::Tx& tx, ProductId product) {
  tx.ahead_of_many(kOpenShowsWith, product, kShowsToldMax);
}

std::vector<ShowId> open_shows_with(store::Tx& tx, ProductId product) {
  std::vector<ShowId> found;
  tx.each([&](const store::Row& row) { found.push_back(row.id<ShowId>(0)); }, kOpenShowsWith,
          product, kShowsToldMax);
  return found;
}

std::vector<ShowId> remove_from_bags(store::Tx& tx, ProductId product) {
  std::vector<ShowId> unpinned;
  tx.each([&](const store::Row& row) { unpinned.push_back(row.id<ShowId>(0)); },
          "SELECT s.id FROM show_product p JOIN show s ON s.id = p.show_id"
          " WHERE p.product_id = $1 AND s.list_rank < 2 AND s.pinned_product_id = $1 ORDER BY s.id",
          product);
  tx.exec(
      "UPDATE show SET version = version + 1,"
      " pinned_product_id = CASE WHEN pinned_product_id = $1 THEN NULL ELSE pinned_product_id END"
      " WHERE list_rank < 2 AND id IN (SELECT show_id FROM show_product WHERE product_id = $1)",
      product);
  tx.exec(
      "DELETE FROM show_product WHERE product_id = $1"
      " AND show_id IN (SELECT id FROM show WHERE list_rank < 2)",
      product);
  tx.exec("DELETE FROM show_series_product WHERE product_id = $1", product);
  return unpinned;
}

}  // namespace geili::shows
