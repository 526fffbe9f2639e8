#include "api/shop_access.hpp"

#include "catalog/shop.hpp"

namespace geili::api {

Result<void> may_in_shop(store::Tx& tx, ShopId shop, const Caller& caller,
                         identity::Action action) {
  const auto actor = caller.authorise(tx, action, shop);
  if (!actor) return std::unexpected(actor.error());
  auto found = catalog::find_shop_terms(tx, shop);
  if (!found) return fail_as(found);
  return {};
}

}  // namespace geili::api
