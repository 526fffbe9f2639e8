#include "payments/settle.hpp"

#include <array>

#include "payments/decide.hpp"
#include "payments/payment_row.hpp"
#include "payments/refund.hpp"
#include "store/names.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 12> kSettled{
    "nothing",    "pending_now",   "authorised_now", "attempt_failed", "paid_now",   "paid_late",
    "failed_now", "cancelled_now", "expired_now",    "refunded_now",   "refund_due", "held"};
constexpr std::chrono::minutes kAnswerWithin{1};

Ask ask_of(const Payment& payment, AskKind kind, Instant now) {
  return {.kind = kind,
          .payment = payment.id,
          .provider = payment.provider,
          .method = payment.method,
          .amount = payment.amount,
          .reference = payment.idempotency_key,
          .idempotency_key = payment.idempotency_key + (kind == AskKind::cancel ? "-cancel" : ""),
          .provider_reference = payment.provider_reference,
          .customer_reference = payment.customer_reference,
          .money_reference = payment.money_reference,
          .pay_until = payment.pay_until,
          .made_at = kind == AskKind::create ? payment.created_at : now,
          .purchase = {}};
}

bool is_confirmed_by_seller(Method method) {
  return method == Method::transfer || method == Method::on_delivery || method == Method::at_pickup;
}

// The payment a provider's name belongs to may not change hands: two rows for one name would settle
// one by the other's news.
bool is_taken(store::Tx& tx, const Payment& payment, std::string_view provider_reference) {
  return tx
      .integer(
          "SELECT id FROM payment WHERE provider = $1 AND provider_reference = $2"
          " AND id <> $3",
          payment.provider, provider_reference, payment.id)
      .has_value();
}

void add(Told& told, SettleOutcome outcome) {
  if (outcome.ask) told.asks.push_back(*outcome.ask);
  told.outcomes.push_back(std::move(outcome));
}

// Once the payment has taken the evidence.
void add_fee(Told& told, const Evidence& evidence, Instant now) {
  const SettleOutcome& outcome = told.outcomes.back();
  if (evidence.fee) {
    told.fees.push_back({outcome.payment, evidence.money_reference, *evidence.fee});
  }
  // News of a refund says nothing of it; the news of the money that it has overtaken comes too late
  // to be asked after.
  const bool may_tell = evidence.look_up_tells_fee || evidence.kind == EvidenceKind::refunded;
  if (may_tell && outcome.is_first_news) {
    told.asks.push_back(ask_of(outcome.payment, AskKind::look_up, now));
  }
}

// Ends a payment that has not ended, with the Ask to tell the provider.
Result<SettleOutcome> end(store::Tx& tx, Payment payment, State state, Settled what, Instant now) {
  const Payment before = payment;
  payment.state = state;
  if (auto saved = save(tx, before, payment, now); !saved) return fail_as(saved);
  SettleOutcome ended{.what = what, .payment = payment, .was = before.state};
  if (!payment.provider_reference.empty()) ended.ask = ask_of(payment, AskKind::cancel, now);
  return ended;
}

Result<Payment> payment_of(store::Tx& tx, std::string_view provider, PaymentId id,
                           std::string_view reference, std::string_view provider_reference) {
  auto found = id                  ? find_payment(tx, id)
               : reference.empty() ? find_by_provider_reference(tx, provider, provider_reference)
                                   : find_by_key(tx, reference);
  if (found && found->provider != provider) {
    return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
  }
  return found;
}

std::string effect_of(const Told& told) {
  if (told.outcomes.empty()) return told.asks.empty() ? "nothing" : "asked";
  std::string effect;
  for (const SettleOutcome& outcome : told.outcomes) {
    if (!effect.empty()) effect += ' ';
    effect += to_text(outcome.what);
  }
  return effect;
}

Told look_up_event(std::string_view provider, const Event& event, Instant now) {
  Ask ask{.kind = AskKind::look_up,
          .provider = std::string(provider),
          .idempotency_key = event.look_up,
          .money_reference = event.look_up,
          .made_at = now};
  return {.outcomes = {}, .asks = {std::move(ask)}, .fees = {}};
}

// Keeps the event and returns whether it is the first of its name.
bool keep_event(store::Tx& tx, std::string_view provider, const Event& event,
                std::optional<PaymentId> payment, std::string_view effect, Instant now) {
  return tx.exec(
             "INSERT INTO payment_event (provider, event_id, payment_id, kind, effect,"
             " received_at) VALUES ($1, $2, $3, $4, $5, $6)"
             " ON CONFLICT (provider, event_id) DO NOTHING",
             provider, event.id, payment, event.kind, effect, now) == 1;
}

}  // namespace

