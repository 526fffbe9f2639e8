#pragma once
// A signed-in browser: an opaque token in an HttpOnly cookie, 30 days from its last use.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "identity/access.hpp"
#include "store/tx.hpp"

namespace geili::identity {

inline constexpr std::chrono::days kSessionLifetime{30};
// The last use is written at most this often, so that a request need not write.
inline constexpr std::chrono::hours kSessionTouchEvery{1};
inline constexpr int kSessionsPerPersonMax = 20;  // a further one ends the one that rested longest

struct NewSession {
  std::int64_t id;
  std::string token;       // for the cookie
  std::string csrf_token;  // for the page; sent back in a header with every change
  Instant expires_at;
};

struct SignedIn {
  Actor actor;
  std::string name;
  std::string login;
  std::string csrf_token;
  Instant expires_at;
  bool touch_due;           // call touch_session in a write
  bool may_reset_password;  // set one without the one before; see password_change.hpp
};

// How somebody came in. Who came by a link may have forgotten the password; the demo's people, who
// only come by links, have none.
enum class Entry : std::uint8_t { password, sign_in_link };

// Errors: person-unknown, person-disabled.
Result<NewSession> open_session(store::Tx& tx, const Clock& clock, PersonId person,
                                Entry entry = Entry::password);

// A read. An unknown or expired token, or that of a disabled person, is `signed-out`.
Result<SignedIn> authenticate(store::Tx& tx, const Clock& clock, std::string_view token);
void touch_session(store::Tx& tx, const Clock& clock, std::int64_t session_id);

void close_session(store::Tx& tx, std::int64_t session_id);
void close_sessions_of(store::Tx& tx, PersonId person);

// Deletes what has expired: sessions, and links a month after their end. For a timer.
void sweep_expired(store::Tx& tx, const Clock& clock);

}  // namespace geili::identity
