#include "catalog/shop_names.hpp"

namespace geili::catalog {

std::map<ShopId, std::string> shop_names(store::Tx& tx) {
  std::map<ShopId, std::string> names;
  tx.each([&](const store::Row& row) { names.emplace(row.id<ShopId>(0), row.string(1)); },
          "SELECT id, name FROM shop");
  return names;
}

}  // namespace geili::catalog
