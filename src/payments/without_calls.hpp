#pragma once
// What providers that are never called have in common.

#include <optional>
#include <utility>

#include "payments/provider.hpp"

namespace geili::payments {

// The Answer to an Ask that only a person can fulfil: a creation is pending, and so is a refund
// until the seller has handed the money back.
inline Answer answer_at_once(const Ask& ask, BuyerStep buyer = {}) {
  Answer answer{.reference = ask.reference, .buyer = std::move(buyer)};
  if (ask.kind == AskKind::create) answer.evidence.push_back({.kind = EvidenceKind::pending});
  if (ask.kind == AskKind::refund) {
    answer.refund = RefundNews{.state = RefundState::pending,
                               .idempotency_key = ask.idempotency_key,
                               .provider_reference = ""};
  }
  return answer;
}

inline std::unexpected<Error> no_calls() {
  return fail(ErrorKind::invalid, "provider-malformed", "This provider is never called.");
}
inline std::unexpected<Error> no_webhooks() {
  return fail(ErrorKind::not_found, "webhook-unsupported", "This provider sends nothing.");
}

}  // namespace geili::payments
