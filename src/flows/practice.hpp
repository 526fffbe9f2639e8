#pragma once
// What was paid in practice: with the cards of the practice provider, or in a demo shop. It is in
// no books (flows/books.hpp) and earns nothing; here it is counted to say so.

#include <cstdint>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Less what went back; 0 or more, in the shop's currency. Fail with shop-not-found.
Result<std::int64_t> practised_in_show_minor(store::Tx& tx, ShopId shop, ShowId show);
// Of orders that were placed from `from` on and before `to`.
Result<std::int64_t> practised_minor(store::Tx& tx, ShopId shop, Instant from, Instant to);

}  // namespace geili::flows
