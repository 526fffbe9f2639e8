#include "flows/returned.hpp"

#include "flows/outbox.hpp"
#include "flows/tell.hpp"
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

}  // namespace geili::flows
