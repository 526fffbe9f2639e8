#pragma once
// Where the demo's shops send to.

#include "base/id.hpp"
#include "base/result.hpp"
#include "flows/demo_goods.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// A zone at home by weight, free from an amount, and one for everywhere else.
Result<void> seed_shipping(store::Tx& tx, ShopId shop, const DemoShop& demo);

}  // namespace geili::flows
