#pragma once
// The thread that writes: group commit over a bounded queue and one connection.

#include <atomic>
#include <cstddef>
#include <span>
#include <thread>
#include <vector>

#include "store/job_queue.hpp"
#include "store/postgres/link.hpp"
#include "store/postgres/shared_transaction.hpp"
#include "store/postgres/transaction.hpp"

namespace geili::store::postgres {

class Writer {
 public:
  // `settings` and `is_reachable` (see Link) outlive it.
  Writer(const Settings& settings, std::atomic<bool>& is_reachable);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { stop(); }

  Result<void> submit(Database::Job job, Database::Done done) {
    return queue_.push(std::move(job), std::move(done));
  }
  // Finishes what was taken.
  void stop();
  Figures figures() const;  // without is_reachable; thread-safe

 private:
  using Task = JobQueue::Task;

  // How far one transaction came.
  struct Progress {
    std::size_t ran = 0;              // tasks whose jobs ended
    bool is_begun = false;            // BEGIN was queued
    bool is_committing = false;       // COMMIT was queued
    Task* newest = nullptr;           // the last task that sent something
    std::vector<LastStatement> last;  // of the tasks that are kept, in their order
    std::vector<Gathered> gathered;   // likewise
    std::size_t newest_last = 0;      // where those of `newest` begin
    std::size_t newest_gathered = 0;
  };

  void loop();
  std::size_t run_transaction(std::span<Task> tasks);
  bool run_together(Connection& connection, std::span<Task> tasks, Progress& progress);
  static bool run_together(SharedTransaction& shared, Task& task);
  bool commit_together(Connection& connection, SharedTransaction& shared, Progress& progress);
  void run_tasks(Connection& connection, std::span<Task> tasks, Progress& progress);
  bool run_task(Connection& connection, Task& task, Progress& progress);
  static void undo_newest(Connection& connection, Progress& progress,
                          const std::exception_ptr& failure);
  static void do_gathered(Connection& connection, Progress& progress);
  void commit(Connection& connection, Progress& progress);
  static void send_last(Connection& connection, const std::vector<LastStatement>& last);
  std::size_t after_loss(std::span<Task> tasks, const Progress& progress);
  std::size_t after_contention(std::span<Task> ran);
  bool may_begin_again(Task& task, int again_max);
  void answer(std::span<Task> tasks, const std::exception_ptr& broken);

  const std::size_t batch_max_;
  const OnLost on_lost_;
  std::atomic<std::uint64_t> jobs_written_ = 0;
  std::atomic<std::uint64_t> commits_ = 0;
  std::atomic<std::uint64_t> jobs_begun_again_ = 0;
  std::atomic<std::uint64_t> connections_lost_ = 0;
  std::atomic<std::uint64_t> outcomes_unknown_ = 0;
  Backlog::Texts texts_;
  int apart_for_ = 0;  // transactions to come
  Link link_;
  JobQueue queue_;
  std::thread thread_;
};

}  // namespace geili::store::postgres
