#pragma once
// What the files of this room share.

#include "base/result.hpp"
#include "shows/show.hpp"
#include "store/value.hpp"

namespace geili::shows {

// id, shop_id, title, status, starts_at, started_at, ended_at, pinned_product_id, sold_count,
// version
Show read_show(const store::Row& row);
std::unexpected<Error> no_show();

}  // namespace geili::shows
