#pragma once
// One connection to the server, used by one thread at a time. It is always in libpq's pipeline mode
// (PostgreSQL 15, chapter 34.5): what needs no answer at once travels with what does.

#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <libpq-fe.h>

#include "store/postgres/failure.hpp"
#include "store/postgres/postgres.hpp"
#include "store/postgres/values.hpp"

namespace geili::store::postgres {

// What is said around jobs, prepared with the connection.
enum class Command : std::uint8_t {
  begin,
  begin_snapshot,
  savepoint,
  undo,
  release,
  lift_lock_timeout,
  order_commits,
  commit,
  roll_back
};

// A statement failed that an earlier job of the transaction had left for later. Since then the
// server has passed over everything, also what the present job sent.
class EarlierJobFailed : public StoreFailure {
 public:
  explicit EarlierJobFailed(std::exception_ptr failure)
      : StoreFailure("a statement of an earlier job has failed"), failure_(std::move(failure)) {}
  const std::exception_ptr& failure() const { return failure_; }

 private:
  std::exception_ptr failure_;
};

class Connection {
 public:
  // Throws StoreUnavailable when the server cannot be reached, StoreFailure when it is too old or
  // the address cannot be read.
  explicit Connection(const Settings& settings);

  // To be sent before the next statement; its answer is awaited with that statement's.
  void queue(Command command);
  // As Tx::run; one round trip, two when the text is new to this connection. All rows of the answer
  // are in memory while `each` sees them. Throws what failure_of() makes of a refusal, and
  // ConnectionLost, also when a queued command was refused.
  std::int64_t run(std::string_view sql, std::span<const Value> parameters,
                   const Tx::EachRow& each);
  // As Tx::run_later: sent with what follows; its failure is thrown there, as EarlierJobFailed when
  // another job has begun meanwhile.
  void run_later(std::string_view sql, std::span<const Value> parameters);
  // run() in two steps, for an answer that is kept.
  using Answer = std::shared_ptr<PGresult>;
  Answer ask(std::string_view sql, std::span<const Value> parameters);
  static std::int64_t show(PGresult* answer, const Tx::EachRow& each);
  // Of the statement's parameters. One round trip when the text is new to this connection.
  std::vector<Oid> types_of(std::string_view sql) { return prepare(sql).types; }
  // As Tx::foresee.
  void foresee(std::string_view sql, std::span<const Value> parameters);
  // What follows belongs to another job.
  void next_job() {
    ++job_;
    foreseen_.clear();
  }
  // Sends what is queued and waits for every answer; throws as run().
  void finish();
  // Sends what is queued; the answers are read by whoever waits next.
  void send();
  // Ends the transaction with COMMIT. Throws ConnectionLost when it was not answered with success,
  // and StoreFailure when it was answered with a rollback.
  void commit();

  // Then the owner makes another connection.
  bool is_lost() const { return is_lost_; }
  int server_version() const { return PQserverVersion(connection_.get()); }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using ResultPtr = std::unique_ptr<PGresult, Clear>;

  struct Prepared {
    std::string sql;
    std::string name;
    std::vector<Oid> types;  // of its parameters
  };
  // A question that will be asked, and its answer once that is there.
  struct Foreseen {
    std::string_view statement;  // its name
    std::string values;
    ResultPtr result;
  };
  enum class Kind : std::uint8_t { command, prepare, describe, statement, sync };
  struct Pending {
    Kind kind;
    std::string_view sql;  // for messages; outlives the exchange
    std::uint64_t job;
    std::shared_ptr<Foreseen> foreseen;  // whose answer it is
  };

  void set_up(const Settings& settings);
  void say(const std::string& sql);
  const Prepared& prepare(std::string_view sql);
  void forget_oldest();
  void expect(int sent, Kind kind, std::string_view sql);
  void send_prepared(const Prepared& statement);
  ResultPtr take_foreseen(const Prepared& statement);
  ResultPtr exchange();
  ResultPtr answer_to(const Pending& pending, std::exception_ptr& failure);
  ResultPtr next_result();
  void wait_for_server(bool has_unsent);
  [[noreturn]] void lose(const std::string& why);

  std::unique_ptr<PGconn, Finish> connection_;
  std::chrono::milliseconds answer_timeout_;
  std::size_t statements_kept_max_;
  std::deque<Pending> pending_;
  Parameters parameters_;
  std::list<Prepared> by_age_;  // the one used last comes first
  std::unordered_map<std::string_view, std::list<Prepared>::iterator> by_text_;
  std::vector<std::shared_ptr<Foreseen>> foreseen_;
  std::size_t unanswered_bytes_ = 0;  // of the parameters that were sent since
  std::uint64_t job_ = 0;
  std::uint64_t statements_made_ = 0;
  bool is_lost_ = false;
};

}  // namespace geili::store::postgres
