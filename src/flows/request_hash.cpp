#include "flows/request_hash.hpp"

#include "store/canon.hpp"

namespace geili::flows {

Bytes request_hash(const PlaceOrder& request) {
  store::Canon canon;
  canon.add(request.shop.value);
  canon.add(request.show.value_or(ShowId{}).value);
  canon.add(static_cast<std::int64_t>(request.lines.size()));
  for (const PlaceOrder::Line& line : request.lines) {
    canon.add(line.product.value);
    canon.add(line.quantity);
  }
  canon.add(orders::to_text(request.fulfilment));
  canon.add(request.buyer.name);
  canon.add(request.buyer.phone);
  canon.add(request.buyer.address);
  canon.add(request.buyer.country);
  canon.add(request.note);
  canon.add(request.expected_total.minor);
  canon.add(request.expected_total.currency.code());
  // What was asked before these could be asked has the hash it had.
  if (request.rate || request.pickup_point || !request.buyer.postal_code.empty()) {
    canon.add(request.rate.value_or(shipping::RateId{}).value);
    canon.add(request.pickup_point.value_or(shipping::PickupPointId{}).value);
    canon.add(request.buyer.postal_code);
  }
  // Absent, it is the hash of requests that came before there was a choice.
  if (request.payment_method) canon.add(payments::to_text(*request.payment_method));
  if (request.coupon) canon.add(std::string_view("coupon")).add(request.coupon->value);
  if (!request.basket.empty()) canon.add(request.basket);
  return canon.sha256();
}

}  // namespace geili::flows
