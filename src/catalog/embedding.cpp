#include "catalog/embedding.hpp"

#include <algorithm>

#include "base/field_errors.hpp"
#include "base/web_origin.hpp"
#include "catalog/shop.hpp"

namespace geili::catalog {

std::vector<std::string> embed_origins(store::Tx& tx, ShopId shop) {
  std::vector<std::string> origins;
  tx.each([&](const store::Row& row) { origins.push_back(row.string(0)); },
          "SELECT origin FROM embed_origin WHERE shop_id = $1 ORDER BY place", shop);
  return origins;
}

Result<std::vector<std::string>> set_embed_origins(store::Tx& tx, ShopId shop,
                                                   const std::vector<std::string>& origins) {
  if (auto terms = find_shop_terms(tx, shop); !terms) return fail_as(terms);
  FieldErrors faults;
  if (origins.size() > kEmbedOriginsMax) {
    faults.add("/origins", "holds more than " + std::to_string(kEmbedOriginsMax));
  }
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < std::min(origins.size(), kEmbedOriginsMax); ++i) {
    auto origin = parse_web_origin(origins[i]);
    if (!origin) {
      faults.add("/origins/" + std::to_string(i), "is not https:// and the name of a web site");
    } else if (std::ranges::find(kept, *origin) == kept.end()) {
      kept.push_back(*std::move(origin));
    }
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  tx.exec("DELETE FROM embed_origin WHERE shop_id = $1", shop);
  std::int64_t place = 0;
  for (const std::string& origin : kept) {
    tx.exec("INSERT INTO embed_origin (shop_id, place, origin) VALUES ($1, $2, $3)", shop, ++place,
            origin);
  }
  return kept;
}

}  // namespace geili::catalog
