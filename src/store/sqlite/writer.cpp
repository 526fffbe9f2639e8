#include "store/sqlite/writer.hpp"

#include <algorithm>
#include <utility>

namespace geili::store::sqlite {
Writer::Writer(const std::filesystem::path& path, const Settings& settings)
    : connection_(path, Access::write),
      begin_(connection_.handle(), "BEGIN IMMEDIATE"),
      commit_(connection_.handle(), "COMMIT"),
      savepoint_(connection_.handle(), "SAVEPOINT job"),
      release_(connection_.handle(), "RELEASE job"),
      undo_(connection_.handle(), "ROLLBACK TO job"),
      data_version_(connection_.handle(), "PRAGMA data_version"),
      queue_(settings.write_queue_max),
      batch_max_(settings.batch_max) {
  sqlite3_wal_autocheckpoint(connection_.handle(), settings.checkpoint_pages);
  thread_ = std::thread(&Writer::loop, this);
}

void Writer::stop() {
  queue_.stop();
  if (thread_.joinable()) thread_.join();
}

void Writer::loop() {
  std::vector<Task> batch;
  while (queue_.take(batch_max_, batch)) {
    for (std::span<Task> left(batch); !left.empty();) left = left.subspan(run_transaction(left));
    batch.clear();
  }
}

// Runs and answers the first n tasks, all of them unless the transaction breaks under them; returns
// n.
std::size_t Writer::run_transaction(std::span<Task> tasks) {
  std::size_t ran = 0;
  std::exception_ptr broken;
  try {
    begin_.step_once();
    forget_what_others_changed();
    while (ran < tasks.size()) run_task(tasks[ran++]);
    do_gathered();
    commit();
  } catch (...) {  // also what work that was done together throws
    broken = std::current_exception();
    gathered_.clear();
    answers_.clear();
    roll_back();
    if (ran == 0) ran = tasks.size();
  }
  for (Task& task : tasks.first(ran)) {
    if (broken) task.outcome.failure = broken;
    task.job = nullptr;  // what it holds is released before the answer
    task.done(std::move(task.outcome));
  }
  return ran;
}

// A commit that failed, at its sync for example, has been rolled back here, and may all the same
// stand complete in the log: a kill before anything is written over it would bring it back.
void Writer::commit() {
  try {
    commit_.step_once();
  } catch (const StoreFailure& failure) {
    throw OutcomeUnknown(failure.what());
  }
}

// Keeps or undoes one job alone; throws when the transaction around it is lost.
void Writer::run_task(Task& task) {
  const std::size_t gathered_before = gathered_.size();
  SqliteTx tx(connection_,
              {.savepoint = &savepoint_, .gathered = &gathered_, .answers = &answers_});
  Verdict verdict = Verdict::undo;
  try {
    verdict = task.job(tx);
    if (tx.doomed()) throw StoreFailure("the job went on after a failed statement");
  } catch (...) {
    verdict = Verdict::undo;
    task.outcome.failure = std::current_exception();
  }
  if (!connection_.in_transaction()) throw StoreFailure("sqlite: the transaction was rolled back");
  if (verdict == Verdict::undo) gathered_.resize(gathered_before);
  if (!tx.savepoint_open()) return;
  if (verdict == Verdict::undo) undo_.step_once();
  release_.step_once();
}

// The works in the order in which each was first left, each with its items in theirs.
void Writer::do_gathered() {
  const std::vector<Gathered> all = std::exchange(gathered_, {});
  std::vector<Tx::Work> works;
  for (const Gathered& one : all) {
    if (std::ranges::find(works, one.work) == works.end()) works.push_back(one.work);
  }
  SqliteTx tx(connection_, {.answers = &answers_});
  for (const Tx::Work work : works) {
    std::vector<Tx::Item> items;
    for (const Gathered& one : all) {
      if (one.work == work) items.push_back(one.item);
    }
    work(tx, items);
  }
}

// The file is one process's; a person with a tool may write to it all the same.
void Writer::forget_what_others_changed() {
  std::int64_t version = 0;
  data_version_.run({}, [&](const Row& row) {
    version = row.integer(0);
    return false;
  });
  if (version != seen_version_) answers_.clear();
  seen_version_ = version;
}

void Writer::roll_back() noexcept {
  if (connection_.in_transaction()) {
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

}  // namespace geili::store::sqlite
