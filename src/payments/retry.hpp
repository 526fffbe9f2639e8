#pragma once
// Whether a call is tried again, and when. A repeated call carries the same idempotency key.

#include <chrono>
#include <cstdint>

#include "payments/provider.hpp"

namespace geili::payments {

struct RetrySettings {
  int attempts_max = 5;
  std::chrono::milliseconds first{500};  // doubles with each attempt
  std::chrono::milliseconds longest{30'000};
};

enum class Next : std::uint8_t {
  read,     // the provider has answered: read()
  retry,    // the same again after `after`
  give_up,  // it may have been done all the same: list_unanswered() finds it later
};

struct RetryStep {
  Next next = Next::read;
  std::chrono::milliseconds after{0};
};

// After attempt number `attempt`, counted from 1. `random` is any 64 random bits: the wait is
// between a half and the whole of the doubled time, and never shorter than a Retry-After (RFC 9110
// section 10.2.3, seconds) that does not ask for more than `longest`. A time-out, no connection,
// 409, 425, 429 and 5xx are tried again, unless a Stripe-Should-Retry header says otherwise.
RetryStep classify(const HttpAnswer& answer, int attempt, std::uint64_t random,
                   const RetrySettings& settings = {});

}  // namespace geili::payments
