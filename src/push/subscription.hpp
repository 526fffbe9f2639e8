#pragma once
// Where a device's browser can be told something while no page is open (W3C Push API). Whoever
// knows it could send there: it is sealed in its row and never shown or logged. A device has one.
// All functions run inside the caller's transaction.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "crypto/sealer.hpp"
#include "push/encryption.hpp"
#include "store/tx.hpp"

namespace geili::push {

inline constexpr std::int64_t kSubscriptionsMax = 200'000;

struct Target {
  std::string endpoint;  // a URL that webhooks/url.hpp has taken
  Keys keys;
};

// Takes the place of what the device had, and of another device's that had this endpoint.
// `language` is one of those in push_subscription. Fails with push-subscriptions-full.
Result<void> subscribe(store::Tx& tx, DeviceId device, const Target& target,
                       std::string_view language, const crypto::Sealer& sealer, Instant now);
// With all that it asked to be reminded of.
void unsubscribe(store::Tx& tx, DeviceId device);
// Its language; none: not subscribed.
std::optional<std::string> language_of(store::Tx& tx, DeviceId device);

// As a row keeps it.
struct SealedTarget {
  Bytes sealed;
  Bytes endpoint_hash;
};
// Fails with sealed-unreadable.
Result<Target> open_target(const SealedTarget& sealed, const crypto::Sealer& sealer);

}  // namespace geili::push
