#include "api/payment_calls.hpp"

#include <cstring>
#include <memory>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/random.hpp"
#include "payments/retry.hpp"
#include "store/await.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using payments::HttpAnswer;

// After the quick attempts; a provider that is away for a day is asked some hundred times.
constexpr std::chrono::minutes kSlowRetry{15};

std::uint64_t random_number() {
  const Bytes bytes = random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

Error busy() {
  return Error::make(ErrorKind::unavailable, "payment-provider-busy",
                     "The provider did not answer; it is asked again by itself.")
      .with("retry_after_s", 5);
}

awaitable<Result<void>> postpone(const Context* context, const flows::ProviderCall* call,
                                 const payments::RetryStep* step) {
  const auto wait = step->next == payments::Next::retry
                        ? std::chrono::duration_cast<std::chrono::microseconds>(step->after)
                        : std::chrono::microseconds(kSlowRetry);
  auto job = [call = *call, until = context->clock->now() + wait](store::Tx& tx) {
    return flows::postpone_call(tx, call, until);
  };
  co_return co_await store::write(*context->database, job);
}

}  // namespace

awaitable<HttpAnswer> send(payments::Transport* transport, payments::HttpRequest request) {
  auto answer = std::make_shared<HttpAnswer>();
  auto initiate = [transport, answer, request = std::move(request)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = boost::asio::get_associated_executor(*shared);
    transport->send(std::move(request), [answer, shared, executor](HttpAnswer told) {
      *answer = std::move(told);
      boost::asio::post(executor, [shared] { (*shared)(); });
    });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
      std::move(initiate), boost::asio::use_awaitable);
  co_return std::move(*answer);
}

awaitable<Result<payments::BuyerStep>> carry(const Context* context, flows::ProviderCall call) {
  for (;;) {
    Result<payments::Answer> said = payments::Answer{};
    if (const auto* request = std::get_if<payments::HttpRequest>(&call.call)) {
      const HttpAnswer answer = co_await send(context->transport, *request);
      const auto step = payments::classify(answer, call.asked.attempts, random_number());
      if (step.next != payments::Next::read) {
        auto postponed = co_await postpone(context, &call, &step);
        if (!postponed) co_return fail_as(postponed);
        co_return fail(busy());
      }
      said = call.provider->read(call.asked.ask, answer);
    } else {
      said = std::get<payments::Answer>(call.call);
    }
    auto job = [call, said, terms = context->payments, clock = context->clock](store::Tx& tx) {
      return flows::settle_call(tx, call, said, *terms, *clock);
    };
    auto end = co_await store::write(*context->database, job);
    if (!end) co_return fail_as(end);
    if (!said) co_return fail_as(said);
    if (!end->next) co_return std::move(end->buyer);
    call = *std::move(end->next);
  }
}

namespace {

awaitable<void> carry_alone(const Context* context, flows::ProviderCall call) {
  auto done = co_await carry(context, std::move(call));
  (void)done;  // what failed was written down, or comes again when its lease is over
}

}  // namespace

awaitable<bool> payment_round(const Context* context) {
  auto look = [clock = context->clock](store::Tx& tx) {
    return flows::needs_payment_upkeep(tx, *clock);
  };
  const auto needed = co_await store::read(*context->database, look);
  if (!needed || !*needed) co_return false;
  auto job = [terms = context->payments, clock = context->clock](store::Tx& tx) {
    return flows::payment_upkeep(tx, *terms, *clock);
  };
  auto calls = co_await store::write(*context->database, job);
  if (!calls) co_return false;  // a busy store is looked at the next time
  const auto executor = co_await boost::asio::this_coro::executor;
  for (flows::ProviderCall& call : *calls) {
    boost::asio::co_spawn(executor, carry_alone(context, std::move(call)), boost::asio::detached);
  }
  co_return true;
}

}  // namespace geili::api
