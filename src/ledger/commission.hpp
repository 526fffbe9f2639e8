#pragma once
// The co-operative's share of a shop's goods, as it is set now. A sale keeps the share it was made
// with, so a change is for later sales alone.

#include <cstdint>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

// 250 is 2.5 %; 0 unless it was set.
std::int64_t commission_basis_points(store::Tx& tx, ShopId shop);
// Returns what it was before. Fails with invalid-field outside 0 to kBasisPointsAll.
Result<std::int64_t> set_commission(store::Tx& tx, ShopId shop, std::int64_t basis_points,
                                    Instant now);

}  // namespace geili::ledger
