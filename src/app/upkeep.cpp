#include "app/upkeep.hpp"

#include <utility>
#include <vector>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "api/payment_calls.hpp"
#include "flows/auction.hpp"
#include "flows/deal.hpp"
#include "flows/draws.hpp"
#include "flows/hold.hpp"
#include "flows/red_packets.hpp"
#include "flows/series.hpp"
#include "identity/sessions.hpp"
#include "live/await.hpp"
#include "shows/audience.hpp"
#include "shows/chat.hpp"
#include "shows/chat_sanctions.hpp"
#include "shows/red_packet.hpp"
#include "shows/show.hpp"
#include "stock/claim.hpp"
#include "store/await.hpp"

namespace geili::app {

using boost::asio::awaitable;

namespace {

// Looks again and again whether something is due, and does it as long as there is more. A busy
// store is looked at the next time.
template <class Look, class Do>
awaitable<void> do_due(store::Database* database, Look look, Do work,
                       std::chrono::milliseconds every) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    auto due = co_await store::read(*database, look);
    while (due && *due) due = co_await store::write(*database, work);
    timer.expires_after(every);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> sample_audience(const api::Context* context) {
  const Clock* clock = context->clock;
  auto live = [clock](store::Tx& tx) -> Result<std::vector<ShowId>> {
    return shows::live_since(tx, clock->now());
  };
  const auto shows = co_await store::read(*context->database, live);
  if (!shows || shows->empty()) co_return;
  const auto seen = co_await live::glance(context->hub, *shows);
  std::vector<std::pair<ShowId, shows::RoomSample>> samples;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) continue;
    samples.push_back(
        {(*shows)[i],
         {.room = seen[i]->epoch, .viewers = seen[i]->viewers, .hearts = seen[i]->hearts}});
  }
  if (samples.empty()) co_return;
  auto keep = [clock, samples = std::move(samples)](store::Tx& tx) -> Result<bool> {
    for (const auto& [show, sample] : samples) shows::note_audience(tx, show, sample, clock->now());
    return true;
  };
  auto kept = co_await store::write(*context->database, keep);
  (void)kept;  // a busy store leaves a gap in the curve
}

}  // namespace

awaitable<void> sweep_sessions(store::Database* database, const Clock* clock) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    auto sweep = [clock](store::Tx& tx) -> Result<bool> {
      identity::sweep_expired(tx, *clock);
      return true;
    };
    auto swept = co_await store::write(*database, sweep);
    (void)swept;  // a busy store is swept the next time
    timer.expires_after(kSessionSweepEvery);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> sweep_chat(store::Database* database, const Clock* clock,
                           std::chrono::days kept_for) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  auto sweep = [clock, kept_for](store::Tx& tx) -> Result<bool> {
    shows::sweep_sanctions(tx, clock->now());
    return shows::sweep_chat(tx, clock->now() - kept_for);
  };
  for (;;) {
    auto has_more = co_await store::write(*database, sweep);
    while (has_more && *has_more) has_more = co_await store::write(*database, sweep);
    // A busy store is swept the next time.
    timer.expires_after(kChatSweepEvery);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> sweep_holds(store::Database* database, const Clock* clock,
                            std::chrono::milliseconds every) {
  // Most seconds have nothing to end: they cost a read and hold up no writer.
  auto look = [clock](store::Tx& tx) -> Result<bool> {
    const auto next = stock::next_expiry(tx);
    return (next && *next <= clock->now()) || stock::has_due_deals(tx, clock->now());
  };
  auto sweep = [clock](store::Tx& tx) -> Result<bool> {
    const bool has_more_holds = flows::expire_holds(tx, *clock);
    return flows::look_after_deals(tx, *clock) || has_more_holds;
  };
  co_await do_due(database, look, sweep, every);
}

awaitable<void> keep_stage(store::Database* database, const Clock* clock,
                           std::chrono::milliseconds every) {
  auto look = [clock](store::Tx& tx) -> Result<bool> {
    return !shows::draws_to_close(tx, clock->now()).empty() ||
           !shows::auctions_to_close(tx, clock->now()).empty() ||
           !shows::packets_to_close(tx, clock->now()).empty();
  };
  auto close = [clock](store::Tx& tx) -> Result<bool> {
    const bool has_drawn = flows::close_due_draws(tx, *clock);
    const bool has_closed = flows::close_due_auctions(tx, *clock);
    return flows::close_due_packets(tx, *clock) || has_drawn || has_closed;
  };
  co_await do_due(database, look, close, every);
}

awaitable<void> keep_series(store::Database* database, const Clock* clock,
                            std::chrono::milliseconds every) {
  auto look = [clock](store::Tx& tx) -> Result<bool> {
    return !shows::series_to_plan(tx, 1, clock->now()).empty();
  };
  auto plan = [clock](store::Tx& tx) -> Result<bool> { return flows::plan_series(tx, *clock); };
  co_await do_due(database, look, plan, every);
}

awaitable<void> keep_payments(const api::Context* context) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    const bool had_work = co_await api::payment_round(context);
    (void)had_work;  // what it did not get to is due the next time
    timer.expires_after(kPaymentRoundEvery);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> keep_audience(const api::Context* context, std::chrono::milliseconds every) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    co_await sample_audience(context);
    timer.expires_after(every);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> wake_regularly(flows::OutboxRelay* relay, std::chrono::milliseconds every) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    timer.expires_after(every);
    co_await timer.async_wait(boost::asio::use_awaitable);
    relay->wake();
  }
}

}  // namespace geili::app
