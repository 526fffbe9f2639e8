#pragma once
// What is still to be asked of providers, durable with the change that wants it: a crash between
// the commit and the call loses nothing, since whoever comes next asks the same with the same key.

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "payments/ask.hpp"
#include "store/tx.hpp"

namespace geili::payments {

// How long whoever took an Ask has it alone; longer than a call may take.
inline constexpr std::chrono::seconds kAskLease{60};

struct ToAsk {
  std::int64_t id = 0;  // 0: an Ask that need not last
  std::int64_t serial = 0;
  ShopId shop;
  int attempts = 1;  // with the one that is under way
  Ask ask;
};

// One that waits already is wanted anew: whoever is asking it now does not remove it.
void want(store::Tx& tx, ShopId shop, const Ask& ask, Instant now);
// The same, taken at once by the caller.
ToAsk want_and_take(store::Tx& tx, ShopId shop, const Ask& ask, Instant now);

bool is_any_due(store::Tx& tx, Instant now);
// Leases up to `count` of what is due, the longest due first.
std::vector<ToAsk> take_due_asks(store::Tx& tx, std::int64_t count, Instant now);
// It was answered.
void forget(store::Tx& tx, const ToAsk& asked);
void postpone(store::Tx& tx, const ToAsk& asked, Instant until);

}  // namespace geili::payments
