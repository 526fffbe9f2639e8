#pragma once
// Why a link does not open, said precisely.

#include <optional>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace geili::identity {

struct LinkTimes {
  Instant expires_at;
  std::optional<Instant> used_at;
  std::optional<Instant> revoked_at;
};

inline std::unexpected<Error> unknown_link() {
  return fail(ErrorKind::not_found, "link-unknown", "There is no such link.");
}

// Errors: link-used, link-revoked, link-expired.
inline Result<void> check_open(const LinkTimes& times, Instant now) {
  if (times.used_at) return fail(ErrorKind::gone, "link-used", "This link was used already.");
  if (times.revoked_at) return fail(ErrorKind::gone, "link-revoked", "This link was taken back.");
  if (now >= times.expires_at) {
    return fail(ErrorKind::gone, "link-expired", "This link has expired: ask for a new one.");
  }
  return {};
}

}  // namespace geili::identity
