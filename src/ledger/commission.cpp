#include "ledger/commission.hpp"

#include "ledger/split.hpp"

namespace geili::ledger {

std::int64_t commission_basis_points(store::Tx& tx, ShopId shop) {
  return tx.integer("SELECT basis_points FROM ledger_commission WHERE shop_id = $1", shop)
      .value_or(0);
}

Result<std::int64_t> set_commission(store::Tx& tx, ShopId shop, std::int64_t basis_points,
                                    Instant now) {
  if (basis_points < 0 || basis_points > kBasisPointsAll) {
    return fail(Error::invalid_field("/basis_points", "is not between 0 and 10000"));
  }
  const std::int64_t before = commission_basis_points(tx, shop);
  tx.exec(
      "INSERT INTO ledger_commission (shop_id, basis_points, changed_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (shop_id) DO UPDATE SET basis_points = excluded.basis_points,"
      " changed_at = excluded.changed_at",
      shop, basis_points, now);
  return before;
}

}  // namespace geili::ledger
