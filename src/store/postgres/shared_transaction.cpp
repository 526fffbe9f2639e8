#include "store/postgres/shared_transaction.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace geili::store::postgres {
namespace {

constexpr std::size_t kWatchedMax = 64;
constexpr std::size_t kKnownMax = 256;
constexpr int kRowsOfAnAnswerMax = 64;

}  // namespace

void Remembered::watch(const StatementText& select) {
  if (!is_watched(select) && watched_.size() < kWatchedMax) watched_.push_back(&select);
}

bool Remembered::is_watched(const StatementText& select) const {
  return std::ranges::find(watched_, &select) != watched_.end();
}

PGresult* Remembered::find(const StatementText& select, std::span<const Value> parameters) const {
  const auto known = std::ranges::find_if(known_, [&](const Known& one) {
    return one.select == &select && std::ranges::equal(one.parameters, parameters, is_same);
  });
  return known == known_.end() ? nullptr : known->answer.get();
}

void Remembered::keep(const StatementText& select, std::span<const Value> parameters,
                      Connection::Answer answer) {
  if (known_.size() >= kKnownMax || PQntuples(answer.get()) > kRowsOfAnAnswerMax) return;
  std::vector<KeptValue> kept;
  for (const Value& value : parameters) kept.push_back(store::keep(value));
  known_.push_back({&select, std::move(kept), std::move(answer)});
}

void Remembered::forget_what_changes(const StatementText& change) {
  std::erase_if(known_, [&](const Known& one) { return one.select->rests_on_what(change); });
}

void SharedTransaction::commit(const std::function<void()>& committing) {
  try {
    write_all();
    committing();
    connection_.commit();
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

void SharedTransaction::write_all() {
  backlog_.begin_job();
  backlog_.write();
  if (gathered_.empty() && last_.empty()) return;
  // These locks come after those of all jobs: whoever has them waits for nobody but those who
  // commit, and is worth waiting for.
  connection_.queue(Command::lift_lock_timeout);
  if (!gathered_.empty()) {
    SharedTx tx(*this);
    store::do_gathered(tx, std::exchange(gathered_, {}));
    backlog_.write();
  }
  write_last();
}

void SharedTransaction::write_last() {
  if (last_.empty()) return;
  connection_.queue(Command::order_commits);
  backlog_.begin_job();
  std::vector<Value> parameters;
  std::string_view before;
  for (const LastStatement& statement : last_) {
    parameters.clear();
    for (const KeptValue& value : statement.parameters) parameters.push_back(view(value));
    const StatementText& text = texts_.of(statement.sql);
    // Rows of one text, in a row: the numbers they draw rise in their order.
    if (statement.sql != before) backlog_.write();
    before = statement.sql;
    if (!backlog_.add(text, parameters)) connection_.run_later(text.sql(), parameters);
  }
  backlog_.write();
}

SharedTx::SharedTx(SharedTransaction& shared)
    : shared_(shared),
      gathered_before_(shared.gathered_.size()),
      last_before_(shared.last_.size()) {
  shared_.connection_.next_job();
  shared_.backlog_.begin_job();
}

template <class Do>
auto SharedTx::guarded(Do run_it) {
  if (shared_.is_broken()) throw StoreFailure("an earlier statement of this job has failed");
  try {
    if (!std::exchange(shared_.has_begun_, true)) shared_.connection_.queue(Command::begin);
    return run_it();
  } catch (...) {
    shared_.failure_ = std::current_exception();
    throw;
  }
}

const StatementText& SharedTx::text_of(std::string_view sql) {
  const StatementText& text = shared_.texts_.of(sql);
  if (text.is_reserved()) throw StoreFailure("not for jobs: " + std::string(sql));
  return text;
}

std::int64_t SharedTx::run(std::string_view sql, std::span<const Value> parameters,
                           const EachRow& each) {
  return guarded([&] { return run_now(text_of(sql), parameters, each); });
}

std::int64_t SharedTx::run_now(const StatementText& text, std::span<const Value> parameters,
                               const EachRow& each) {
  const bool is_select = text.kind() == StatementText::Kind::select;
  const bool is_watched = is_select && shared_.remembered_.is_watched(text);
  if (is_watched) {
    if (PGresult* known = shared_.remembered_.find(text, parameters)) {
      return Connection::show(known, each);
    }
  }
  shared_.backlog_.make_way_for(text, parameters);
  if (!is_select) shared_.remembered_.forget_what_changes(text);
  Connection::Answer answer = shared_.connection_.ask(text.sql(), parameters);
  if (is_watched) shared_.remembered_.keep(text, parameters, answer);
  const std::int64_t changed = Connection::show(answer.get(), each);
  if (changed > 0 || text.kind() == StatementText::Kind::other) has_sent_changes_ = true;
  return changed;
}

void SharedTx::run_later(std::string_view sql, std::span<const Value> parameters) {
  guarded([&] {
    const StatementText& text = text_of(sql);
    shared_.remembered_.forget_what_changes(text);
    if (shared_.backlog_.add(text, parameters)) return;
    shared_.backlog_.make_way_for(text, parameters);
    shared_.connection_.run_later(text.sql(), parameters);
    has_sent_changes_ = true;
  });
}

std::optional<std::int64_t> SharedTx::run_insert(std::string_view sql,
                                                 std::span<const Value> parameters) {
  return guarded([&] {
    const StatementText& text = text_of(sql);
    shared_.remembered_.forget_what_changes(text);
    std::optional<std::int64_t> id = shared_.backlog_.add_with_id(text, parameters);
    if (id) return id;
    run_now(text, parameters, [&](const Row& row) {
      id = row.integer(0);
      return false;
    });
    return id;
  });
}

Counters* SharedTx::find_counters(const CounterRow& row, std::span<const Value> key) {
  return guarded([&] {
    shared_.remembered_.forget_what_changes(shared_.texts_.of(row.write));
    return shared_.backlog_.find_counters(row, key);
  });
}

void SharedTx::run_last(std::string_view sql, std::span<const Value> parameters) {
  guarded([&] {
    text_of(sql);
    std::vector<KeptValue> kept;
    kept.reserve(parameters.size());
    for (const Value& value : parameters) kept.push_back(keep(value));
    shared_.last_.push_back({sql, std::move(kept)});
  });
}

void SharedTx::gather(Work work, Item item) {
  guarded([&] { shared_.gathered_.push_back({work, std::move(item)}); });
}

void SharedTx::foresee(std::string_view sql, std::span<const Value> parameters, Asked asked) {
  guarded([&] {
    const StatementText& text = text_of(sql);
    if (asked == Asked::alike_by_many) {
      shared_.remembered_.watch(text);
      if (shared_.remembered_.find(text, parameters) != nullptr) return;
    }
    shared_.backlog_.make_way_for(text, parameters);
    shared_.connection_.foresee(text.sql(), parameters);
  });
}

bool SharedTx::undo() {
  shared_.gathered_.resize(gathered_before_);
  shared_.last_.resize(last_before_);
  return !has_sent_changes_ && shared_.backlog_.undo_job();
}

}  // namespace geili::store::postgres
