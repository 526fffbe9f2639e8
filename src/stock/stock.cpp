#include "stock/stock.hpp"

#include <cassert>

namespace geili::stock {
Result<void> open(store::Tx& tx, ProductId product, std::int64_t available) {
  if (available < 0) return fail(Error::invalid_field("/stock", "is less than 0"));
  if (available > kStockMax) return fail(Error::invalid_field("/stock", "is more than 1000000"));
  tx.exec("INSERT INTO stock (product_id, available) VALUES ($1, $2)", product, available);
  return {};
}

std::int64_t available(store::Tx& tx, ProductId product) {
  return tx.integer("SELECT available FROM stock WHERE product_id = $1", product).value_or(0);
}

Result<Claim> claim(store::Tx& tx, ProductId product, std::int64_t quantity, Instant now) {
  assert(quantity >= 1 && quantity <= kClaimQuantityMax);
  const auto left = tx.integer(
      "UPDATE stock SET available = available - $2 WHERE product_id = $1 AND available >= $2"
      " RETURNING available",
      product, quantity);
  if (!left) {
    return fail(Error::make(ErrorKind::conflict, "sold-out", "There are not as many left.")
                    .with("available", available(tx, product))
                    .with("product_id", product.value));
  }
  const ClaimId id{*tx.integer(
      "INSERT INTO claim (product_id, quantity, claimed_at) VALUES ($1, $2, $3) RETURNING id",
      product, quantity, now)};
  return Claim{id, *left};
}

Result<std::int64_t> release(store::Tx& tx, ClaimId claim, Instant now) {
  struct Held {
    ProductId product;
    std::int64_t quantity;
  };
  const auto held =
      tx.one([](const store::Row& row) { return Held{row.id<ProductId>(0), row.integer(1)}; },
             "UPDATE claim SET released_at = $2 WHERE id = $1 AND released_at IS NULL"
             " RETURNING product_id, quantity",
             claim, now);
  if (held) {
    return *tx.integer(
        "UPDATE stock SET available = available + $2 WHERE product_id = $1 RETURNING available",
        held->product, held->quantity);
  }
  const auto product = tx.integer("SELECT product_id FROM claim WHERE id = $1", claim);
  if (!product) return fail(ErrorKind::not_found, "claim-not-found", "There is no such claim.");
  return available(tx, ProductId{*product});
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

void erase(store::Tx& tx, ProductId product) {
  tx.exec("DELETE FROM claim WHERE product_id = $1", product);
  tx.exec("DELETE FROM stock WHERE product_id = $1", product);
}

}  // namespace geili::stock
