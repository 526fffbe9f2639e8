#pragma once
// What money means for an order, its goods and its buyer. Whatever a provider, a seller or the
// clock says ends in follow(), in any order and however often; what was paid and what went back is
// in the co-operative's books (flows/books.hpp) with the same commit.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "flows/payment_choice.hpp"
#include "orders/order.hpp"
#include "payments/refund.hpp"
#include "payments/settle.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// An order's payment as its buyer and its seller see it.
enum class PayState : std::uint8_t {
  due,      // in cash when the goods are handed over
  pending,  // the buyer has to act, or the provider
  paid,
  refunding,  // all of it goes back, and not all of that has come
  refunded,   // all of it went back
  failed,     // it will not come
  expired,    // nobody paid in time
  cancelled,  // called off
};
std::string_view to_text(PayState state);

struct OrderPayment {
  std::optional<payments::Payment> payment;  // none of cash that has not changed hands
  payments::Method method = payments::Method::on_delivery;
  PayState state = PayState::due;
  Money amount;
  std::int64_t refunded_minor = 0;   // gone back, or on its way
  std::int64_t returning_minor = 0;  // of that, on its way
  std::string transfer_reference;    // of a transfer: what the buyer writes beside the sum
  bool has_late_money = false;       // it came when the goods were no longer held
};

// The one that counts: under way or paid, else the newest.
OrderPayment payment_of(store::Tx& tx, const orders::Order& order);

// Does what the outcomes ask for, and writes down what is to be asked. Fails as payments/ does.
Result<void> follow(store::Tx& tx, ShopId shop, const payments::Told& told, const Clock& clock);

// The goods may be packed. Fails with order-not-paid while a prepaid order is not paid, and once
// all of its money goes back.
Result<void> check_paid(store::Tx& tx, const orders::Order& order);

// For an order that was cancelled: ends what is under way and gives back what came in.
Result<void> call_off(store::Tx& tx, const orders::Order& order, payments::RefundReason reason,
                      const Clock& clock);

// For an order whose goods the buyer has: what was to be paid in cash has been paid, and is in the
// books. Nothing for one that is paid otherwise, or for nothing.
Result<void> take_cash(store::Tx& tx, const orders::Order& order, const Clock& clock);

// The seller has the money in hand or on the account; again changes nothing. Fails with
// order-not-found, order-status-conflict (cancelled, and no money was awaited),
// payment-not-confirmable.
Result<orders::Order> confirm_payment(store::Tx& tx, ShopId shop, OrderId order,
                                      const Clock& clock);

struct RefundOrder {
  ShopId shop;
  OrderId order;
  std::int64_t amount_minor = 0;
  bool return_stock = false;  // the goods stay or come back: they go on sale again
  std::string key;            // the client's, one for each intent
};
// Cash and transfers go back by the seller's own hand: asking for the refund says that it was done.
// Fails with order-not-found, payment-not-paid, refund-too-large (figure refundable_minor),
// idempotency-key-reused, too-many-refunds, invalid-field.
Result<orders::Order> refund_order(store::Tx& tx, const RefundOrder& request, const Clock& clock);

// A person has looked at what stood in the payment's `problem`; refunds that had to be made by hand
// were made. Fails with order-not-found, payment-not-found.
Result<orders::Order> clear_payment_problem(store::Tx& tx, ShopId shop, OrderId order,
                                            const Clock& clock);

}  // namespace geili::flows
