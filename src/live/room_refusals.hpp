#pragma once
// What the parts of Room refuse alike. Inside live only.

#include "base/result.hpp"
#include "live/events.hpp"

namespace geili::live {

inline Result<void> moderators_only(Role role) {
  if (role != Role::viewer) return {};
  return fail(ErrorKind::forbidden, "forbidden", "Only the host and helpers may do that.");
}

}  // namespace geili::live
