#pragma once
// Buying: from what was asked to a durable order with its units of stock, in one transaction.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "flows/payment_choice.hpp"
#include "orders/order.hpp"
#include "shipping/pickup_point.hpp"
#include "shipping/zone.hpp"
#include "store/tx.hpp"

namespace geili::flows {

inline constexpr std::size_t kIdempotencyKeyMin = 8;
inline constexpr std::size_t kIdempotencyKeyMax = 64;

struct PlaceOrder {
  struct Line {
    ProductId product;
    std::int64_t quantity = 1;
  };
  DeviceId device;
  std::string idempotency_key;  // the client's, one for each intent to buy; scoped by the device
  ShopId shop;
  std::optional<ShowId> show;  // it is bought in
  std::vector<Line> lines;     // one for each product
  orders::Fulfilment fulfilment = orders::Fulfilment::delivery;
  orders::Buyer buyer;
  std::string note;
  Money expected_total;                                 // what the buyer was shown
  std::optional<shipping::RateId> rate;                 // none: the cheapest
  std::optional<shipping::PickupPointId> pickup_point;  // none: where the shop says
  std::string display_name;  // the device's name in the chat; when empty the room hears the buyer's
                             // first word
  std::optional<orders::CouponClaimId> coupon;     // that the device holds
  std::optional<payments::Method> payment_method;  // none: cash when the goods are handed over
  Bytes basket;  // hash of all that was asked together with it; empty: it is asked alone
};

struct Placed {
  orders::Order order;
  bool is_replay = false;  // the intent was carried out before: this is its order
};

// Errors, which change nothing:
//   invalid-field, with a path as in the request of placeOrder (also for an unknown shop_id,
//   show_id) idempotency-key-reused   the key was used for another request request-in-flight the
//   same intent is being carried out just now show-status-conflict     the show has not started
//   product-unavailable      (product_id) unknown, removed, another shop's, or hidden and not in
//   the bag pickup-unavailable       the shop offers none
//   price-changed            (current_total_minor, current_shipping_minor, current_discount_minor)
//   coupon-unusable, coupon-used   as in coupons.hpp
//   deal-sold-out, deal-limit   likewise: a deal runs, and its price is not in the total; with
//   product_id instead where another buyer was faster
//   variant-required         (product_id) a product that is sold in its variants alone
//   sold-out                 (available, product_id); of a bundle, how many are left of it
//   no-shipping-there, item-too-heavy, item-too-large, too-many-parcels   as in shipment.hpp
// and those of open_payment().
Result<Placed> checkout(store::Tx& tx, const PlaceOrder& request, const Clock& clock,
                        const PaymentTerms& terms = {});

inline constexpr std::size_t kBasketOrdersMax = 10;

// Several orders of one device, each of another shop, and all of one show where there is one: all
// are placed, or none. Keys and hashes are those of basket_orders(). Errors as of checkout(), with
// the order's position as the figure `order` and before the paths of its fields (/orders/<n>).
Result<std::vector<Placed>> checkout_basket(store::Tx& tx, std::span<const PlaceOrder> requests,
                                            const Clock& clock, const PaymentTerms& terms = {});

}  // namespace geili::flows
