#pragma once
// Brings webhooks: takes endpoints with something due under a lease, sends what is due there by its
// own HttpTransport, and writes down what came of it. No transaction is open while a call is under
// way, and several processes on one database never serve the same endpoint at once.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "api/context.hpp"
#include "app/http_transport.hpp"
#include "webhooks/delivery.hpp"

namespace geili::app {

inline constexpr std::chrono::milliseconds kWebhookRoundEvery{1000};
inline constexpr std::chrono::minutes kWebhookSweepEvery{10};
// With webhooks::kInFlightMax of each: as many calls as there are connections.
inline constexpr std::int64_t kEndpointsAtOnceMax =
    static_cast<std::int64_t>(kConnectionsMax) / webhooks::kInFlightMax;
inline constexpr std::int64_t kWaitingShownMax = 100'000;

// What it has done since it began; any thread.
struct CourierFigures {
  std::int64_t delivered = 0;
  std::int64_t failed = 0;   // attempts
  std::int64_t dead = 0;     // given up
  std::int64_t waiting = 0;  // of every process; as of the last round, kWaitingShownMax at most
};

// Its coroutines belong to the one executor that run() is spawned on; it goes when that runs no
// more, and before the executor does: its transport's thread hands answers to it.
class WebhookCourier {
 public:
  explicit WebhookCourier(const api::Context& context) : context_(context) {}
  WebhookCourier(const WebhookCourier&) = delete;
  WebhookCourier& operator=(const WebhookCourier&) = delete;
  ~WebhookCourier() = default;

  // Runs until its executor does.
  boost::asio::awaitable<void> run();
  CourierFigures figures() const;

 private:
  boost::asio::awaitable<void> round();
  boost::asio::awaitable<void> serve(webhooks::Lease lease);
  boost::asio::awaitable<std::vector<webhooks::Outcome>> bring(webhooks::EndpointId endpoint,
                                                               webhooks::Batch batch);
  boost::asio::awaitable<void> sweep();

  const api::Context& context_;
  HttpTransport transport_;
  std::int64_t serving_ = 0;  // endpoints
  std::atomic<std::int64_t> delivered_ = 0;
  std::atomic<std::int64_t> failed_ = 0;
  std::atomic<std::int64_t> dead_ = 0;
  std::atomic<std::int64_t> waiting_ = 0;
};

}  // namespace geili::app
