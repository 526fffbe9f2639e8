#include "flows/returned.hpp"

#include "flows/outbox.hpp"
#include "flows/parcels.hpp"
#include "flows/tell.hpp"
#include "stock/claim.hpp"
#include "stock/stock.hpp"
#include "stock/waitlist.hpp"

namespace geili::flows {

std::int64_t pass_on(store::Tx& tx, ProductId product, Instant now) {
  for (const stock::Offer& offer : stock::offer(tx, product, kOfferFor, now)) {
    if (offer.wait.show) append(tx, *offer.wait.show, Offered{product, offer.wait.id}, now);
  }
  const std::int64_t left = stock::available(tx, product);
  tell_stock(tx, product, left, now);
  return left;
}

Result<bool> cancel_goods(store::Tx& tx, orders::Order& order, Instant now) {
  auto changed = orders::set_status(tx, order, orders::OrderStatus::cancelled, now);
  if (!changed || !*changed) return changed;
  if (auto followed = follow_order(tx, order, now); !followed) return fail_as(followed);
  for (const orders::OrderLine& line : order.lines) {
    if (auto released = stock::release(tx, line.claim, now); !released) return fail_as(released);
    pass_on(tx, line.product, now);
  }
  return true;
}

}  // namespace geili::flows
