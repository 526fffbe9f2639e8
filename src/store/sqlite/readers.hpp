#pragma once
// The threads that read, each on its own connection and one snapshot a job.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "store/job_queue.hpp"
#include "store/sqlite/changes.hpp"
#include "store/sqlite/connection.hpp"

namespace geili::store::sqlite {

class Readers {
 public:
  // `changes` outlives the readers.
  Readers(const std::filesystem::path& path, int threads, std::size_t queue_max,
          const Changes& changes);
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;
  ~Readers() { stop(); }

  Result<void> submit(Database::Job job, Database::Done done) {
    return queue_.push(std::move(job), std::move(done));
  }
  // Finishes what was taken.
  void stop();

 private:
  void loop(Connection& connection);

  const Changes& changes_;
  JobQueue queue_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace geili::store::sqlite
