#include "webhooks/message.hpp"

#include <algorithm>
#include <string>

#include "base/random.hpp"

namespace geili::webhooks {
namespace {

constexpr std::int64_t kSweptAtOnceMax = 500;

constexpr std::string_view kListeners =
    "SELECT id, events FROM webhook_endpoint WHERE shop_id = $1 AND disabled_at IS NULL"
    " ORDER BY id";

bool wants(const Listener& listener, Event event) {
  return event == Event::test || std::ranges::find(listener.events, event) != listener.events.end();
}

std::string body_of(Event event, std::string_view data, Instant now) {
  std::string body = R"({"type":")";
  body += to_text(event);
  body += R"(","timestamp":")";
  body += to_rfc3339(now);
  body += R"(","data":)";
  body += data;
  body += '}';
  return body;
}

// The messages of `shop` up to `last`, with their deliveries; true when there may be more.
bool remove_up_to(store::Tx& tx, ShopId shop, std::int64_t last) {
  tx.exec(
      "DELETE FROM webhook_delivery WHERE message_id IN (SELECT id FROM webhook_message"
      " WHERE shop_id = $1 AND id <= $2 ORDER BY id LIMIT $3)",
      shop, last, kSweptAtOnceMax);
  return tx.exec(
             "DELETE FROM webhook_message WHERE id IN (SELECT id FROM webhook_message"
             " WHERE shop_id = $1 AND id <= $2 ORDER BY id LIMIT $3)",
             shop, last, kSweptAtOnceMax) == kSweptAtOnceMax;
}

}  // namespace

std::vector<Listener> listeners(store::Tx& tx, ShopId shop) {
  std::vector<Listener> all;
  tx.each(
      [&](const store::Row& row) {
        all.push_back({row.id<EndpointId>(0), events_of(row.text(1))});
      },
      kListeners, shop);
  return all;
}

void foresee_listeners(store::Tx& tx, ShopId shop) {
  tx.ahead_of_many(kListeners, shop);
}

bool is_heard(const std::vector<Listener>& listeners, Event event) {
  return std::ranges::any_of(listeners, [&](const Listener& one) { return wants(one, event); });
}

void publish(store::Tx& tx, ShopId shop, const std::vector<Listener>& listeners, Event event,
             std::string_view data, Instant now) {
  if (!is_heard(listeners, event)) return;
  const auto message = tx.insert(
      "INSERT INTO webhook_message (uid, shop_id, event, body, created_at)"
      " VALUES ($1, $2, $3, $4, $5) RETURNING id",
      "msg_" + random_token(), shop, to_text(event), body_of(event, data, now), now);
  for (const Listener& listener : listeners) {
    if (!wants(listener, event)) continue;
    // An endpoint that is deleted meanwhile does not stop the deed: nothing refers to it.
    tx.later(
        "INSERT INTO webhook_delivery (message_id, endpoint_id, state, attempts, due_at,"
        " last_error) VALUES ($1, $2, 'waiting', 0, $3, '')",
        *message, listener.endpoint, now);
  }
}

bool sweep(store::Tx& tx, Instant now) {
  bool has_more = false;
  tx.exec(
      "DELETE FROM webhook_delivery WHERE due_at IS NOT NULL AND endpoint_id NOT IN"
      " (SELECT id FROM webhook_endpoint)");
  std::vector<ShopId> shops;
  tx.each([&](const store::Row& row) { shops.push_back(row.id<ShopId>(0)); },
          "SELECT DISTINCT shop_id FROM webhook_message");
  for (const ShopId shop : shops) {
    const auto old = tx.integer(
        "SELECT id FROM webhook_message WHERE shop_id = $1 AND created_at < $2"
        " ORDER BY id DESC LIMIT 1",
        shop, now - kMessagesKeptFor);
    const auto surplus = tx.integer(
        "SELECT id FROM webhook_message WHERE shop_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2",
        shop, kMessagesPerShopMax);
    const std::int64_t last = std::max(old.value_or(0), surplus.value_or(0));
    if (last > 0 && remove_up_to(tx, shop, last)) has_more = true;
  }
  return has_more;
}

}  // namespace geili::webhooks
