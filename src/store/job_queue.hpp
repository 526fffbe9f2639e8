#pragma once
// The bounded queue between those who hand in jobs and the threads of a backend.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "store/database.hpp"

namespace geili::store {

// Thread-safe.
class JobQueue {
 public:
  struct Task {
    Database::Job job;
    Database::Done done;
    Outcome outcome;
    int begun_before = 0;  // for a backend that begins jobs again
  };

  explicit JobQueue(std::size_t limit) : limit_(limit) {}

  // Fails with store_busy() when the queue is full and with code store-stopping after stop().
  Result<void> push(Database::Job job, Database::Done done);
  // Waits for work and moves up to `max` tasks into the empty `batch`; false once stopped and
  // drained.
  bool take(std::size_t max, std::vector<Task>& batch);
  void stop();

 private:
  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable work_or_stop_;
  std::deque<Task> tasks_;
  std::size_t waiting_ = 0;
  bool stopping_ = false;
};

}  // namespace geili::store
