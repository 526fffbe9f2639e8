#pragma once
// Which products a sale has sold out: its own, the parts of its bundles, and whatever has the stock
// of theirs, other bundles and the parents of variants.

#include <cstdint>
#include <map>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "flows/news.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// What a sale takes of what is counted, less what it gives back.
class Taken {
 public:
  // A claim as the call that made it returned it.
  void take(const stock::Claim& claim);
  // A claim as the call that ended it returned it.
  void give_back(const stock::Claim& claim);

  // Tells product.sold_out once for each product that had units before and has none now. Asks for
  // nothing more than the listeners when the claims themselves say that nothing is sold out.
  void tell_sold_out(store::Tx& tx, const Listeners& listeners, ShopId shop, Instant now) const;
  // False: nothing can be sold out by it, whoever listens.
  bool may_sell_out() const;

 private:
  void move(const stock::Claim& claim, std::int64_t sign);

  std::map<ProductId, std::int64_t> units_;
  bool has_followers_ = false;  // more than these products may be sold out
  bool is_one_empty_ = false;
};

}  // namespace geili::flows
