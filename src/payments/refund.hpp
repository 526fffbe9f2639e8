#pragma once
// Giving money back, whole or in part, never more than came in.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "payments/ask.hpp"
#include "payments/payment.hpp"
#include "payments/settle.hpp"
#include "store/tx.hpp"

namespace geili::payments {

enum class RefundReason : std::uint8_t { buyer, seller, late, duplicate };
std::string_view to_text(RefundReason reason);

inline constexpr std::int64_t kRefundsMax = 50;  // of one payment
inline constexpr std::size_t kRefundKeyMax = 64;

struct Refund {
  RefundId id;
  PaymentId payment;
  std::int64_t amount_minor = 0;
  RefundState state = RefundState::created;
  std::string money_reference;
  std::string idempotency_key;
};

// Writes the refund down and returns what to ask. `key` names the intent: the same again returns
// the same Ask. Late money of which nothing is left then is `returned`. Fails with
// payment-not-found, payment-not-paid, refund-too-large (figure refundable_minor),
// idempotency-key-reused, too-many-refunds; invalid-field at /amount and /key.
Result<Ask> request_refund(store::Tx& tx, PaymentId payment, std::int64_t amount_minor,
                           RefundReason reason, std::string_view key, const Clock& clock);

// Gives back all that is left: what is now, under the key `cancelled`, and what comes free with the
// end of each refund that is under way (the Ask of its news). For until then nobody knows whether
// the provider's total has counted it already. None: nothing is left now. Fails as request_refund()
// does.
Result<std::optional<Ask>> request_rest(store::Tx& tx, PaymentId payment, RefundReason reason,
                                        const Clock& clock);

// What may still be given back, without what is under way.
std::int64_t refundable_minor(store::Tx& tx, const Payment& payment);
// Oldest first.
std::vector<Refund> list_refunds(store::Tx& tx, PaymentId payment);

// The Ask of money that came a second time, written down once.
Result<Ask> refund_second_money(store::Tx& tx, const Payment& payment,
                                std::string_view money_reference, Instant now);

// What is known of a refund now, with the Ask for what it left of a payment whose rest goes back.
// Fails with refund-not-found. A refund that fails is `held` with refund-failed.
Result<SettleOutcome> take_refund_news(store::Tx& tx, const RefundNews& news, const Clock& clock);

// Refunds that were begun over a minute ago and have heard no answer: ask again, the key is the
// same.
std::vector<Ask> list_unanswered_refunds(store::Tx& tx, const Clock& clock);

}  // namespace geili::payments
