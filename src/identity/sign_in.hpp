#pragma once
// Signing in by login and password. The steps, of which the second and last are store jobs:
//   guard.admit(login, address)  →  find_credentials(tx, login)  →  verify(hasher, password, hash)
//   →  guard.succeeded(login)    →  open_session(tx, clock, person); set a new hash when it is
//   stale
// An unknown login, a wrong password and a disabled person look alike and take the same time.

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/rate_limiter.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::identity {

struct Credentials {
  PersonId person;            // none (0) for an unknown login or a disabled person
  std::string password_hash;  // "" then, which verify refuses in the usual time
};
Credentials find_credentials(store::Tx& tx, std::string_view login);

// After a stale check: replaces the hash alone; sessions stay.
void refresh_password_hash(store::Tx& tx, PersonId person, std::string_view password_hash);

Error wrong_credentials();

// How often a login and an address may try. Thread-safe. The clock outlives it.
class SignInGuard {
 public:
  struct Settings {
    RateLimiter::Settings login{.burst = 8, .refill = std::chrono::seconds(30)};
    RateLimiter::Settings address{.burst = 40, .refill = std::chrono::seconds(3)};
  };
  explicit SignInGuard(const Clock& clock) : SignInGuard(clock, Settings{}) {}
  SignInGuard(const Clock& clock, const Settings& settings)
      : logins_(settings.login, clock), addresses_(settings.address, clock) {}

  // Fails with sign-in-too-often (rate_limited) and the figure retry_after_s. `address` is the
  // peer's IP address; of IPv6 the first 64 bits count. For links without a login, `login` is "".
  Result<void> admit(std::string_view login, std::string_view address);
  // The owner is in: earlier wrong tries do not count any more.
  void succeeded(std::string_view login);

 private:
  RateLimiter logins_;
  RateLimiter addresses_;
};

}  // namespace geili::identity
