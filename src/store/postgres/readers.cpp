#include "store/postgres/readers.hpp"

#include "store/postgres/transaction.hpp"

namespace geili::store::postgres {
namespace {

// The snapshot is taken by the first statement, after everything that was answered before. The end
// of the transaction is sent and not waited for: the next job reads the answer.
void run_job(Connection& connection, JobQueue::Task& task) {
  PostgresTx tx(connection, {.before_first = [&] { connection.queue(Command::begin_snapshot); },
                             .undo_earlier = {}});
  task.outcome.failure = nullptr;
  try {
    task.job(tx);
    if (tx.is_doomed()) throw StoreFailure("the job went on after a failed statement");
  } catch (...) {
    task.outcome.failure = std::current_exception();
  }
  tx.rethrow_loss();
  if (!tx.has_begun()) return;
  connection.queue(Command::roll_back);
  connection.send();
}

// A connection that was cut while it was idle shows only when it is used: the job is begun again
// once.
void run_task(Link& link, JobQueue::Task& task) {
  for (int left = 1;; --left) {
    try {
      run_job(link.get(), task);
      return link.note_success();
    } catch (const ConnectionLost&) {
      link.drop();
      task.outcome.failure = std::current_exception();
      if (left == 0) return;
    } catch (const StoreUnavailable&) {
      task.outcome.failure = std::current_exception();
      return;
    }
  }
}

}  // namespace

Readers::Readers(const Settings& settings, std::atomic<bool>& is_reachable)
    : queue_(settings.read_queue_max) {
  for (int i = 0; i < settings.read_connections; ++i) {
    links_.push_back(std::make_unique<Link>(settings, is_reachable));
  }
  for (const auto& link : links_) {
    threads_.emplace_back([this, &link = *link] { loop(link); });
  }
}

void Readers::stop() {
  queue_.stop();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Readers::loop(Link& link) {
  std::vector<JobQueue::Task> batch;
  while (queue_.take(1, batch)) {
    JobQueue::Task& task = batch.front();
    run_task(link, task);
    task.job = nullptr;
    task.done(std::move(task.outcome));
    batch.clear();
  }
}

}  // namespace geili::store::postgres
