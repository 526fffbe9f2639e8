#include "payments/refund.hpp"

#include <algorithm>
#include <array>

#include "payments/payment_row.hpp"
#include "store/names.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 4> kReasons{"buyer", "seller", "late", "duplicate"};
constexpr std::chrono::minutes kAnswerWithin{1};

#define GEILI_REFUND_COLUMNS "id, payment_id, amount_minor, state, money_reference, idempotency_key"

Refund read_refund(const store::Row& row) {
  return {.id = row.id<RefundId>(0),
          .payment = row.id<PaymentId>(1),
          .amount_minor = row.integer(2),
          .state = *parse_refund_state(row.text(3)),
          .money_reference = row.string(4),
          .idempotency_key = row.string(5)};
}

Ask ask_of(const Payment& payment, const Refund& refund, Instant now) {
  return {.kind = AskKind::refund,
          .payment = payment.id,
          .provider = payment.provider,
          .method = payment.method,
          .amount = Money{refund.amount_minor, payment.amount.currency},
          .reference = payment.idempotency_key,
          .idempotency_key = refund.idempotency_key,
          .provider_reference = payment.provider_reference,
          .customer_reference = payment.customer_reference,
          .money_reference = refund.money_reference,
          .pay_until = {},
          .made_at = now,
          .purchase = {}};
}

std::optional<Refund> find_refund(store::Tx& tx, std::string_view idempotency_key) {
  return tx.one(read_refund,
                "SELECT " GEILI_REFUND_COLUMNS " FROM refund WHERE idempotency_key = $1",
                idempotency_key);
}

// None when it was written down before.
std::optional<Refund> insert(store::Tx& tx, const Refund& refund, RefundReason reason,
                             Instant now) {
  return tx.one(read_refund,
                "INSERT INTO refund (payment_id, amount_minor, reason, state, money_reference,"
                " idempotency_key, created_at, changed_at)"
                " VALUES ($1, $2, $3, 'created', $4, $5, $6, $6)"
                " ON CONFLICT (idempotency_key) DO NOTHING RETURNING " GEILI_REFUND_COLUMNS,
                refund.payment, refund.amount_minor, to_text(reason), refund.money_reference,
                refund.idempotency_key, now);
}

// The sum of the refunds of a payment's own money in either of two states.
std::int64_t sum(store::Tx& tx, const Payment& payment, RefundState one, RefundState other) {
  return tx
      .integer(
          "SELECT CAST(coalesce(sum(amount_minor), 0) AS BIGINT) FROM refund"
          " WHERE payment_id = $1 AND money_reference = $2 AND (state = $3 OR state = $4)",
          payment.id, payment.money_reference, to_text(one), to_text(other))
      .value_or(0);
}
std::int64_t sum_done(store::Tx& tx, const Payment& payment) {
  return sum(tx, payment, RefundState::done, RefundState::done);
}
std::int64_t sum_under_way(store::Tx& tx, const Payment& payment) {
  return sum(tx, payment, RefundState::created, RefundState::pending);
}

Result<void> check_request(std::int64_t amount_minor, std::string_view key) {
  if (amount_minor < 1) return fail(Error::invalid_field("/amount", "is less than 1"));
  if (key.empty() || key.size() > kRefundKeyMax) {
    return fail(Error::invalid_field("/key", "is not 1 to 64 characters"));
  }
  return {};
}

Result<Ask> again(const Payment& payment, const Refund& refund, std::int64_t amount_minor,
                  Instant now) {
  if (refund.amount_minor != amount_minor) {
    return fail(ErrorKind::unprocessable, "idempotency-key-reused",
                "The key was used for another amount.");
  }
  return ask_of(payment, refund, now);
}

Result<std::optional<Ask>> ask_for_rest(store::Tx& tx, const Payment& payment, RefundReason reason,
                                        std::string_view key, const Clock& clock) {
  const std::int64_t rest = refundable_minor(tx, payment);
  if (rest == 0) return std::nullopt;
  auto ask = request_refund(tx, payment.id, rest, reason, key, clock);
  if (!ask) return fail_as(ask);
  return *std::move(ask);
}

// What the end of a refund has left of a payment whose rest goes back.
Result<std::optional<Ask>> ask_for_rest_after(store::Tx& tx, const Payment& payment, RefundId done,
                                              const Clock& clock) {
  const auto reason = tx.one([](const store::Row& row) { return row.optional_string(0); },
                             "SELECT rest_back_reason FROM payment WHERE id = $1", payment.id);
  if (!reason || !*reason) return std::nullopt;
  return ask_for_rest(tx, payment, store::stored<RefundReason>(kReasons, **reason),
                      "rest-" + std::to_string(done.value), clock);
}

}  // namespace

std::string_view to_text(RefundReason reason) {
  return store::name_of(kReasons, reason);
}

std::int64_t refundable_minor(store::Tx& tx, const Payment& payment) {
  const std::int64_t back = std::max(payment.refunded_minor, sum_done(tx, payment));
  return std::max<std::int64_t>(0, payment.received_minor - back - sum_under_way(tx, payment));
}

std::vector<Refund> list_refunds(store::Tx& tx, PaymentId payment) {
  std::vector<Refund> list;
  tx.each([&](const store::Row& row) { list.push_back(read_refund(row)); },
          "SELECT " GEILI_REFUND_COLUMNS " FROM refund WHERE payment_id = $1 ORDER BY id LIMIT $2",
          payment, kListMax);
  return list;
}

