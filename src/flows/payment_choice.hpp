#pragma once
// How an order is to be paid: what a shop offers for it, and the payment that is opened with it.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "orders/order.hpp"
#include "payments/hold_time.hpp"
#include "payments/method.hpp"
#include "payments/shop_providers.hpp"
#include "stock/deal.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// What the installation brings to every payment.
struct PaymentTerms {
  payments::Site site;
  payments::HoldTimes hold_times;
};

struct OfferedMethod {
  payments::Method method = payments::Method::on_delivery;
  std::string provider;
  bool is_practice = false;
};

// Before the goods go out, or when they are handed over.
constexpr bool is_prepaid(payments::Method method) {
  return method != payments::Method::on_delivery && method != payments::Method::at_pickup;
}

// In the order of payments::Method. Vouchers are for shows alone, which limit how many are out. A
// provider whose keys cannot be read offers nothing. Fails with shop-not-found.
Result<std::vector<OfferedMethod>> offered_methods(store::Tx& tx, ShopId shop,
                                                   std::optional<ShowId> show,
                                                   const PaymentTerms& terms);

// How an order will be paid, and by which settings of its shop.
struct PaymentChoice {
  payments::Method method = payments::Method::on_delivery;
  payments::ShopProvider provider;
  // Under which goods of the order are sold: each must allow vouchers, and the first counts them.
  std::vector<stock::DealId> deals = {};
};

// Without a method it is cash when the goods are handed over. Fails with
// payment-method-unavailable.
Result<PaymentChoice> choose_payment(store::Tx& tx, ShopId shop, orders::Fulfilment fulfilment,
                                     std::optional<payments::Method> method);

// Opens the payment of an order that was placed in this transaction; of cash there is none until
// the seller has it. Fails with payment-method-unavailable, payment-amount-too-small (figure
// minimum_minor), payment-amount-too-large, voucher-quota-full, and as payments::make_provider().
Result<void> open_payment(store::Tx& tx, const orders::Order& order, const PaymentChoice& choice,
                          const PaymentTerms& terms, const Clock& clock);

}  // namespace geili::flows
