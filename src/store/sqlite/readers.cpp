#include "store/sqlite/readers.hpp"

namespace geili::store::sqlite {
namespace {

// BEGIN takes no snapshot yet; the first SELECT does, after everything that was answered before.
void run_task(Connection& connection, Statement& begin, Statement& end, const Changes& changes,
              JobQueue::Task& task) {
  ReadMark mark{.commit = changes.commits(), .tables = {}};
  try {
    begin.step_once();
    SqliteTx tx(connection, {.mark = &mark});
    task.job(tx);
    if (tx.doomed()) throw StoreFailure("the job went on after a failed statement");
  } catch (...) {
    task.outcome.failure = std::current_exception();
  }
  try {
    if (connection.in_transaction()) end.step_once();
  } catch (const StoreFailure&) {
    if (!task.outcome.failure) task.outcome.failure = std::current_exception();
  }
}

}  // namespace

Readers::Readers(const std::filesystem::path& path, int threads, std::size_t queue_max,
                 const Changes& changes)
    : changes_(changes), queue_(queue_max) {
  for (int i = 0; i < threads; ++i) {
    connections_.push_back(std::make_unique<Connection>(path, Access::read));
  }
  for (const auto& connection : connections_) {
    threads_.emplace_back([this, &connection = *connection] { loop(connection); });
  }
}

void Readers::stop() {
  queue_.stop();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Readers::loop(Connection& connection) {
  Statement begin(connection.handle(), "BEGIN");
  Statement end(connection.handle(), "ROLLBACK");
  std::vector<JobQueue::Task> batch;
  while (queue_.take(1, batch)) {
    JobQueue::Task& task = batch.front();
    run_task(connection, begin, end, changes_, task);
    task.job = nullptr;
    task.done(std::move(task.outcome));
    batch.clear();
  }
}

}  // namespace geili::store::sqlite
