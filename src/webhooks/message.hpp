#pragma once
// What is told: one message an event, one delivery for each endpoint that wants it, written in the
// transaction of the deed. A shop without endpoints costs one indexed look.

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "store/tx.hpp"
#include "webhooks/endpoint.hpp"
#include "webhooks/event.hpp"

namespace geili::webhooks {

inline constexpr std::chrono::days kMessagesKeptFor{30};
inline constexpr std::int64_t kMessagesPerShopMax = 10'000;  // of which the newest are kept

// An endpoint that is told, and of what.
struct Listener {
  EndpointId endpoint;
  std::vector<Event> events;
};

std::vector<Listener> listeners(store::Tx& tx, ShopId shop);
// Says that listeners() will be asked (store::Tx::ahead).
void foresee_listeners(store::Tx& tx, ShopId shop);

bool is_heard(const std::vector<Listener>& listeners, Event event);

// `data` is a JSON object: ids, numbers, states and amounts, and nothing of a person. Writes
// nothing when no listener wants the event.
void publish(store::Tx& tx, ShopId shop, const std::vector<Listener>& listeners, Event event,
             std::string_view data, Instant now);

// Removes what is older than kMessagesKeptFor or more than kMessagesPerShopMax, and deliveries
// whose endpoint is gone. True: there is more.
bool sweep(store::Tx& tx, Instant now);

}  // namespace geili::webhooks
