#pragma once
// What handlers of one shop share.

#include "api/caller.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::api {

// Whether the caller may act on the shop, which is there. Fails with signed-out, csrf-token-wrong,
// forbidden, shop-not-found.
Result<void> may_in_shop(store::Tx& tx, ShopId shop, const Caller& caller, identity::Action action);

}  // namespace geili::api
