#include "app/webhook_courier.hpp"

#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "app/send_all.hpp"
#include "store/await.hpp"
#include "webhooks/message.hpp"
#include "webhooks/request.hpp"

namespace geili::app {
namespace {

using boost::asio::awaitable;
using webhooks::Attempt;
using webhooks::Batch;
using webhooks::Lease;
using webhooks::Outcome;

struct Looked {
  bool is_any_due = false;
  std::int64_t waiting = 0;
};

}  // namespace

CourierFigures WebhookCourier::figures() const {
  return {.delivered = delivered_, .failed = failed_, .dead = dead_, .waiting = waiting_};
}

awaitable<void> WebhookCourier::run() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  std::chrono::milliseconds until_sweep{0};
  for (;;) {
    co_await round();
    if (until_sweep.count() <= 0) {
      co_await sweep();
      until_sweep = kWebhookSweepEvery;
    }
    until_sweep -= kWebhookRoundEvery;
    timer.expires_after(kWebhookRoundEvery);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

// Most seconds have nothing to send: they cost a read and hold up no writer.
awaitable<void> WebhookCourier::round() {
  auto look = [clock = context_.clock](store::Tx& tx) -> Result<Looked> {
    return Looked{.is_any_due = webhooks::is_any_due(tx, clock->now()),
                  .waiting = webhooks::count_waiting(tx, kWaitingShownMax)};
  };
  const auto looked = co_await store::read(*context_.database, look);
  if (!looked) co_return;  // a busy store is looked at the next time
  waiting_ = looked->waiting;
  const std::int64_t free = kEndpointsAtOnceMax - serving_;
  if (!looked->is_any_due || free <= 0) co_return;
  auto job = [clock = context_.clock, free](store::Tx& tx) -> Result<std::vector<Lease>> {
    return webhooks::lease_endpoints(tx, free, clock->now());
  };
  const auto leases = co_await store::write(*context_.database, job);
  if (!leases) co_return;
  const auto executor = co_await boost::asio::this_coro::executor;
  for (const Lease& lease : *leases) {
    ++serving_;
    boost::asio::co_spawn(executor, serve(lease), boost::asio::detached);
  }
}

// Until nothing is due there. What a store that is busy did not take down is sent again when the
// lease is over: a receiver knows it by its webhook-id.
awaitable<void> WebhookCourier::serve(Lease lease) {
  struct Next {
    Lease lease;
    std::optional<Batch> batch;
    webhooks::Settled settled;
  };
  std::vector<Outcome> outcomes;
  for (;;) {
    auto job = [lease, outcomes, random = random_number(),
                clock = context_.clock](store::Tx& tx) -> Result<Next> {
      const Instant now = clock->now();
      Next next{.lease = lease, .batch = {}, .settled = {}};
      if (!outcomes.empty()) {
        next.settled = webhooks::settle(tx, lease.endpoint, outcomes, random, now);
      }
      next.batch = webhooks::take_batch(tx, next.lease, now);
      return next;
    };
    auto next = co_await store::write(*context_.database, job);
    if (!next) break;
    delivered_ += next->settled.delivered;
    failed_ += next->settled.failed;
    dead_ += next->settled.dead;
    if (!next->batch) break;
    lease = next->lease;
    outcomes = co_await bring(lease.endpoint, *std::move(next->batch));
  }
  --serving_;
}

awaitable<std::vector<Outcome>> WebhookCourier::bring(webhooks::EndpointId endpoint, Batch batch) {
  std::vector<Outcome> outcomes;
  const auto keys = webhooks::open_secrets(batch.secrets, endpoint, *context_.sealer);
  if (!keys) {
    for (const Attempt& attempt : batch.attempts) {
      outcomes.push_back({.delivery = attempt.delivery,
                          .number = attempt.number,
                          .status = {},
                          .error = webhooks::DeliveryError::secret_unreadable});
    }
    co_return outcomes;
  }
  std::vector<HttpRequest> requests;
  for (const Attempt& attempt : batch.attempts) {
    requests.push_back(webhooks::make_request(attempt, batch.url, *keys, context_.webhook_reach,
                                              context_.clock->now()));
  }
  const auto answers = co_await send_all(&transport_, std::move(requests));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    outcomes.push_back(webhooks::outcome_of(batch.attempts[i], answers[i]));
  }
  co_return outcomes;
}

awaitable<void> WebhookCourier::sweep() {
  auto job = [clock = context_.clock](store::Tx& tx) -> Result<bool> {
    return webhooks::sweep(tx, clock->now());
  };
  for (;;) {
    const auto has_more = co_await store::write(*context_.database, job);
    if (!has_more || !*has_more) co_return;
  }
}

}  // namespace geili::app
