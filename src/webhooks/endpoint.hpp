#pragma once
// Where a shop wants to be told, and the secret it is signed with
// (https://github.com/standard-webhooks/standard-webhooks, version 1). All functions run inside the
// caller's transaction.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/sealer.hpp"
#include "store/tx.hpp"
#include "webhooks/event.hpp"

namespace geili::webhooks {

using EndpointId = Id<struct WebhookEndpointTag>;

inline constexpr std::size_t kEndpointsPerShopMax = 5;
inline constexpr std::size_t kDescriptionMax = 120;  // code points
inline constexpr std::chrono::hours kOldSecretSignsFor{24};

// Why nothing is sent to it.
enum class Disabled : std::uint8_t {
  no,
  by_hand,
  gone,     // it has answered 410
  failing,  // for kFailingMax (webhooks/delivery.hpp) nothing was taken
};
std::string_view to_text(Disabled disabled);

// What a shop chooses of an endpoint; all of it has been checked.
struct EndpointChoice {
  std::string url;
  std::string description;
  std::vector<Event> events;
};

struct Endpoint {
  EndpointId id;
  ShopId shop;
  EndpointChoice choice;
  Disabled disabled = Disabled::no;
  std::optional<Instant> failing_since;     // nothing was taken since
  std::optional<Instant> old_secret_until;  // until then two secrets sign
  Instant created_at;
};

// With the secret as it is shown, once: "whsec_" and base64.
struct WithSecret {
  Endpoint endpoint;
  Secret<std::string> secret;
};

// By id.
std::vector<Endpoint> list_endpoints(store::Tx& tx, ShopId shop);
// Fails with webhook-endpoint-not-found, also for another shop's.
Result<Endpoint> find_endpoint(store::Tx& tx, ShopId shop, EndpointId endpoint);
// Fails with webhook-endpoints-full.
Result<WithSecret> create_endpoint(store::Tx& tx, ShopId shop, const EndpointChoice& choice,
                                   const crypto::Sealer& sealer, Instant now);
// `is_disabled`: none leaves that as it is. Disabling gives up what waits; enabling forgets why it
// was disabled. Fails with webhook-endpoint-not-found.
Result<Endpoint> change_endpoint(store::Tx& tx, ShopId shop, EndpointId endpoint,
                                 const EndpointChoice& choice, std::optional<bool> is_disabled,
                                 Instant now);
// Its deliveries go with it. Fails with webhook-endpoint-not-found.
Result<void> delete_endpoint(store::Tx& tx, ShopId shop, EndpointId endpoint);
// The old secret signs beside the new one for kOldSecretSignsFor. Fails with
// webhook-endpoint-not-found.
Result<WithSecret> rotate_secret(store::Tx& tx, ShopId shop, EndpointId endpoint,
                                 const crypto::Sealer& sealer, Instant now);

void disable(store::Tx& tx, EndpointId endpoint, Disabled why, Instant now);

// Keys that sign now, as rows keep them.
struct SealedSecrets {
  Bytes current;
  Bytes old;  // empty: none
};
// Fails with sealed-unreadable.
Result<std::vector<Secret<std::string>>> open_secrets(const SealedSecrets& sealed,
                                                      EndpointId endpoint,
                                                      const crypto::Sealer& sealer);

// For demo data that goes.
void erase_shop_webhooks(store::Tx& tx, ShopId shop);

}  // namespace geili::webhooks
