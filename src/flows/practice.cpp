#include "flows/practice.hpp"

#include "catalog/shop.hpp"

namespace geili::flows {
namespace {

// Orders and payments are two nouns: only here they are asked together, since a show may have
// thousands of them. $2: a demo shop, whose money is never real.
#define GEILI_PRACTISED                                                          \
  "SELECT CAST(COALESCE(SUM(p.received_minor - p.refunded_minor), 0) AS BIGINT)" \
  " FROM shop_order o JOIN payment p ON p.order_id = o.id WHERE o.shop_id = $1"  \
  " AND (p.provider = 'sandbox' OR CAST($2 AS BIGINT) = 1)"

// 1 of a demo shop, else 0.
Result<std::int64_t> demo_of(store::Tx& tx, ShopId shop) {
  auto terms = catalog::find_shop_terms(tx, shop);
  if (!terms) return fail_as(terms);
  return terms->demo ? 1 : 0;
}

}  // namespace

Result<std::int64_t> practised_in_show_minor(store::Tx& tx, ShopId shop, ShowId show) {
  auto demo = demo_of(tx, shop);
  if (!demo) return demo;
  return tx.integer(GEILI_PRACTISED " AND o.show_id = $3", shop, *demo, show).value_or(0);
}

Result<std::int64_t> practised_minor(store::Tx& tx, ShopId shop, Instant from, Instant to) {
  auto demo = demo_of(tx, shop);
  if (!demo) return demo;
  return tx
      .integer(GEILI_PRACTISED " AND o.placed_at >= $3 AND o.placed_at < $4", shop, *demo, from, to)
      .value_or(0);
}

}  // namespace geili::flows
