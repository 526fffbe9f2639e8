#include "stock/stock.hpp"

#include "stock/available_sql.hpp"

namespace geili::stock {

Result<void> open(store::Tx& tx, ProductId product, std::int64_t available) {
  if (available < 0) return fail(Error::invalid_field("/stock", "is less than 0"));
  if (available > kStockMax) return fail(Error::invalid_field("/stock", "is more than 1000000"));
  tx.exec("INSERT INTO stock (product_id, available) VALUES ($1, $2)", product, available);
  return {};
}

std::int64_t available(store::Tx& tx, ProductId product) {
  return tx.integer("SELECT " GEILI_AVAILABLE " FROM stock s WHERE s.product_id = $1", product)
      .value_or(0);
}

Level level(store::Tx& tx, ProductId product) {
  return tx
      .one(
          [](const store::Row& row) {
            return Level{.available = row.integer(0),
                         .parent = row.optional_id<ProductId>(1),
                         .variants = row.integer(2),
                         .parts = row.integer(3),
                         .bundles = row.integer(4)};
          },
          "SELECT " GEILI_AVAILABLE
          ", s.parent_id, s.variants, s.parts, s.bundles FROM stock s WHERE s.product_id = $1",
          product)
      .value_or(Level{});
}

Result<std::int64_t> change(store::Tx& tx, ProductId product, std::int64_t delta) {
  if (delta == 0) return fail(Error::invalid_field("/change", "is 0"));
  if (delta < -kStockChangeMax || delta > kStockChangeMax) {
    return fail(Error::invalid_field("/change", "is not between -100000 and 100000"));
  }
  const auto left = tx.integer(
      "UPDATE stock SET available = available + $2"
      " WHERE product_id = $1 AND available + $2 BETWEEN 0 AND $3 RETURNING available",
      product, delta, kStockMax);
  if (left) return *left;
  const auto present = tx.integer("SELECT available FROM stock WHERE product_id = $1", product);
  if (!present) return fail(ErrorKind::not_found, "product-not-found", "There is no such product.");
  if (delta > 0) return fail(Error::invalid_field("/change", "makes the stock more than 1000000"));
  return fail(Error::make(ErrorKind::conflict, "stock-below-zero", "There are fewer than that.")
                  .with("available", *present));
}

void erase_show(store::Tx& tx, ShowId show) {
  tx.exec("DELETE FROM claim_log WHERE show_id = $1", show);
  tx.exec("DELETE FROM claim_chain WHERE show_id = $1", show);
  tx.exec("DELETE FROM show_buyer WHERE show_id = $1", show);
  tx.exec("DELETE FROM show_stock WHERE show_id = $1", show);
  tx.exec("DELETE FROM deal_buyer WHERE deal_id IN (SELECT id FROM deal WHERE show_id = $1)", show);
  tx.exec("DELETE FROM deal WHERE show_id = $1", show);
}

void erase(store::Tx& tx, ProductId product) {
  tx.exec("DELETE FROM waitlist WHERE product_id = $1", product);
  tx.exec("DELETE FROM claim WHERE product_id = $1", product);
  tx.exec("DELETE FROM deal_buyer WHERE deal_id IN (SELECT id FROM deal WHERE product_id = $1)",
          product);
  tx.exec("DELETE FROM deal WHERE product_id = $1", product);
  tx.exec("DELETE FROM bundle_part WHERE bundle_id = $1 OR part_id = $1", product);
  tx.exec("DELETE FROM stock WHERE product_id = $1", product);
}

}  // namespace geili::stock
