#pragma once
// What a buyer may change of an order until it is packed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "flows/payment_choice.hpp"
#include "orders/order.hpp"
#include "payments/method.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// What is absent stays.
struct Amendment {
  struct Line {
    ProductId product;
    std::int64_t quantity = 1;
  };
  std::optional<std::string> note;
  std::vector<Line> lines;  // whose quantity is another
  Money expected_total;     // what the buyer was shown
  // How an order that cost nothing is paid now that it costs something; of no other.
  std::optional<payments::Method> payment_method = {};
};

// Prices stay those of the order; stock, shipping, what its coupon takes off and total follow the
// quantities.
// Fails with order-not-found, payment-in-progress (quantities of what is not paid in cash),
// order-status-conflict (packed or cancelled), parcel-not-open (a part of it is packed), sold-out
// (available, product_id), deal-sold-out, deal-limit, deal-over (product_id; more of what was
// bought on deal), price-changed (current_total_minor, current_shipping_minor,
// current_discount_minor), payment-method-needed (current_total_minor: it cost nothing before),
// invalid-field (/note, /lines/<i>/product_id, /expected_total/currency, /payment_method), like
// find_shipment(), and like choose_payment() and open_payment() where it is to be paid anew.
Result<orders::Order> amend_order(store::Tx& tx, std::string_view token, const Amendment& amendment,
                                  const PaymentTerms& terms, const Clock& clock);

}  // namespace geili::flows