std::string_view to_text(Settled what) {
  return store::name_of(kSettled, what);
}

Result<Ask> begin(store::Tx& tx, PaymentId id, const Purchase& purchase, const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  const Instant now = clock.now();
  if (is_final(payment->state) || (payment->expires_at && now >= *payment->expires_at)) {
    return fail(ErrorKind::conflict, "payment-ended", "The payment has ended.");
  }
  if (payment->state != State::created) return ask_of(*payment, AskKind::resume, now);
  tx.exec("UPDATE payment SET asked_at = $2 WHERE id = $1", id, now);
  Ask ask = ask_of(*payment, AskKind::create, now);
  ask.purchase = purchase;
  return ask;
}

Result<Ask> look_up(store::Tx& tx, PaymentId id, const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  return ask_of(*payment, AskKind::look_up, clock.now());
}

Result<SettleOutcome> settle(store::Tx& tx, PaymentId id, const Evidence& evidence,
                             const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  const Payment before = *payment;
  const Instant now = clock.now();
  Evidence checked = evidence;
  if (payment->provider_reference.empty() && !evidence.provider_reference.empty() &&
      is_taken(tx, *payment, evidence.provider_reference)) {
    checked.provider_reference.clear();
  }
  SettleOutcome outcome = decide(*payment, checked, now);
  if (auto saved = save(tx, before, *payment, now); !saved) return fail_as(saved);
  outcome.payment.changed_at = payment->changed_at;
  if (outcome.what == Settled::refund_due) {
    auto ask = refund_second_money(tx, *payment, evidence.money_reference, now);
    if (!ask) return fail_as(ask);
    outcome.ask = *std::move(ask);
  }
  return outcome;
}

Result<Told> take_answer(store::Tx& tx, const Ask& ask, const Answer& answer, const Clock& clock) {
  Told told;
  if (ask.kind == AskKind::refund) {
    RefundNews news = answer.refund.value_or(RefundNews{});
    news.idempotency_key = ask.idempotency_key;
    auto outcome = take_refund_news(tx, news, clock);
    if (!outcome) return fail_as(outcome);
    add(told, *std::move(outcome));
    return told;
  }
  auto payment =
      payment_of(tx, ask.provider, ask.payment, answer.reference, answer.provider_reference);
  if (!payment) return fail_as(payment);
  const Payment before = *payment;
  if (payment->provider_reference.empty() && !is_taken(tx, *payment, answer.provider_reference)) {
    payment->provider_reference = answer.provider_reference;
  }
  if (payment->customer_reference.empty()) payment->customer_reference = answer.customer_reference;
  if (auto saved = save(tx, before, *payment, clock.now()); !saved) return fail_as(saved);
  const bool has_ended = is_final(payment->state) && payment->state != State::paid;
  if (ask.kind == AskKind::create && has_ended) {
    // It ended while the provider was asked: nobody may pay it any more.
    if (!payment->provider_reference.empty()) {
      told.asks.push_back(ask_of(*payment, AskKind::cancel, clock.now()));
    }
  } else if (answer.ask_again) {
    Ask again = ask;
    again.customer_reference = payment->customer_reference;
    told.asks.push_back(std::move(again));
  }
  for (const Evidence& evidence : answer.evidence) {
    auto outcome = settle(tx, payment->id, evidence, clock);
    if (!outcome) return fail_as(outcome);
    add(told, *std::move(outcome));
    add_fee(told, evidence, clock.now());
  }
  return told;
}

Result<Told> take_event(store::Tx& tx, std::string_view provider, const Event& event,
                        const Clock& clock) {
  if (event.id.empty() || event.id.size() > kEventIdMax) {
    return fail(ErrorKind::invalid, "webhook-malformed", "The event has no usable id.");
  }
  const Instant now = clock.now();
  if (!event.look_up.empty()) {
    // Asked again however often it is sent: the look-up after an earlier one may have been lost.
    keep_event(tx, provider, event, std::nullopt, "asked", now);
    return look_up_event(provider, event, now);
  }
  if (!event.evidence && !event.refund) return Told{};
  auto payment = payment_of(tx, provider, {}, event.reference, event.provider_reference);
  if (!payment) return fail_as(payment);
  if (!keep_event(tx, provider, event, payment->id, "nothing", now)) return Told{};
  Told told;
  if (event.evidence) {
    auto outcome = settle(tx, payment->id, *event.evidence, clock);
    if (!outcome) return fail_as(outcome);
    add(told, *std::move(outcome));
    add_fee(told, *event.evidence, now);
  }
  if (event.refund) {
    auto outcome = take_refund_news(tx, *event.refund, clock);
    // A refund that was made at the provider's own desk has no row of ours.
    if (!outcome && outcome.error().code != "refund-not-found") return fail_as(outcome);
    if (outcome) add(told, *std::move(outcome));
  }
  tx.exec("UPDATE payment_event SET effect = $3 WHERE provider = $1 AND event_id = $2", provider,
          event.id, effect_of(told));
  return told;
}

