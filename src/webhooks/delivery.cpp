#include "webhooks/delivery.hpp"

#include <array>
#include <limits>

#include "store/names.hpp"
#include "webhooks/message.hpp"

namespace geili::webhooks {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// As the specification proposes.
constexpr std::array<seconds, kAttemptsMax - 1> kRetryAfter{
    seconds(5), minutes(5), minutes(30), hours(2), hours(5), hours(10), hours(10)};
constexpr seconds kPutBackFor{5};
constexpr int kGone = 410;

constexpr std::array<std::string_view, 3> kStates{"waiting", "delivered", "dead"};
constexpr std::array<std::string_view, 6> kErrors{
    "", "timed_out", "unreachable", "forbidden", "endpoint_disabled", "secret_unreadable"};

#define GEILI_DELIVERY_COLUMNS                                                        \
  "d.id, m.uid, m.event, d.state, d.attempts, d.due_at, d.last_status, d.last_error," \
  " d.last_attempt_at, m.created_at"

Delivery read(const store::Row& row) {
  return {.id = row.id<DeliveryId>(0),
          .message = row.string(1),
          .event = row.string(2),
          .state = store::stored<DeliveryState>(kStates, row.text(3)),
          .attempts = static_cast<int>(row.integer(4)),
          .due_at = row.optional_instant(5),
          .last_status = row.is_null(6) ? std::nullopt : std::optional(row.integer(6)),
          .last_error = store::stored<DeliveryError>(kErrors, row.text(7)),
          .last_attempt_at = row.optional_instant(8),
          .created_at = row.instant(9)};
}

Result<Delivery> find(store::Tx& tx, EndpointId endpoint, DeliveryId delivery) {
  auto found = tx.one(read,
                      "SELECT " GEILI_DELIVERY_COLUMNS
                      " FROM webhook_delivery d JOIN webhook_message m ON m.id = d.message_id"
                      " WHERE d.id = $1 AND d.endpoint_id = $2",
                      delivery, endpoint);
  if (found) return *std::move(found);
  return fail(ErrorKind::not_found, "webhook-delivery-not-found",
              "The endpoint has no such delivery.");
}

Result<void> check_enabled(const Endpoint& endpoint) {
  if (endpoint.disabled == Disabled::no) return {};
  return fail(ErrorKind::conflict, "webhook-endpoint-disabled",
              "Nothing is sent to an endpoint that is disabled.");
}

bool is_taken(const Outcome& outcome) {
  return outcome.status && *outcome.status >= 200 && *outcome.status <= 299;
}

// False: somebody else has settled it, or it was begun anew.
bool finish(store::Tx& tx, const Outcome& outcome, DeliveryState state,
            std::optional<Instant> due_at, Instant now) {
  return tx.exec(
             "UPDATE webhook_delivery SET state = $3, due_at = $4, last_status = $5,"
             " last_error = $6, last_attempt_at = $7 WHERE id = $1 AND attempts = $2"
             " AND state = 'waiting'",
             outcome.delivery, outcome.number, to_text(state), due_at, outcome.status,
             to_text(outcome.error), now) > 0;
}

void put_back(store::Tx& tx, const Outcome& outcome, Instant now) {
  tx.exec(
      "UPDATE webhook_delivery SET attempts = attempts - 1, due_at = $3 WHERE id = $1"
      " AND attempts = $2 AND state = 'waiting'",
      outcome.delivery, outcome.number, now + kPutBackFor);
}

void note_health(store::Tx& tx, EndpointId endpoint, bool has_taken, Instant now) {
  if (has_taken) {
    tx.exec(
        "UPDATE webhook_endpoint SET failing_since = NULL WHERE id = $1"
        " AND failing_since IS NOT NULL",
        endpoint);
    return;
  }
  tx.exec("UPDATE webhook_endpoint SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL",
          endpoint, now);
  const auto is_over = tx.integer(
      "SELECT id FROM webhook_endpoint WHERE id = $1 AND failing_since <= $2"
      " AND disabled_at IS NULL",
      endpoint, now - kFailingMax);
  if (is_over) disable(tx, endpoint, Disabled::failing, now);
}

}  // namespace

std::string_view to_text(DeliveryState state) {
  return store::name_of(kStates, state);
}

std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
  return store::parse_name<DeliveryState>(kStates, text);
}

std::string_view to_text(DeliveryError error) {
  return store::name_of(kErrors, error);
}

