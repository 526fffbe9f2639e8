#pragma once
// Stripe's objects as evidence; shared by answers and webhooks.

#include <optional>
#include <vector>

#include "payments/ask.hpp"
#include "payments/json.hpp"

namespace geili::payments {

// Of a `payment_intent`: what its status says, and what of its expanded latest charge was refunded.
std::vector<Evidence> evidence_of_intent(const JsonValue& intent);
// Of a `charge` of which something was refunded. Without an intent it is none of ours.
std::optional<Evidence> evidence_of_charge(const JsonValue& charge);
RefundNews news_of_refund(const JsonValue& refund);

}  // namespace geili::payments
