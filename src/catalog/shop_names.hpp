#pragma once

#include <map>
#include <string>

#include "base/id.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

// What every shop is called, in one reading: for lists over many shops.
std::map<ShopId, std::string> shop_names(store::Tx& tx);

}  // namespace geili::catalog
