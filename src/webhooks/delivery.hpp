#pragma once
// Deliveries: which message goes to which endpoint, when it is tried next, and what came of it. All
// functions run inside the caller's transaction; nobody calls out in it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"
#include "webhooks/endpoint.hpp"
#include "webhooks/event.hpp"

namespace geili::webhooks {

using DeliveryId = Id<struct WebhookDeliveryTag>;

inline constexpr int kAttemptsMax = 8;
// An endpoint that has taken nothing for so long is disabled.
inline constexpr std::chrono::days kFailingMax{5};
// How long one process has an endpoint to itself; longer than its calls may take.
inline constexpr std::chrono::seconds kEndpointLease{60};
inline constexpr std::int64_t kInFlightMax = 4;  // of an endpoint

enum class DeliveryState : std::uint8_t { waiting, delivered, dead };
std::string_view to_text(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);

enum class DeliveryError : std::uint8_t {
  none,  // not tried yet, or it was answered
  timed_out,
  unreachable,
  forbidden,          // the address is not of the public internet
  endpoint_disabled,  // before it was taken
  secret_unreadable,  // with this installation's key file
};
std::string_view to_text(DeliveryError error);

struct Delivery {
  DeliveryId id;
  std::string message;  // the webhook-id
  std::string event;
  DeliveryState state = DeliveryState::waiting;
  int attempts = 0;
  std::optional<Instant> due_at;  // while it waits
  std::optional<std::int64_t> last_status;
  DeliveryError last_error = DeliveryError::none;
  std::optional<Instant> last_attempt_at;
  Instant created_at;
};

// Newest first. Fails with bad-cursor, invalid-field.
Result<Page<Delivery>> list_deliveries(store::Tx& tx, EndpointId endpoint,
                                       std::optional<DeliveryState> state, const PageRequest& page);

// What the test button sends, to this endpoint alone. Fails with webhook-endpoint-disabled.
Result<Delivery> send_test(store::Tx& tx, const Endpoint& endpoint, Instant now);
// Begins anew, with the same webhook-id. Fails with webhook-delivery-not-found,
// webhook-delivery-waiting, webhook-endpoint-disabled.
Result<Delivery> replay(store::Tx& tx, const Endpoint& endpoint, DeliveryId delivery, Instant now);
// Every dead one; returns how many. Fails with webhook-endpoint-disabled.
Result<std::int64_t> replay_dead(store::Tx& tx, const Endpoint& endpoint, Instant now);
// What waits for its next attempt is due now; the attempt counts as it would have. Changes nothing
// of one that is due or under way. Fails with webhook-delivery-not-found, webhook-delivery-ended
// (delivered or dead: replay), webhook-endpoint-disabled.
Result<Delivery> hurry(store::Tx& tx, const Endpoint& endpoint, DeliveryId delivery, Instant now);
// Every one that waits; returns how many. Fails with webhook-endpoint-disabled.
Result<std::int64_t> hurry_waiting(store::Tx& tx, const Endpoint& endpoint, Instant now);

bool is_any_due(store::Tx& tx, Instant now);
// Of all shops; counts no further than `max`.
std::int64_t count_waiting(store::Tx& tx, std::int64_t max);

// An endpoint that one process has to itself until then.
struct Lease {
  EndpointId endpoint;
  Instant until;
};
// Endpoints with something due that nobody has, those first that were served longest ago. Two
// processes never get the same.
std::vector<Lease> lease_endpoints(store::Tx& tx, std::int64_t count, Instant now);

struct Attempt {
  DeliveryId delivery;
  int number = 1;  // this attempt, from 1
  std::string message;
  std::string body;
};
struct Batch {
  std::string url;
  SealedSecrets secrets;
  std::vector<Attempt> attempts;  // at most kInFlightMax
};
// What is due now, with the lease anew. None when nothing is due, the endpoint was disabled or
// deleted, or the lease is lost; it is given back then.
std::optional<Batch> take_batch(store::Tx& tx, Lease& lease, Instant now);

// What came of an attempt.
struct Outcome {
  DeliveryId delivery;
  int number = 1;
  std::optional<int> status;  // of an answer
  DeliveryError error = DeliveryError::none;
  bool was_sent = true;  // false: it is put back and not counted
};
struct Settled {
  int delivered = 0;
  int failed = 0;  // attempts
  int dead = 0;
};
// 2xx is delivered; 410 disables the endpoint; all else is tried again, after kRetryAfter and up to
// a fifth more by `random`, any 64 random bits, until kAttemptsMax. What was begun anew or settled
// meanwhile stays.
Settled settle(store::Tx& tx, EndpointId endpoint, const std::vector<Outcome>& outcomes,
               std::uint64_t random, Instant now);

// How long after attempt `number`, counted from 1, the next one comes; none after the last.
std::optional<std::chrono::milliseconds> retry_after(int number, std::uint64_t random);

}  // namespace geili::webhooks
