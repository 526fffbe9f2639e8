#pragma once
// What the parts of Room refuse alike. Inside live only.

#include <chrono>
#include <cstdint>

#include "base/result.hpp"
#include "live/events.hpp"

namespace geili::live {

inline Result<void> moderators_only(Role role) {
  if (role != Role::viewer) return {};
  return fail(ErrorKind::forbidden, "forbidden", "Only the host and helpers may do that.");
}

inline std::int64_t in_ms(std::chrono::microseconds wait) {
  return std::chrono::ceil<std::chrono::milliseconds>(wait).count();
}

inline std::unexpected<Error> rate_limited(std::chrono::microseconds wait) {
  return fail(Error::make(ErrorKind::rate_limited, "rate-limited", "Too many at once.")
                  .with("retry_after_ms", in_ms(wait)));
}

inline std::unexpected<Error> show_ended() {
  return fail(ErrorKind::conflict, "show-not-live", "The show has ended.");
}

}  // namespace geili::live
