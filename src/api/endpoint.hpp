#pragma once
// The shape of a handler: decode the request on the io thread, run one store job, encode what it
// gave. Each step is a plain function; the coroutine that joins them is here, once.

#include <chrono>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "api/caller.hpp"
#include "api/context.hpp"
#include "api/kept_answers.hpp"
#include "api/problem.hpp"
#include "net/http.hpp"
#include "net/router.hpp"
#include "store/await.hpp"

namespace geili::api {

enum class Job : std::uint8_t { read, write };

//   decode: Request        -> Result<Command>                 no side effects
//   run:    Tx, Command, Caller -> Result<Value>              one transaction
//   encode: Value, Request -> net::Response
template <class Command, class Value>
struct Endpoint {
  Job job = Job::read;
  Result<Command> (*decode)(const net::Request& request) = nullptr;
  Result<Value> (*run)(store::Tx& tx, const Command& command, const Caller& caller) = nullptr;
  net::Response (*encode)(const Value& value, const net::Request& request) = nullptr;
  SameFor same_for = SameFor::nobody;  // of a read: its answer is kept, see kept_answers.hpp
};

// What a read gave, and what it rests on.
template <class T>
struct Marked {
  Result<T> value;
  std::optional<store::ReadMark> mark;
};

template <class T, class Job>
boost::asio::awaitable<Marked<T>> read_marked(store::Database* database, Job job) {
  auto mark = std::make_shared<std::optional<store::ReadMark>>();
  auto marking = [mark, job = std::move(job)](store::Tx& tx) {
    Result<T> value = job(tx);
    *mark = tx.read_mark();
    return value;
  };
  auto value = co_await store::read(*database, std::move(marking));
  co_return Marked<T>{std::move(value), *mark};
}

template <class Command, class Value>
boost::asio::awaitable<net::Response> answer(const Context* context,
                                             Endpoint<Command, Value> endpoint,
                                             net::Request request) {
  auto [name, known] = ask_kept(context->answers, request, endpoint.same_for);
  if (known) co_return *std::move(known);
  const Caller caller = Caller::of(request, *context->clock);
  if (caller.is_change) {
    const auto origin = check_origin(request, context->public_origin);
    if (!origin) co_return problem(origin.error());
  }
  auto command = endpoint.decode(request);
  if (!command) co_return problem(command.error());
  auto job = [run = endpoint.run, command = std::move(*command), caller](store::Tx& tx) {
    return run(tx, command, caller);
  };
  if (name) {
    const auto asked_at = std::chrono::steady_clock::now();
    auto read = co_await read_marked<Value>(context->database, std::move(job));
    if (!read.value) co_return problem(read.value.error());
    co_return context->answers->keep(*name, read.mark, endpoint.encode(*read.value, request),
                                     asked_at);
  }
  auto pending = endpoint.job == Job::write ? store::write(*context->database, std::move(job))
                                            : store::read(*context->database, std::move(job));
  auto value = co_await std::move(pending);
  if (!value) co_return problem(value.error());
  co_return endpoint.encode(*value, request);
}

// The same as a route's handler. `context` outlives the server.
template <class Command, class Value>
net::Handler handler(const Context& context, Endpoint<Command, Value> endpoint) {
  return [context = &context, endpoint](net::Request request) {
    return answer(context, endpoint, std::move(request));
  };
}

}  // namespace geili::api
