#include "store/postgres/writer.hpp"

#include <algorithm>
#include <iterator>

namespace geili::store::postgres {
namespace {

constexpr int kAgainForLockMax = 9;
constexpr int kAgainForLossMax = 1;

// Where one job had to be undone, more will be: then so many transactions keep their jobs apart.
constexpr int kApartFor = 8;

bool is_contention(const std::exception_ptr& failure) {
  if (!failure) return false;
  try {
    std::rethrow_exception(failure);
  } catch (const Contended&) {
    return true;
  } catch (const EarlierJobFailed& earlier) {
    return is_contention(earlier.failure());
  } catch (...) {
    return false;
  }
}

void roll_back(Connection& connection) {
  connection.queue(Command::roll_back);
  connection.finish();
}

}  // namespace

Writer::Writer(const Settings& settings, std::atomic<bool>& is_reachable)
    : batch_max_(settings.batch_max),
      on_lost_(settings.on_lost),
      link_(settings, is_reachable),
      queue_(settings.write_queue_max) {
  thread_ = std::thread(&Writer::loop, this);
}

void Writer::stop() {
  queue_.stop();
  if (thread_.joinable()) thread_.join();
}

Figures Writer::figures() const {
  return {.jobs_written = jobs_written_,
          .commits = commits_,
          .jobs_begun_again = jobs_begun_again_,
          .connections_lost = connections_lost_,
          .outcomes_unknown = outcomes_unknown_};
}

void Writer::loop() {
  std::vector<Task> batch;
  while (queue_.take(batch_max_, batch)) {
    for (std::span<Task> left(batch); !left.empty();) left = left.subspan(run_transaction(left));
    batch.clear();
  }
}

// Runs and answers the first n tasks and returns n; those that have to be begun again are left, and
// come first in the next transaction, alone.
std::size_t Writer::run_transaction(std::span<Task> tasks) {
  if (tasks.front().begun_before > 0) tasks = tasks.first(1);
  Progress progress;
  try {
    Connection& connection = link_.get();
    const bool may_share = tasks.front().begun_before == 0 && apart_for_ == 0;
    if (!may_share || !run_together(connection, tasks, progress)) {
      apart_for_ = std::max(apart_for_ - 1, 0);
      run_tasks(connection, tasks, progress);
    }
    link_.note_success();
    answer(tasks.first(progress.ran), {});
    return progress.ran;
  } catch (const ConnectionLost&) {
    link_.drop();
    ++connections_lost_;
    return after_loss(tasks, progress);
  } catch (const Contended&) {
    return after_contention(tasks.first(progress.ran));
  } catch (const StoreUnavailable&) {
    // Not even begun. All that waited this long are told, so that nobody waits for a dead server.
    answer(tasks, std::current_exception());
    return tasks.size();
  } catch (const StoreFailure&) {
    answer(tasks.first(progress.ran), std::current_exception());  // COMMIT ended in a rollback
    return progress.ran;
  }
}

// Each job sees what those before it did, and costs no savepoint. False: something went wrong, and
// nothing is left of any of them.
bool Writer::run_together(Connection& connection, std::span<Task> tasks, Progress& progress) {
  texts_.tidy();
  SharedTransaction shared(connection, texts_, tasks.size());
  bool is_good = true;
  for (Task& task : tasks) {
    if (progress.ran > 0 && task.begun_before > 0) break;
    is_good = run_together(shared, task);
    if (connection.is_lost()) std::rethrow_exception(shared.failure());
    if (!is_good) break;
    ++progress.ran;
  }
  if (!shared.has_begun()) return is_good;
  if (is_good && commit_together(connection, shared, progress)) return true;
  if (!is_good) roll_back(connection);
  if (!is_good && progress.ran == 0 && !shared.is_broken()) {  // it alone is undone
    progress.ran = 1;
    return true;
  }
  if (!is_contention(shared.failure())) apart_for_ = kApartFor;
  jobs_begun_again_ += progress.ran + (is_good ? 0 : 1);
  for (Task& task : tasks) task.outcome = {};
  progress = {};
  return false;
}

// False: what it did cannot stay, and cannot be undone alone.
bool Writer::run_together(SharedTransaction& shared, Task& task) {
  SharedTx tx(shared);
  Verdict verdict = Verdict::undo;
  try {
    verdict = task.job(tx);
  } catch (...) {
    task.outcome.failure = std::current_exception();
  }
  if (shared.is_broken()) return false;
  return verdict == Verdict::keep || tx.undo();
}

// False: it was rolled back.
bool Writer::commit_together(Connection& connection, SharedTransaction& shared,
                             Progress& progress) {
  try {
    shared.commit([&] { progress.is_committing = true; });
  } catch (const ConnectionLost&) {
    throw;
  } catch (const std::exception&) {
    roll_back(connection);
    return false;
  }
  ++commits_;
  return true;
}

// Stops before a task that has to be begun again. Commits, unless that is the first.
void Writer::run_tasks(Connection& connection, std::span<Task> tasks, Progress& progress) {
  for (Task& task : tasks) {
    if (progress.ran > 0 && task.begun_before > 0) break;
    if (!run_task(connection, task, progress)) break;
    ++progress.ran;
  }
  if (!progress.is_begun) return;
  if (progress.ran == 0) {
    roll_back(connection);
    return;
  }
  try {
    do_gathered(connection, progress);
  } catch (const ConnectionLost&) {
    throw;
  } catch (const std::exception&) {
    roll_back(connection);
    throw;
  }
  commit(connection, progress);
}

// Its locks come after those of all jobs and before the one that orders commits: whoever has them
// waits for nobody but those who commit, and is worth waiting for.
void Writer::do_gathered(Connection& connection, Progress& progress) {
  if (progress.gathered.empty()) return;
  connection.next_job();
  try {
    connection.finish();
  } catch (const EarlierJobFailed& earlier) {
    undo_newest(connection, progress, earlier.failure());
  }
  connection.queue(Command::lift_lock_timeout);
  PostgresTx tx(
      connection,
      {.before_first = [] {},
       .undo_earlier = [](const std::exception_ptr& failure) { std::rethrow_exception(failure); }});
  store::do_gathered(tx, progress.gathered);
  std::ranges::move(tx.take_last(), std::back_inserter(progress.last));
  connection.finish();
}

void Writer::commit(Connection& connection, Progress& progress) {
  connection.next_job();
  progress.is_committing = true;
  try {
    try {
      send_last(connection, progress.last);
      connection.commit();
    } catch (const EarlierJobFailed& earlier) {
      undo_newest(connection, progress, earlier.failure());  // the server has passed over COMMIT
      send_last(connection, progress.last);
      connection.commit();
    }
  } catch (const ConnectionLost&) {
    throw;
  } catch (const StoreFailure&) {
    roll_back(connection);
    throw;
  }
  ++commits_;
}

// Whoever holds the lock waits for nothing but its own commit: no circle of locks goes through it,
// and it is worth waiting for.
void Writer::send_last(Connection& connection, const std::vector<LastStatement>& last) {
  if (last.empty()) return;
  connection.queue(Command::lift_lock_timeout);
  connection.queue(Command::order_commits);
  std::vector<Value> parameters;
  for (const LastStatement& statement : last) {
    parameters.clear();
    for (const KeptValue& value : statement.parameters) parameters.push_back(view(value));
    connection.run_later(statement.sql, parameters);
  }
}

// Its statements that were left for later have failed: its savepoint is still open.
void Writer::undo_newest(Connection& connection, Progress& progress,
                         const std::exception_ptr& failure) {
  progress.newest->outcome.failure = failure;
  progress.last.resize(progress.newest_last);
  progress.gathered.resize(progress.newest_gathered);
  connection.queue(Command::undo);
  connection.queue(Command::release);
}

// Keeps or undoes one job alone. False when it is undone and has to be begun again. Throws when the
// transaction around it is lost.
bool Writer::run_task(Connection& connection, Task& task, Progress& progress) {
  std::vector<Gathered> gathered;
  PostgresTx tx(connection, {.before_first =
                                 [&] {
                                   if (!std::exchange(progress.is_begun, true))
                                     connection.queue(Command::begin);
                                   connection.queue(Command::savepoint);
                                 },
                             .undo_earlier =
                                 [&](const std::exception_ptr& failure) {
                                   undo_newest(connection, progress, failure);
                                 },
                             .gathered = &gathered});
  Verdict verdict = Verdict::undo;
  task.outcome.failure = nullptr;
  try {
    verdict = task.job(tx);
    if (tx.is_doomed()) throw StoreFailure("the job went on after a failed statement");
  } catch (...) {
    verdict = Verdict::undo;
    task.outcome.failure = std::current_exception();
  }
  tx.rethrow_loss();
  if (!tx.has_begun()) return true;
  progress.newest = &task;
  progress.newest_last = progress.last.size();
  progress.newest_gathered = progress.gathered.size();
  if (verdict == Verdict::undo) {
    connection.queue(Command::undo);
  } else {
    std::ranges::move(tx.take_last(), std::back_inserter(progress.last));
    std::ranges::move(gathered, std::back_inserter(progress.gathered));
  }
  connection.queue(Command::release);
  return !tx.is_contended() || !may_begin_again(task, kAgainForLockMax);
}

bool Writer::may_begin_again(Task& task, int again_max) {
  if (task.begun_before >= again_max) return false;
  ++task.begun_before;
  ++jobs_begun_again_;
  return true;
}

// Before the COMMIT was sent nothing of the transaction remains: the jobs that ran are begun again
// once, each alone, so that one that ends its connections takes no other with it. After it nobody
// knows.
std::size_t Writer::after_loss(std::span<Task> tasks, const Progress& progress) {
  const std::exception_ptr lost = std::current_exception();
  const std::span<Task> touched = tasks.first(std::min(progress.ran + 1, tasks.size()));
  if (!progress.is_committing) {
    if (may_begin_again(touched.front(), kAgainForLossMax)) {
      for (Task& task : touched.subspan(1)) (void)may_begin_again(task, kAgainForLossMax);
      return 0;
    }
    answer(touched, lost);
    return touched.size();
  }
  outcomes_unknown_ += progress.ran;
  answer(tasks.first(progress.ran),
         std::make_exception_ptr(OutcomeUnknown(
             "The connection to PostgreSQL was lost while it committed: whether this was done is "
             "not known.")));
  return progress.ran;
}

// The transaction was rolled back for what its jobs had left to be done together: they are begun
// again, each alone.
std::size_t Writer::after_contention(std::span<Task> ran) {
  const std::exception_ptr contended = std::current_exception();
  if (may_begin_again(ran.front(), kAgainForLockMax)) {
    for (Task& task : ran.subspan(1)) (void)may_begin_again(task, kAgainForLockMax);
    return 0;
  }
  answer(ran, contended);
  return ran.size();
}

void Writer::answer(std::span<Task> tasks, const std::exception_ptr& broken) {
  if (broken) {
    tell_lost(on_lost_, broken, tasks.size());
  } else {
    jobs_written_ += tasks.size();
  }
  for (Task& task : tasks) {
    if (broken) task.outcome.failure = broken;
    task.job = nullptr;  // what it holds is released before the answer
    task.done(std::move(task.outcome));
  }
}

}  // namespace geili::store::postgres
