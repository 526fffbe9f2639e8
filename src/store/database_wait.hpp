#pragma once
// The waiting forms of store/database.hpp.

#include <future>
#include <optional>

#include "store/database.hpp"

namespace geili::store {
namespace detail {

template <class Job, class Submit>
auto wait_for(const Job& job, Submit submit) -> std::invoke_result_t<const Job&, Tx&> {
  using Answer = std::invoke_result_t<const Job&, Tx&>;
  std::optional<Answer> answer;
  std::promise<Outcome> promise;
  auto future = promise.get_future();
  auto taken = submit(
      [&](Tx& tx) {
        answer.emplace(job(tx));
        return answer->has_value() ? Verdict::keep : Verdict::undo;
      },
      [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
  if (!taken) return std::unexpected(std::move(taken.error()));
  const Outcome outcome = future.get();
  if (outcome.failure) {
    if (auto error = as_error(outcome.failure)) return std::unexpected(*std::move(error));
    std::rethrow_exception(outcome.failure);
  }
  return std::move(*answer);
}

}  // namespace detail

template <class Job>
auto write_and_wait(Database& database, Job job) -> std::invoke_result_t<const Job&, Tx&> {
  return detail::wait_for(job, [&](Database::Job j, Database::Done d) {
    return database.submit_write(std::move(j), std::move(d));
  });
}

template <class Job>
auto read_and_wait(Database& database, Job job) -> std::invoke_result_t<const Job&, Tx&> {
  return detail::wait_for(job, [&](Database::Job j, Database::Done d) {
    return database.submit_read(std::move(j), std::move(d));
  });
}

}  // namespace geili::store
