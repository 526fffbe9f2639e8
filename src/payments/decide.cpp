#include "payments/decide.hpp"

#include <algorithm>

namespace geili::payments {
namespace {

SettleOutcome outcome(Settled what, const Payment& payment, State was,
                      std::int64_t amount_minor = 0) {
  return {.what = what, .payment = payment, .was = was, .amount_minor = amount_minor};
}

SettleOutcome hold(Payment& payment, State was, std::string_view code, std::string_view detail) {
  if (payment.problem.empty()) payment.problem = code;
  auto held = outcome(Settled::held, payment, was);
  held.problem = Error::make(ErrorKind::conflict, code, detail);
  return held;
}

SettleOutcome step(Payment& payment, State to, Settled what) {
  const State was = payment.state;
  if (is_final(was) || to <= was) return outcome(Settled::nothing, payment, was);
  payment.state = to;
  return outcome(what, payment, was);
}

bool is_second_money(const Payment& payment, const Evidence& evidence) {
  return payment.received_minor > 0 && !payment.money_reference.empty() &&
         !evidence.money_reference.empty() && evidence.money_reference != payment.money_reference;
}

SettleOutcome first_news(Settled what, const Payment& payment, State was) {
  auto told = outcome(what, payment, was, payment.amount.minor);
  told.is_first_news = true;
  return told;
}

SettleOutcome receive(Payment& payment, const Evidence& evidence, Instant now) {
  const State was = payment.state;
  if (is_second_money(payment, evidence)) {
    return outcome(Settled::refund_due, payment, was, payment.amount.minor);
  }
  if (payment.received_minor > 0) return outcome(Settled::nothing, payment, was);
  payment.received_minor = payment.amount.minor;
  payment.money_reference = evidence.money_reference;
  // Checked on read: the sweep may not have come by yet, and the hold is no longer the buyer's.
  if (!is_final(was) && payment.expires_at && now >= *payment.expires_at) {
    payment.state = State::expired;
  }
  if (is_final(payment.state)) {
    payment.late = Late::undecided;
    return first_news(Settled::paid_late, payment, was);
  }
  payment.state = State::paid;
  return first_news(Settled::paid_now, payment, was);
}

SettleOutcome give_back(Payment& payment, const Evidence& evidence, Instant now) {
  const State was = payment.state;
  // The refund of a second money is settled by its own row.
  if (is_second_money(payment, evidence)) return outcome(Settled::nothing, payment, was);
  // Only what was paid is refunded: this news has overtaken the other.
  SettleOutcome received = receive(payment, evidence, now);
  if (evidence.refunded_minor < 0 || evidence.refunded_minor > payment.received_minor) {
    return hold(payment, was, "payment-refund-mismatch",
                "The provider says that more was refunded than was paid.");
  }
  const std::int64_t more = evidence.refunded_minor - payment.refunded_minor;
  if (more > 0) payment.refunded_minor = evidence.refunded_minor;
  const bool whole = payment.refunded_minor == payment.received_minor;
  if (whole && payment.late == Late::undecided) payment.late = Late::returned;
  if (more > 0 && (whole || received.what == Settled::nothing)) {
    auto told = outcome(Settled::refunded_now, payment, was, more);
    told.is_first_news = received.is_first_news;
    return told;
  }
  received.payment = payment;
  return received;
}

bool names_money(EvidenceKind kind) {
  return kind == EvidenceKind::paid || kind == EvidenceKind::authorised ||
         kind == EvidenceKind::refunded;
}

SettleOutcome decide_kind(Payment& payment, const Evidence& evidence, Instant now) {
  using enum EvidenceKind;
  switch (evidence.kind) {
    case pending:
      return step(payment, State::pending, Settled::pending_now);
    case authorised:
      return step(payment, State::authorised, Settled::authorised_now);
    case attempt_failed: {
      const State was = payment.state;
      if (is_final(was)) return outcome(Settled::nothing, payment, was);
      payment.state = std::max(was, State::pending);
      return outcome(Settled::attempt_failed, payment, was);
    }
    case paid:
      return receive(payment, evidence, now);
    case failed:
      return step(payment, State::failed, Settled::failed_now);
    case cancelled:
      return step(payment, State::cancelled, Settled::cancelled_now);
    case refunded:
      return give_back(payment, evidence, now);
    case disputed:
      return hold(payment, payment.state, "payment-disputed", "The buyer's bank wants it back.");
  }
  return outcome(Settled::nothing, payment, payment.state);
}

}  // namespace

SettleOutcome decide(Payment& payment, const Evidence& evidence, Instant now) {
  if (names_money(evidence.kind) && (!evidence.amount || *evidence.amount != payment.amount)) {
    return hold(payment, payment.state, "payment-amount-mismatch",
                "The provider says another amount or currency than was asked.");
  }
  if (payment.provider_reference.empty()) payment.provider_reference = evidence.provider_reference;
  SettleOutcome decided = decide_kind(payment, evidence, now);
  decided.reason = evidence.reason;
  decided.payment = payment;
  return decided;
}

}  // namespace geili::payments
