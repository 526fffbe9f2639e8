#pragma once
// On whose web sites a shop's shows may be seen in a frame: nobody's, until the shop says so.

#include <cstddef>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

inline constexpr std::size_t kEmbedOriginsMax = 20;

// As parse_web_origin() writes them, in the shop's order.
std::vector<std::string> embed_origins(store::Tx& tx, ShopId shop);
// Puts these in the place of all there were; one that comes twice is kept once. Fails with
// shop-not-found, invalid-field (/origins, /origins/<i>).
Result<std::vector<std::string>> set_embed_origins(store::Tx& tx, ShopId shop,
                                                   const std::vector<std::string>& origins);

}  // namespace geili::catalog
