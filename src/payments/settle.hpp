#pragma once
// The one place where money is believed. Webhooks, answers and a seller's word all become Evidence
// and end in settle(), in any order and however often; what follows is told as data.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/result.hpp"
#include "payments/ask.hpp"
#include "payments/payment.hpp"
#include "store/tx.hpp"

namespace geili::payments {

// What the caller has to do now, in the same transaction.
enum class Settled : std::uint8_t {
  nothing,         // it was known
  pending_now,     // show the buyer the next step
  authorised_now,  // the money is reserved
  attempt_failed,  // tell the buyer; the hold stays
  paid_now,        // the hold becomes the buyer's
  paid_late,       // money after the end: claim again and keep_late(), or request_refund(late)
  failed_now,      // release the hold
  cancelled_now,   // release the hold
  expired_now,     // release the hold
  refunded_now,    // amount_minor more has gone back
  refund_due,      // money that came a second time: `ask` gives amount_minor back
  held,            // `problem` is for a person; nothing was settled
};
std::string_view to_text(Settled what);

struct SettleOutcome {
  Settled what = Settled::nothing;
  Payment payment;  // as it is now
  State was = State::created;
  std::int64_t amount_minor = 0;
  bool is_first_news = false;  // of the payment's money, also when it has gone back already
  std::optional<Ask> ask;      // what is to be asked once this is committed
  std::optional<Error> problem;
  std::string reason;
};

// What the provider keeps of a payment; told as often as the payment is looked up.
struct FeeNews {
  Payment payment;
  std::string money_reference;
  Money fee;
};

// What one answer, event or sweep has led to.
struct Told {
  std::vector<SettleOutcome> outcomes;
  std::vector<Ask> asks;  // to be asked after the commit, with nothing held
  std::vector<FeeNews> fees;
};

// What to ask the provider: to create the payment, or to resume it when it was created already.
// Fails with payment-not-found, payment-ended.
Result<Ask> begin(store::Tx& tx, PaymentId payment, const Purchase& purchase, const Clock& clock);
// What to ask when the buyer comes back and no event has: what has come in. Also of a payment that
// has ended. Fails with payment-not-found.
Result<Ask> look_up(store::Tx& tx, PaymentId payment, const Clock& clock);

// Fails with payment-not-found, payment-changed. Evidence that says another amount or currency than
// was asked, and more refunded than was paid, settles nothing: the outcome is `held` with
// payment-amount-mismatch or payment-refund-mismatch, and the payment is kept for a person.
Result<SettleOutcome> settle(store::Tx& tx, PaymentId payment, const Evidence& evidence,
                             const Clock& clock);

// The answer to a creation that comes when the payment has ended asks to cancel it. Fail with
// payment-not-found (nothing was kept: the provider may say it again), payment-changed.
Result<Told> take_answer(store::Tx& tx, const Ask& ask, const Answer& answer, const Clock& clock);
// An event of a webhook whose signature has been verified.
Result<Told> take_event(store::Tx& tx, std::string_view provider, const Event& event,
                        const Clock& clock);
// The provider has said that it will not do it. A refused creation fails the payment; a refused
// cancellation asks to look it up, since it may have been paid.
Result<Told> take_refusal(store::Tx& tx, const Ask& ask, const Error& refusal, const Clock& clock);

// The seller has the money in hand or on the account. Fails with payment-not-confirmable for a
// method whose provider confirms it.
Result<SettleOutcome> confirm_by_seller(store::Tx& tx, PaymentId payment, const Clock& clock);

// Calls a payment off: cancelled_now, or nothing when it has ended.
Result<SettleOutcome> cancel(store::Tx& tx, PaymentId payment, const Clock& clock);

// Late money is kept: the goods could be claimed again. Fails with payment-not-late, and with
// payment-in-progress when the order is paid by another payment.
Result<Payment> keep_late(store::Tx& tx, PaymentId payment, const Clock& clock);

// Ends what has expired, at most kListMax at a time; each is expired_now, with an Ask to cancel.
Result<Told> sweep_expired(store::Tx& tx, const Clock& clock);
// Whether sweep_expired() has anything to end.
bool is_any_expired(store::Tx& tx, Instant now);
// Payments that were begun over a minute ago, have heard no answer and have not expired: begin()
// and ask again, the key is the same.
std::vector<Payment> list_unanswered(store::Tx& tx, const Clock& clock);

}  // namespace geili::payments
