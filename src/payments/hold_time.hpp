#pragma once
// How long goods are held for a payment. A voucher is paid at a till and heard of later: its hold
// outlives what the buyer is told by a grace.

#include <chrono>
#include <optional>

#include "payments/method.hpp"

namespace geili::payments {

struct HoldTimes {
  std::chrono::seconds card{600};
  std::chrono::seconds checkout{1800};
  std::chrono::hours oxxo{72};  // whole days, 1 to 7
  std::chrono::hours spei{24};
  std::chrono::hours transfer{48};
  std::chrono::hours voucher_grace{48};  // confirmed the next business day
  std::chrono::seconds card_grace{120};  // a confirmation at the bank that began in time
};

struct HoldTime {
  std::chrono::microseconds pay_within;
  std::chrono::microseconds grace;
};

// None for what is paid when the goods are handed over: it is held until somebody cancels.
std::optional<HoldTime> hold_time(Method method, const HoldTimes& times = {});

}  // namespace geili::payments
