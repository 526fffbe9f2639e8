#pragma once
// `auto order = co_await store::write<Order>(database, job);` for coroutines on an Asio executor:
// the job runs on the database's thread, the coroutine goes on where it was. The executor's
// context outlives the database, whose threads post to it. Used by api/ and app/ alone.

#include <memory>
#include <optional>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "store/database.hpp"

namespace geili::store {
namespace detail {

template <class Answer>
struct Pending {
  std::optional<Answer> answer;
  std::exception_ptr failure;
};

template <class Answer, class Job>
boost::asio::awaitable<Answer> submit(Database* database,
                                      Result<void> (Database::*how)(Database::Job, Database::Done),
                                      Job job) {
  auto pending = std::make_shared<Pending<Answer>>();
  auto initiate = [database, how, pending, job = std::move(job)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = boost::asio::get_associated_executor(*shared);
    auto run = [pending, job = std::move(job)](Tx& tx) {
      pending->answer.emplace(job(tx));
      return pending->answer->has_value() ? Verdict::keep : Verdict::undo;
    };
    auto done = [pending, shared, executor](Outcome outcome) {
      pending->failure = std::move(outcome.failure);
      boost::asio::post(executor, [shared] { (*shared)(); });
    };
    auto taken = (database->*how)(std::move(run), done);
    if (!taken) {
      pending->answer.emplace(std::unexpected(std::move(taken.error())));
      done(Outcome{});
    }
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
      std::move(initiate), boost::asio::use_awaitable);
  if (pending->failure) {
    if (auto error = as_error(pending->failure)) co_return std::unexpected(*std::move(error));
    std::rethrow_exception(pending->failure);
  }
  co_return std::move(*pending->answer);
}

}  // namespace detail

// `job(Tx&)` returns Result<T>, is const as Database::Job, is copied into the queue and must own
// what it uses. `database` outlives the coroutine. A database that is away is an Error. Throws what
// the job or the database threw.
template <class Job>
auto write(Database& database, Job job)
    -> boost::asio::awaitable<std::invoke_result_t<const Job&, Tx&>> {
  return detail::submit<std::invoke_result_t<const Job&, Tx&>>(&database, &Database::submit_write,
                                                               std::move(job));
}
template <class Job>
auto read(Database& database, Job job)
    -> boost::asio::awaitable<std::invoke_result_t<const Job&, Tx&>> {
  return detail::submit<std::invoke_result_t<const Job&, Tx&>>(&database, &Database::submit_read,
                                                               std::move(job));
}

}  // namespace geili::store
