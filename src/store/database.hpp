#pragma once
// The port to a durable database. SQLite is one writer with group commit, PostgreSQL a pool; both
// keep the promises of contract_suite.hpp.

#include <cstddef>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::store {

// How a job ended: its own Result is kept by the caller's closure; `failure` is set when the world
// broke (then nothing the job did remains).
struct Outcome {
  std::exception_ptr failure;
};

enum class Verdict : bool { keep, undo };

// Thread-safe. The object outlives every job handed to it; its destructor finishes what was taken.
class Database {
 public:
  // Runs on a thread of the database. Returns undo to roll its own changes back (a business
  // refusal).
  using Job = std::move_only_function<Verdict(Tx&)>;
  // Called once, on a thread of the database, after the changes are durable (write) or read (read).
  // It must not block: post to your own executor.
  using Done = std::move_only_function<void(Outcome)>;

  virtual ~Database() = default;

  // Changes: jobs run one after another in the order given, each alone in its savepoint; several
  // share a commit. A full queue (limit: see the backend) answers with fail kStoreBusy and does not
  // take the job.
  virtual Result<void> submit_write(Job job, Done done) = 0;
  // Reads of one consistent snapshot that includes every write answered before the call.
  virtual Result<void> submit_read(Job job, Done done) = 0;
};

inline Error store_busy() {
  return Error::make(ErrorKind::unavailable, "store-busy",
                     "The database queue is full; try again.");
}

// For programs and tests without an event loop: waits for the answer. `job(Tx&)` returns Result<T>.
// Throws what the job or the database threw. Never call it on a thread of the database or on an io
// thread.
template <class Job>
auto write_and_wait(Database& database, Job job) -> std::invoke_result_t<Job&, Tx&>;
template <class Job>
auto read_and_wait(Database& database, Job job) -> std::invoke_result_t<Job&, Tx&>;

}  // namespace geili::store

#include "store/database_wait.hpp"  // IWYU pragma: keep