Result<Page<Delivery>> list_deliveries(store::Tx& tx, EndpointId endpoint,
                                       std::optional<DeliveryState> state,
                                       const PageRequest& page) {
  constexpr std::string_view kList = "webhook-deliveries";
  auto start = page_start(kList, page, {std::numeric_limits<std::int64_t>::max()});
  if (!start) return fail_as(start);
  Page<Delivery> found;
  const auto take = [&](const store::Row& row) { found.items.push_back(read(row)); };
  if (state) {
    tx.each(take,
            "SELECT " GEILI_DELIVERY_COLUMNS
            " FROM webhook_delivery d JOIN webhook_message m ON m.id = d.message_id"
            " WHERE d.endpoint_id = $1 AND d.id < $2 AND d.state = $3 ORDER BY d.id DESC LIMIT $4",
            endpoint, start->front(), to_text(*state), page.limit + 1);
  } else {
    tx.each(take,
            "SELECT " GEILI_DELIVERY_COLUMNS
            " FROM webhook_delivery d JOIN webhook_message m ON m.id = d.message_id"
            " WHERE d.endpoint_id = $1 AND d.id < $2 ORDER BY d.id DESC LIMIT $3",
            endpoint, start->front(), page.limit + 1);
  }
  end_page(found, kList, page, [](const Delivery& one) { return std::array{one.id.value}; });
  return found;
}

Result<Delivery> send_test(store::Tx& tx, const Endpoint& endpoint, Instant now) {
  if (auto enabled = check_enabled(endpoint); !enabled) return fail_as(enabled);
  const std::vector<Listener> alone{{endpoint.id, {}}};
  publish(tx, endpoint.shop, alone, Event::test,
          R"({"shop_id":")" + std::to_string(endpoint.shop.value) + R"("})", now);
  const auto newest =
      tx.integer("SELECT id FROM webhook_delivery WHERE endpoint_id = $1 ORDER BY id DESC LIMIT 1",
                 endpoint.id);
  return find(tx, endpoint.id, DeliveryId{newest.value_or(0)});
}

Result<Delivery> replay(store::Tx& tx, const Endpoint& endpoint, DeliveryId delivery, Instant now) {
  auto found = find(tx, endpoint.id, delivery);
  if (!found) return found;
  if (auto enabled = check_enabled(endpoint); !enabled) return fail_as(enabled);
  const auto begun = tx.exec(
      "UPDATE webhook_delivery SET state = 'waiting', attempts = 0, due_at = $2"
      " WHERE id = $1 AND state <> 'waiting'",
      delivery, now);
  if (begun == 0) {
    return fail(ErrorKind::conflict, "webhook-delivery-waiting", "It is on its way already.");
  }
  return find(tx, endpoint.id, delivery);
}

Result<std::int64_t> replay_dead(store::Tx& tx, const Endpoint& endpoint, Instant now) {
  if (auto enabled = check_enabled(endpoint); !enabled) return fail_as(enabled);
  return tx.exec(
      "UPDATE webhook_delivery SET state = 'waiting', attempts = 0, due_at = $2"
      " WHERE endpoint_id = $1 AND state = 'dead'",
      endpoint.id, now);
}

Result<Delivery> hurry(store::Tx& tx, const Endpoint& endpoint, DeliveryId delivery, Instant now) {
  auto found = find(tx, endpoint.id, delivery);
  if (!found) return found;
  if (auto enabled = check_enabled(endpoint); !enabled) return fail_as(enabled);
  if (found->state != DeliveryState::waiting) {
    return fail(ErrorKind::conflict, "webhook-delivery-ended", "It was delivered or given up.");
  }
  tx.exec("UPDATE webhook_delivery SET due_at = $2 WHERE id = $1 AND due_at > $2", delivery, now);
  return find(tx, endpoint.id, delivery);
}

Result<std::int64_t> hurry_waiting(store::Tx& tx, const Endpoint& endpoint, Instant now) {
  if (auto enabled = check_enabled(endpoint); !enabled) return fail_as(enabled);
  return tx.exec("UPDATE webhook_delivery SET due_at = $2 WHERE endpoint_id = $1 AND due_at > $2",
                 endpoint.id, now);
}

bool is_any_due(store::Tx& tx, Instant now) {
  return tx.integer("SELECT id FROM webhook_delivery WHERE due_at <= $1 LIMIT 1", now).has_value();
}

std::int64_t count_waiting(store::Tx& tx, std::int64_t max) {
  return tx
      .integer(
          "SELECT count(*) FROM (SELECT id FROM webhook_delivery WHERE due_at IS NOT NULL"
          " LIMIT $1) AS waiting",
          max)
      .value_or(0);
}