Result<Ask> request_refund(store::Tx& tx, PaymentId id, std::int64_t amount_minor,
                           RefundReason reason, std::string_view key, const Clock& clock) {
  if (auto fits = check_request(amount_minor, key); !fits) return fail_as(fits);
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  const Instant now = clock.now();
  const std::string full_key = payment->idempotency_key + "-refund-" + std::string(key);
  if (const auto before = find_refund(tx, full_key)) {
    return again(*payment, *before, amount_minor, now);
  }
  if (payment->received_minor == 0) {
    return fail(ErrorKind::conflict, "payment-not-paid", "No money came in.");
  }
  const std::int64_t refundable = refundable_minor(tx, *payment);
  if (amount_minor > refundable) {
    return fail(Error::make(ErrorKind::conflict, "refund-too-large", "So much is not left.")
                    .with("refundable_minor", refundable));
  }
  if (*tx.integer("SELECT count(*) FROM refund WHERE payment_id = $1", id) >= kRefundsMax) {
    return fail(ErrorKind::conflict, "too-many-refunds", "A payment has at most 50 refunds.");
  }
  const auto refund = insert(tx,
                             {.payment = id,
                              .amount_minor = amount_minor,
                              .money_reference = payment->money_reference,
                              .idempotency_key = full_key},
                             reason, now);
  if (!refund) {
    return fail(ErrorKind::conflict, "request-in-flight", "The same refund is begun just now.");
  }
  if (payment->late == Late::undecided && amount_minor == refundable) {
    const Payment before = *payment;
    payment->late = Late::returned;
    if (auto saved = save(tx, before, *payment, now); !saved) return fail_as(saved);
  }
  return ask_of(*payment, *refund, now);
}

Result<std::optional<Ask>> request_rest(store::Tx& tx, PaymentId id, RefundReason reason,
                                        const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  if (payment->received_minor == 0) return std::nullopt;
  tx.exec("UPDATE payment SET rest_back_reason = $2 WHERE id = $1", id, to_text(reason));
  return ask_for_rest(tx, *payment, reason, "cancelled", clock);
}

Result<Ask> refund_second_money(store::Tx& tx, const Payment& payment,
                                std::string_view money_reference, Instant now) {
  const std::string key = payment.idempotency_key + "-extra-" + std::string(money_reference);
  auto refund = insert(tx,
                       {.payment = payment.id,
                        .amount_minor = payment.amount.minor,
                        .money_reference = std::string(money_reference),
                        .idempotency_key = key},
                       RefundReason::duplicate, now);
  if (!refund) refund = find_refund(tx, key);
  if (!refund) {
    return fail(ErrorKind::conflict, "request-in-flight", "The same refund is begun just now.");
  }
  return ask_of(payment, *refund, now);
}

Result<SettleOutcome> take_refund_news(store::Tx& tx, const RefundNews& news, const Clock& clock) {
  auto refund = news.idempotency_key.empty() ? tx.one(read_refund,
                                                      "SELECT " GEILI_REFUND_COLUMNS
                                                      " FROM refund WHERE provider_reference = $1",
                                                      news.provider_reference)
                                             : find_refund(tx, news.idempotency_key);
  if (!refund) return fail(ErrorKind::not_found, "refund-not-found", "There is no such refund.");
  auto payment = find_payment(tx, refund->payment);
  if (!payment) return fail_as(payment);
  const Instant now = clock.now();
  const Payment before = *payment;
  SettleOutcome outcome{.what = Settled::nothing, .payment = *payment, .was = payment->state};
  const bool ended = refund->state >= RefundState::done;
  if (!ended && news.state > refund->state) {
    const std::optional<std::string_view> reference =
        news.provider_reference.empty() ? std::nullopt
                                        : std::optional<std::string_view>(news.provider_reference);
    tx.exec(
        "UPDATE refund SET state = $2, changed_at = $3,"
        " provider_reference = coalesce($4, provider_reference) WHERE id = $1",
        refund->id, to_text(news.state), now, reference);
  }
  const bool own = refund->money_reference == payment->money_reference;
  if (!ended && news.state == RefundState::done && own) {
    const std::int64_t back = std::min(payment->received_minor,
                                       std::max(payment->refunded_minor, sum_done(tx, *payment)));
    outcome.amount_minor = back - payment->refunded_minor;
    payment->refunded_minor = back;
    if (outcome.amount_minor > 0) outcome.what = Settled::refunded_now;
  }
  if (news.state == RefundState::failed && refund->state != RefundState::failed) {
    if (payment->problem.empty()) payment->problem = "refund-failed";
    outcome.what = Settled::held;
    outcome.problem =
        Error::make(ErrorKind::conflict, "refund-failed", "The provider did not give it back.");
  }
  if (auto saved = save(tx, before, *payment, now); !saved) return fail_as(saved);
  if (!ended && news.state == RefundState::done) {
    auto ask = ask_for_rest_after(tx, *payment, refund->id, clock);
    if (!ask) return fail_as(ask);
    outcome.ask = *std::move(ask);
  }
  outcome.payment = *std::move(payment);
  return outcome;
}

std::vector<Ask> list_unanswered_refunds(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  std::vector<Refund> waiting;
  tx.each([&](const store::Row& row) { waiting.push_back(read_refund(row)); },
          "SELECT " GEILI_REFUND_COLUMNS
          " FROM refund WHERE state = 'created' AND changed_at <= $1 ORDER BY id LIMIT $2",
          now - kAnswerWithin, kListMax);
  std::vector<Ask> asks;
  for (const Refund& refund : waiting) {
    if (const auto payment = find_payment(tx, refund.payment)) {
      asks.push_back(ask_of(*payment, refund, now));
    }
  }
  return asks;
}

}  // namespace geili::payments