Result<Told> take_refusal(store::Tx& tx, const Ask& ask, const Error& refusal, const Clock& clock) {
  Told told;
  if (ask.kind == AskKind::look_up || ask.kind == AskKind::resume) return told;
  if (ask.kind == AskKind::refund) {
    auto outcome = take_refund_news(
        tx, {.state = RefundState::failed, .idempotency_key = ask.idempotency_key}, clock);
    if (!outcome) return fail_as(outcome);
    add(told, *std::move(outcome));
    return told;
  }
  auto payment = find_payment(tx, ask.payment);
  if (!payment) return fail_as(payment);
  if (ask.kind == AskKind::cancel) {
    told.asks.push_back(ask_of(*payment, AskKind::look_up, clock.now()));
    return told;
  }
  auto outcome =
      settle(tx, payment->id, {.kind = EvidenceKind::failed, .reason = refusal.code}, clock);
  if (!outcome) return fail_as(outcome);
  add(told, *std::move(outcome));
  return told;
}

Result<SettleOutcome> confirm_by_seller(store::Tx& tx, PaymentId id, const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  if (!is_confirmed_by_seller(payment->method)) {
    return fail(ErrorKind::conflict, "payment-not-confirmable",
                "The provider says whether this was paid.");
  }
  return settle(
      tx, id, {.kind = EvidenceKind::paid, .money_reference = "seller", .amount = payment->amount},
      clock);
}

Result<SettleOutcome> cancel(store::Tx& tx, PaymentId id, const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  if (is_final(payment->state)) {
    return SettleOutcome{.what = Settled::nothing, .payment = *payment, .was = payment->state};
  }
  return end(tx, *std::move(payment), State::cancelled, Settled::cancelled_now, clock.now());
}

Result<Payment> keep_late(store::Tx& tx, PaymentId id, const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  if (payment->late != Late::undecided) {
    return fail(ErrorKind::conflict, "payment-not-late", "No late money waits for a decision.");
  }
  if (tx.integer("SELECT id FROM payment WHERE open_order_id = $1", payment->order)) {
    return fail(ErrorKind::conflict, "payment-in-progress",
                "Another payment of this order is under way or paid.");
  }
  const Payment before = *payment;
  payment->late = Late::kept;
  if (auto saved = save(tx, before, *payment, clock.now()); !saved) return fail_as(saved);
  return payment;
}

Result<Told> sweep_expired(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  std::vector<Payment> due;
  tx.each([&](const store::Row& row) { due.push_back(read_payment(row)); },
          "SELECT " GEILI_PAYMENT_COLUMNS
          " FROM payment WHERE state IN ('created', 'pending', 'authorised')"
          " AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
          now, kListMax);
  Told told;
  for (Payment& payment : due) {
    auto outcome = end(tx, std::move(payment), State::expired, Settled::expired_now, now);
    if (!outcome) return fail_as(outcome);
    add(told, *std::move(outcome));
  }
  return told;
}

bool is_any_expired(store::Tx& tx, Instant now) {
  return tx
      .integer(
          "SELECT id FROM payment WHERE state IN ('created', 'pending', 'authorised')"
          " AND expires_at <= $1 LIMIT 1",
          now)
      .has_value();
}

std::vector<Payment> list_unanswered(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  std::vector<Payment> list;
  tx.each([&](const store::Row& row) { list.push_back(read_payment(row)); },
          "SELECT " GEILI_PAYMENT_COLUMNS
          " FROM payment WHERE state = 'created' AND asked_at <= $1"
          " AND (expires_at IS NULL OR expires_at > $2) ORDER BY id LIMIT $3",
          now - kAnswerWithin, now, kListMax);
  return list;
}

}  // namespace geili::payments