std::vector<Lease> lease_endpoints(store::Tx& tx, std::int64_t count, Instant now) {
  std::vector<Lease> leases;
  const Instant until = now + kEndpointLease;
  // The outer condition is looked at again by who had to wait for another process's change.
  tx.each([&](const store::Row& row) { leases.push_back({row.id<EndpointId>(0), until}); },
          "UPDATE webhook_endpoint SET leased_until = $2 WHERE leased_until <= $1 AND id IN"
          " (SELECT e.id FROM webhook_endpoint e WHERE e.leased_until <= $1"
          " AND e.disabled_at IS NULL AND EXISTS (SELECT 1 FROM webhook_delivery d"
          " WHERE d.endpoint_id = e.id AND d.due_at <= $1)"
          " ORDER BY e.leased_until, e.id LIMIT $3) RETURNING id",
          now, until, count);
  return leases;
}

namespace {

void give_back(store::Tx& tx, const Lease& lease, Instant now) {
  tx.exec("UPDATE webhook_endpoint SET leased_until = $3 WHERE id = $1 AND leased_until = $2",
          lease.endpoint, lease.until, now);
}

}  // namespace

std::optional<Batch> take_batch(store::Tx& tx, Lease& lease, Instant now) {
  const Instant until = now + kEndpointLease;
  const auto bytes_of = [](const store::Row& row, int column) {
    if (row.is_null(column)) return Bytes();
    const ByteView bytes = row.bytes(column);
    return Bytes(bytes.begin(), bytes.end());
  };
  auto batch = tx.one(
      [&](const store::Row& row) {
        Batch taken{.url = row.string(0), .secrets = {.current = bytes_of(row, 1)}};
        const auto old_until = row.optional_instant(3);
        if (old_until && *old_until > now) taken.secrets.old = bytes_of(row, 2);
        return taken;
      },
      "UPDATE webhook_endpoint SET leased_until = $3 WHERE id = $1 AND leased_until = $2"
      " AND disabled_at IS NULL RETURNING url, secret, old_secret, old_secret_until",
      lease.endpoint, lease.until, until);
  if (!batch) {
    give_back(tx, lease, now);
    return std::nullopt;
  }
  lease.until = until;
  tx.each(
      [&](const store::Row& row) {
        batch->attempts.push_back({.delivery = row.id<DeliveryId>(0),
                                   .number = static_cast<int>(row.integer(1)) + 1,
                                   .message = row.string(2),
                                   .body = row.string(3)});
      },
      "SELECT d.id, d.attempts, m.uid, m.body FROM webhook_delivery d"
      " JOIN webhook_message m ON m.id = d.message_id"
      " WHERE d.endpoint_id = $1 AND d.due_at <= $2 ORDER BY d.due_at, d.id LIMIT $3",
      lease.endpoint, now, kInFlightMax);
  for (const Attempt& attempt : batch->attempts) {
    tx.later("UPDATE webhook_delivery SET attempts = $2 WHERE id = $1", attempt.delivery,
             attempt.number);
  }
  if (!batch->attempts.empty()) return batch;
  give_back(tx, lease, now);
  return std::nullopt;
}

Settled settle(store::Tx& tx, EndpointId endpoint, const std::vector<Outcome>& outcomes,
               std::uint64_t random, Instant now) {
  Settled settled;
  bool has_gone = false;
  for (const Outcome& outcome : outcomes) {
    if (!outcome.was_sent) {
      put_back(tx, outcome, now);
      continue;
    }
    if (is_taken(outcome)) {
      if (finish(tx, outcome, DeliveryState::delivered, std::nullopt, now)) ++settled.delivered;
      continue;
    }
    has_gone = has_gone || outcome.status == kGone;
    const auto wait = retry_after(outcome.number, random);
    const bool is_last = !wait || outcome.status == kGone;
    const auto due_at = is_last ? std::nullopt : std::optional(now + *wait);
    const auto state = is_last ? DeliveryState::dead : DeliveryState::waiting;
    if (!finish(tx, outcome, state, due_at, now)) continue;
    ++settled.failed;
    if (is_last) ++settled.dead;
  }
  if (has_gone) {
    disable(tx, endpoint, Disabled::gone, now);
  } else if (settled.delivered + settled.failed > 0) {
    note_health(tx, endpoint, settled.delivered > 0, now);
  }
  return settled;
}

std::optional<std::chrono::milliseconds> retry_after(int number, std::uint64_t random) {
  if (number < 1 || number >= kAttemptsMax) return std::nullopt;
  const std::chrono::milliseconds wait = kRetryAfter.at(static_cast<std::size_t>(number - 1));
  const auto fifth = static_cast<std::uint64_t>(wait.count() / 5);
  return wait + std::chrono::milliseconds(random % (fifth + 1));
}

}  // namespace geili::webhooks
