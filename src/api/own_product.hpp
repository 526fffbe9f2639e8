#pragma once
// The product of a request that changes it.

#include "api/caller.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "store/tx.hpp"

namespace geili::api {

// The product, if the caller may act on its shop's goods. Fails with signed-out,
// product-not-found, forbidden.
Result<catalog::Product> own_product(store::Tx& tx, ProductId id, const Caller& caller,
                                     identity::Action action);

}  // namespace geili::api
