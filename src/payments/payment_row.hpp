#pragma once
// How a payment is read and written back; shared by the files of this room.

#include "payments/payment.hpp"
#include "store/tx.hpp"

namespace geili::payments {

// The columns that read_payment() takes, in their order. A macro, since a statement is one constant
// text.
#define GEILI_PAYMENT_COLUMNS                                                                \
  "id, order_id, shop_id, provider, method, amount_minor, currency, state, received_minor, " \
  "refunded_minor, late, problem, idempotency_key, provider_reference, customer_reference, " \
  "money_reference, voucher_quota_id, pay_until, expires_at, created_at, changed_at"

Payment read_payment(const store::Row& row);

// Writes what has changed since `before` was read in this transaction, and gives the voucher back
// when the payment has ended without money. Nothing is written when nothing changed. Fails with
// payment-changed when another transaction was faster.
Result<void> save(store::Tx& tx, const Payment& before, Payment& after, Instant now);

}  // namespace geili::payments
