#pragma once
// The threads that read, each on its own connection and one snapshot a job.

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "store/job_queue.hpp"
#include "store/postgres/link.hpp"

namespace geili::store::postgres {

class Readers {
 public:
  // `settings` and `is_reachable` (see Link) outlive it.
  Readers(const Settings& settings, std::atomic<bool>& is_reachable);
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;
  ~Readers() { stop(); }

  Result<void> submit(Database::Job job, Database::Done done) {
    return queue_.push(std::move(job), std::move(done));
  }
  // Finishes what was taken.
  void stop();

 private:
  void loop(Link& link);

  JobQueue queue_;
  std::vector<std::unique_ptr<Link>> links_;
  std::vector<std::thread> threads_;
};

}  // namespace geili::store::postgres
