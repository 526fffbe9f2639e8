#include "store/sqlite/writer.hpp"

#include <algorithm>
#include <utility>

namespace geili::store::sqlite {
namespace {

// Where one job was undone, more will be: a rush that ends, a basket that lacks one thing. So many
// transactions take savepoints then, and jobs are not begun again for each.
constexpr int kSavepointsFor = 64;

}  // namespace

Writer::Writer(const std::filesystem::path& path, const Settings& settings, Changes& changes)
    : connection_(path, Access::write),
      begin_(connection_.handle(), "BEGIN IMMEDIATE"),
      commit_(connection_.handle(), "COMMIT"),
      savepoint_(connection_.handle(), "SAVEPOINT job"),
      release_(connection_.handle(), "RELEASE job"),
      undo_(connection_.handle(), "ROLLBACK TO job"),
      data_version_(connection_.handle(), "PRAGMA data_version"),
      changes_(changes),
      queue_(settings.write_queue_max),
      batch_max_(settings.batch_max),
      on_lost_(settings.on_lost) {
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
    const bool is_kept = savepoints_for_ == 0 && run_without_savepoints(tasks, ran);
    if (!is_kept) run_with_savepoints(tasks, ran);
    do_gathered();
    commit();
  } catch (...) {  // also what work that was done together throws
    broken = std::current_exception();
    roll_back();
    if (ran == 0) ran = tasks.size();
    tell_lost(on_lost_, broken, ran);
  }
  // Also after a commit that failed: it may stand all the same.
  changes_.committed(std::exchange(changed_, {}));
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

void Writer::begin() {
  begin_.step_once();
  forget_what_others_changed();
}

// Savepoints copy each page that a job changes, and nearly every job keeps what it changed. False,
// and the transaction is gone, when one is to be undone that changed something.
bool Writer::run_without_savepoints(std::span<Task> tasks, std::size_t& ran) {
  begin();
  while (ran < tasks.size()) {
    SqliteTx tx(connection_, {.may_be_undone = true,
                              .gathered = &gathered_,
                              .answers = &answers_,
                              .changed = &changed_});
    if (run_task(tasks[ran++], tx) == Verdict::keep || !tx.left_changes()) continue;
    roll_back();
    for (Task& task : tasks.first(ran)) task.outcome = {};
    ran = 0;
    savepoints_for_ = kSavepointsFor;
    return false;
  }
  return true;
}

void Writer::run_with_savepoints(std::span<Task> tasks, std::size_t& ran) {
  if (savepoints_for_ > 0) --savepoints_for_;
  begin();
  while (ran < tasks.size()) {
    SqliteTx tx(connection_, {.may_be_undone = true,
                              .savepoint = &savepoint_,
                              .gathered = &gathered_,
                              .answers = &answers_,
                              .changed = &changed_});
    const Verdict verdict = run_task(tasks[ran++], tx);
    if (!tx.changed()) continue;
    if (verdict == Verdict::undo) undo_.step_once();
    release_.step_once();
  }
}

// What the job left to be done together goes with it; throws when the transaction around it is
// lost.
Verdict Writer::run_task(Task& task, SqliteTx& tx) {
  const std::size_t gathered_before = gathered_.size();
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
  return verdict;
}

void Writer::do_gathered() {
  SqliteTx tx(connection_, {.answers = &answers_, .changed = &changed_});
  store::do_gathered(tx, std::exchange(gathered_, {}));
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

// With it goes what was left for its end, and what was seen in it.
void Writer::roll_back() noexcept {
  gathered_.clear();
  answers_.clear();
  if (connection_.in_transaction()) {
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

}  // namespace geili::store::sqlite
