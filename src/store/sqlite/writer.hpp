#pragma once
// The one thread that changes the file: group commit over a bounded queue.

#include <cstddef>
#include <filesystem>
#include <span>
#include <thread>
#include <vector>

#include "store/job_queue.hpp"
#include "store/sqlite/changes.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/sqlite.hpp"

namespace geili::store::sqlite {

class Writer {
 public:
  // `changes` outlives the writer.
  Writer(const std::filesystem::path& path, const Settings& settings, Changes& changes);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { stop(); }

  Result<void> submit(Database::Job job, Database::Done done) {
    return queue_.push(std::move(job), std::move(done));
  }
  // Finishes what was taken.
  void stop();

 private:
  using Task = JobQueue::Task;

  void loop();
  std::size_t run_transaction(std::span<Task> tasks);
  void begin();
  bool run_without_savepoints(std::span<Task> tasks, std::size_t& ran);
  void run_with_savepoints(std::span<Task> tasks, std::size_t& ran);
  Verdict run_task(Task& task, SqliteTx& tx);
  void do_gathered();
  void commit();
  void forget_what_others_changed();
  void roll_back() noexcept;

  Connection connection_;
  Statement begin_;
  Statement commit_;
  Statement savepoint_;
  Statement release_;
  Statement undo_;
  Statement data_version_;
  AnswerCache answers_;
  Changes& changes_;
  TableSet changed_;  // in this transaction
  std::int64_t seen_version_ = 0;
  std::vector<Gathered> gathered_;  // of the jobs of this transaction that are kept
  int savepoints_for_ = 0;          // transactions to come
  JobQueue queue_;
  const std::size_t batch_max_;
  const OnLost on_lost_;
  std::thread thread_;
};

}  // namespace geili::store::sqlite
