#include "flows/basket_orders.hpp"

#include <unordered_set>

#include "base/field_errors.hpp"
#include "flows/request_hash.hpp"
#include "store/canon.hpp"

namespace geili::flows {
namespace {

// The first has the basket's own key, so that a key which was used for another basket, or for an
// order alone, is known again by it.
std::string key_of(const std::string& basket_key, std::size_t position) {
  if (position == 0) return basket_key;
  const Bytes hash =
      store::Canon{}.add(basket_key).add(static_cast<std::int64_t>(position)).sha256();
  return to_hex(hash);
}

}  // namespace

Result<std::vector<PlaceOrder>> basket_orders(std::vector<PlaceOrder> requests) {
  FieldErrors faults;
  if (requests.empty()) faults.add("/orders", "is empty");
  if (requests.size() > kBasketOrdersMax) faults.add("/orders", "has more than 10 orders");
  std::unordered_set<ShopId> shops;
  store::Canon canon;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!shops.insert(requests[i].shop).second) {
      faults.add("/orders/" + std::to_string(i) + "/shop_id", "is there twice");
    }
    canon.add(request_hash(requests[i]));
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  const Bytes basket = canon.sha256();
  const std::string key = requests.front().idempotency_key;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    requests[i].idempotency_key = key_of(key, i);
    requests[i].basket = basket;
  }
  return requests;
}

}  // namespace geili::flows
