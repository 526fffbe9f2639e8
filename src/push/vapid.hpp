#pragma once
// How a push service knows who sends (RFC 8292): a key pair that is the installation's for good,
// and a token signed with it for each push service.

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "crypto/p256.hpp"

namespace geili::push {

// RFC 8292 allows a day.
inline constexpr std::chrono::hours kTokenGoodFor{12};

// Immutable; any thread.
class Vapid {
 public:
  // `contact`: "mailto:…" or "https://…", whom a push service turns to; empty: nobody.
  Vapid(crypto::P256Pair pair, std::string contact);

  // Base64url of the public point: what browsers subscribe with.
  const std::string& public_key() const { return public_key_; }
  // The Authorization header for the push service at the origin of `endpoint`, an https URL that
  // webhooks/url.hpp has taken.
  Secret<std::string> authorization(std::string_view endpoint, Instant now) const;

 private:
  crypto::P256Pair pair_;
  std::string contact_;
  std::string public_key_;
};

}  // namespace geili::push
