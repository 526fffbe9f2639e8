#pragma once
// The store on a PostgreSQL server: one writing connection a process with group commit, a few
// reading connections, each on a thread of its own (docs/adr/0012-postgresql-beside-sqlite.md).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/secret.hpp"
#include "store/database.hpp"
#include "store/lost_transaction.hpp"
#include "store/migrations.hpp"

namespace geili::store::postgres {

struct Settings {
  // As libpq reads it: "postgresql://user@host/database" or "host=… dbname=…". Its own settings
  // overrule those below where both name one.
  Secret<std::string> url;
  int read_connections = 4;
  std::size_t write_queue_max = 20'000;
  std::size_t read_queue_max = 20'000;
  std::size_t batch_max = 256;            // jobs that share one commit
  std::size_t statements_kept_max = 500;  // prepared, for each connection
  int connect_timeout_s = 5;
  int statement_timeout_ms = 10'000;
  // Short, because the jobs of a batch keep each other's locks until the commit: what cannot be had
  // is given up, the batch committed, and the job begun again alone.
  int lock_timeout_ms = 500;
  int idle_in_transaction_timeout_ms = 30'000;
  int keepalive_idle_s = 30;  // of TCP; three lost probes, 10 s apart, end a connection
  std::string application_name = "geili";
  std::span<const Migration> migrations = store::migrations();
  OnLost on_lost = {};
};

// What the store has done since it was opened.
struct Figures {
  bool is_reachable = false;  // as it was last seen
  std::uint64_t jobs_written = 0;
  std::uint64_t commits = 0;
  std::uint64_t jobs_begun_again = 0;  // for a lock, a deadlock, a lost connection, or another job
  std::uint64_t connections_lost = 0;
  std::uint64_t outcomes_unknown = 0;  // jobs whose COMMIT was sent and never answered
};

class PostgresDatabase : public Database {
 public:
  virtual Figures figures() const = 0;  // thread-safe
};

// Connects, checks the version and migrates, one process at a time (advisory lock). Throws
// StoreFailure with a sentence for the operator: not reachable, too old, no such database, written
// by a newer program.
//
// While the server is away, jobs are answered with StoreUnavailable: at once for as long as the
// last attempt to connect is young (100 ms, doubling up to 2 s), else after one attempt of at most
// connect_timeout_s. It goes on by itself when the server is back.
std::unique_ptr<PostgresDatabase> open(const Settings& settings);

// What `geili doctor` asks of a server.
struct ServerReport {
  std::string version;          // "15.8"
  std::int64_t latency_us = 0;  // of one question and its answer
  bool is_durable = false;      // fsync and full_page_writes are on
};
// Throws StoreFailure with a sentence for the operator.
ServerReport look_at(const Settings& settings);

}  // namespace geili::store::postgres
