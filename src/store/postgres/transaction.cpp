#include "store/postgres/transaction.hpp"

#include <string>

#include "store/reserved.hpp"

namespace geili::store::postgres {

PostgresTx::PostgresTx(Connection& connection, Around around)
    : connection_(connection), around_(std::move(around)) {
  connection_.next_job();
}

void PostgresTx::begin() {
  if (!std::exchange(has_begun_, true)) around_.before_first();
}

// Whatever goes wrong in `run_it` dooms the job.
template <class Do>
auto PostgresTx::guarded(std::string_view sql, Do run_it) {
  if (is_doomed()) throw StoreFailure("an earlier statement of this job has failed");
  try {
    if (is_reserved(sql)) throw StoreFailure("not for jobs: " + std::string(sql));
    begin();
    try {
      return run_it();
    } catch (const EarlierJobFailed& earlier) {
      // Nothing that this job has sent was done.
      around_.undo_earlier(earlier.failure());
      around_.before_first();
      return run_it();
    }
  } catch (const Contended&) {
    is_contended_ = true;
    failure_ = std::current_exception();
    throw;
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

std::int64_t PostgresTx::run(std::string_view sql, std::span<const Value> parameters,
                             const EachRow& each) {
  const std::int64_t changed = guarded(sql, [&] { return connection_.run(sql, parameters, each); });
  has_been_answered_ = true;
  return changed;
}

void PostgresTx::run_later(std::string_view sql, std::span<const Value> parameters) {
  // Were it sent while the job before may still fail, it would be lost with that one.
  if (!around_.undo_earlier || !has_been_answered_) {
    run(sql, parameters, {});
  } else {
    guarded(sql, [&] { connection_.run_later(sql, parameters); });
  }
}

void PostgresTx::run_last(std::string_view sql, std::span<const Value> parameters) {
  if (!around_.undo_earlier) {
    run(sql, parameters, {});
    return;
  }
  guarded(sql, [&] {
    std::vector<KeptValue> kept;
    kept.reserve(parameters.size());
    for (const Value& value : parameters) kept.push_back(keep(value));
    last_.push_back({sql, std::move(kept)});
  });
}

void PostgresTx::gather(Work work, Item item) {
  if (around_.gathered == nullptr) return work(*this, {&item, 1});
  guarded({}, [&] { around_.gathered->push_back({work, std::move(item)}); });
}

void PostgresTx::foresee(std::string_view sql, std::span<const Value> parameters, Asked /*asked*/) {
  guarded(sql, [&] { connection_.foresee(sql, parameters); });
}

void PostgresTx::rethrow_loss() const {
  if (connection_.is_lost()) std::rethrow_exception(failure_);
}

}  // namespace geili::store::postgres
