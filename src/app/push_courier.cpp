#include "app/push_courier.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "app/send_all.hpp"
#include "base/random.hpp"
#include "push/request.hpp"
#include "store/await.hpp"

namespace geili::app {

using boost::asio::awaitable;
using flows::Reminder;
using push::Outcome;

PushFigures PushCourier::figures() const {
  return {
      .sent = sent_, .failed = failed_, .gone = gone_, .given_up = given_up_, .waiting = waiting_};
}

awaitable<void> PushCourier::run() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  std::chrono::milliseconds until_sweep{0};
  for (;;) {
    co_await round();
    tell();
    if (until_sweep.count() <= 0) {
      co_await sweep();
      until_sweep = kPushSweepEvery;
    }
    until_sweep -= kPushRoundEvery;
    timer.expires_after(kPushRoundEvery);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

// Most seconds have nothing to send: they cost a read and hold up no writer.
awaitable<void> PushCourier::round() {
  struct Looked {
    bool is_any_due = false;
    std::int64_t waiting = 0;
  };
  auto look = [clock = context_.clock](store::Tx& tx) -> Result<Looked> {
    return Looked{.is_any_due = flows::is_reminder_due(tx, *clock),
                  .waiting = push::count_waiting(tx, kPushWaitingShownMax)};
  };
  const auto looked = co_await store::read(*context_.database, look);
  if (!looked) co_return;  // a busy store is looked at the next time
  waiting_ = looked->waiting;
  if (!looked->is_any_due) co_return;
  const auto executor = co_await boost::asio::this_coro::executor;
  while (serving_ < kPushLotsMax) {
    ++serving_;
    boost::asio::co_spawn(executor, serve(), boost::asio::detached);
  }
}

// Until nothing is due. What a store that is busy did not take down is sent again when its lease is
// over; the device shows it once, as the second has the tag of the first.
awaitable<void> PushCourier::serve() {
  struct Next {
    std::vector<Reminder> reminders;
    push::Settled settled;
  };
  std::vector<Outcome> outcomes;
  for (;;) {
    auto job = [outcomes, random = random_number(),
                clock = context_.clock](store::Tx& tx) -> Result<Next> {
      Next next;
      if (!outcomes.empty()) next.settled = push::settle(tx, outcomes, random, clock->now());
      next.reminders = flows::take_reminders(tx, kPushLot, *clock);
      return next;
    };
    auto next = co_await store::write(*context_.database, job);
    if (!next) break;
    sent_ += next->settled.sent;
    failed_ += next->settled.failed;
    gone_ += next->settled.gone;
    given_up_ += next->settled.given_up;
    if (next->reminders.empty()) break;
    outcomes = co_await bring(std::move(next->reminders));
  }
  --serving_;
}

awaitable<std::vector<Outcome>> PushCourier::bring(std::vector<Reminder> reminders) {
  std::vector<Outcome> outcomes;
  std::vector<HttpRequest> requests;
  std::vector<push::Attempt> sent;
  for (Reminder& reminder : reminders) {
    const auto target = push::open_target(reminder.attempt.target, *context_.sealer);
    auto request = target
                       ? push::make_request(reminder.note, *target, *context_.vapid,
                                            crypto::new_p256_pair(), random_bytes(push::kSaltBytes),
                                            context_.webhook_reach, context_.clock->now())
                       : std::unexpected(target.error());
    if (request) {
      requests.push_back(*std::move(request));
      sent.push_back(std::move(reminder.attempt));
    } else {
      Outcome outcome = push::outcome_of(reminder.attempt, {.status = 0});
      outcome.answer = push::Answer::refused;
      outcomes.push_back(std::move(outcome));
    }
  }
  if (requests.empty()) co_return outcomes;
  const auto answers = co_await send_all(&transport_, std::move(requests));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    outcomes.push_back(push::outcome_of(sent[i], answers[i]));
  }
  co_return outcomes;
}

// Endpoints are secrets: there are figures alone.
void PushCourier::tell() {
  const PushFigures now = figures();
  const bool is_news = now.sent != told_.sent || now.failed != told_.failed ||
                       now.gone != told_.gone || now.given_up != told_.given_up;
  if (!is_news) return;
  log_.info("reminders", {{"sent", now.sent - told_.sent},
                          {"failed", now.failed - told_.failed},
                          {"gone", now.gone - told_.gone},
                          {"given_up", now.given_up - told_.given_up}});
  told_ = now;
}

awaitable<void> PushCourier::sweep() {
  auto job = [clock = context_.clock](store::Tx& tx) -> Result<bool> {
    return push::sweep(tx, clock->now());
  };
  for (;;) {
    const auto has_more = co_await store::write(*context_.database, job);
    if (!has_more || !*has_more) co_return;
  }
}

}  // namespace geili::app
