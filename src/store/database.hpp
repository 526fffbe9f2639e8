#pragma once
// The port to a durable database. SQLite and PostgreSQL both write with group commit and keep the
// promises of contract_suite.hpp.

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
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
  // refusal). A backend may begin it again, from the start, after everything it did was rolled back
  // for the sake of others (a deadlock, a lost connection). Hence const: what it owns it keeps, and
  // what it writes to beyond the transaction (its answer) it writes anew each time.
  using Job = std::move_only_function<Verdict(Tx&) const>;
  // Called once, on a thread of the database, after the changes are durable (write) or read (read).
  // It must not block: post to your own executor.
  using Done = std::move_only_function<void(Outcome)>;

  virtual ~Database() = default;

  // Changes: jobs run one after another in the order given, each kept or undone alone; several
  // share a commit. A full queue (limit: see the backend) answers with fail kStoreBusy and does not
  // take the job.
  virtual Result<void> submit_write(Job job, Done done) = 0;
  // Reads of one consistent snapshot that includes every write answered before the call.
  virtual Result<void> submit_read(Job job, Done done) = 0;

  // Whether what a read rested on (Tx::read_mark) is still so: no write that touched it has been
  // answered since. Never waits. A store that others write to as well says no.
  virtual bool is_fresh(const ReadMark& /*mark*/) const { return false; }
};

inline Error store_busy() {
  return Error::make(ErrorKind::unavailable, "store-busy",
                     "The database queue is full; try again.");
}

inline Error store_unavailable() {
  return Error::make(ErrorKind::unavailable, "store-unavailable",
                     "The database cannot be reached; try again.");
}
inline Error outcome_unknown() {
  return Error::make(
      ErrorKind::unavailable, "store-outcome-unknown",
      "The database broke off before it answered: this may or may not have been done. "
      "Try again with the same Idempotency-Key.");
}

// How store/await.hpp and store/database_wait.hpp tell a failure: an Error for a database that is
// away, as trying again may help; none for the rest, which is thrown.
inline std::optional<Error> as_error(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const OutcomeUnknown&) {
    return outcome_unknown();
  } catch (const StoreUnavailable&) {
    return store_unavailable();
  } catch (...) {
    return std::nullopt;
  }
}

// For programs and tests without an event loop: waits for the answer. `job(Tx&)` returns Result<T>
// and is const, as Database::Job. Throws what the job or the database threw. Never call it on a
// thread of the database or on an io thread.
template <class Job>
auto write_and_wait(Database& database, Job job) -> std::invoke_result_t<const Job&, Tx&>;
template <class Job>
auto read_and_wait(Database& database, Job job) -> std::invoke_result_t<const Job&, Tx&>;

}  // namespace geili::store

#include "store/database_wait.hpp"  // IWYU pragma: keep
