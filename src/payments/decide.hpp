#pragma once
// What evidence does to a payment, without a database: settle() reads, decides and saves.

#include "base/clock.hpp"
#include "payments/ask.hpp"
#include "payments/payment.hpp"
#include "payments/settle.hpp"

namespace geili::payments {

// Changes `payment`. A refund_due outcome has no Ask yet; its money is evidence.money_reference.
SettleOutcome decide(Payment& payment, const Evidence& evidence, Instant now);

}  // namespace geili::payments
