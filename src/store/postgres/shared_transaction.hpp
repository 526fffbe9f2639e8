#pragma once
// A transaction that the jobs of a batch share without savepoints between them, and a job's view of
// it. It costs a job next to nothing, and goes wrong as a whole: then its jobs are run again, each
// by itself (transaction.hpp).

#include <exception>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "store/gathered.hpp"
#include "store/postgres/backlog.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/transaction.hpp"

namespace geili::store::postgres {

// Answers that many jobs of the transaction ask alike, as long as no job has changed what they rest
// on. What another process changes meanwhile may be missing: all jobs of the transaction were
// handed in before it began, so to each of them that is as if it had come a moment earlier.
class Remembered {
 public:
  void watch(const StatementText& select);
  bool is_watched(const StatementText& select) const;
  // Null when it is not known.
  PGresult* find(const StatementText& select, std::span<const Value> parameters) const;
  void keep(const StatementText& select, std::span<const Value> parameters,
            Connection::Answer answer);
  void forget_what_changes(const StatementText& change);

 private:
  struct Known {
    const StatementText* select;
    std::vector<KeptValue> parameters;
    Connection::Answer answer;
  };
  std::vector<const StatementText*> watched_;
  std::vector<Known> known_;
};

class SharedTransaction {
 public:
  // At most so many jobs. `texts` outlives it.
  SharedTransaction(Connection& connection, Backlog::Texts& texts, std::size_t jobs)
      : connection_(connection), texts_(texts), backlog_(connection, texts, jobs) {}

  bool has_begun() const { return has_begun_; }
  // A statement failed: nothing but a rollback can follow.
  bool is_broken() const { return failure_ != nullptr; }
  const std::exception_ptr& failure() const { return failure_; }
  // Everything that is left of the jobs, and then COMMIT; `committing` is called right before that
  // is sent. Throws what a statement does.
  void commit(const std::function<void()>& committing);

 private:
  friend class SharedTx;

  void write_all();
  void write_last();

  Connection& connection_;
  Backlog::Texts& texts_;
  Backlog backlog_;
  Remembered remembered_;
  std::vector<Gathered> gathered_;
  std::vector<LastStatement> last_;
  bool has_begun_ = false;
  std::exception_ptr failure_;
};

class SharedTx final : public Tx {
 public:
  explicit SharedTx(SharedTransaction& shared);

  std::int64_t run(std::string_view sql, std::span<const Value> parameters,
                   const EachRow& each) override;
  void run_later(std::string_view sql, std::span<const Value> parameters) override;
  std::optional<std::int64_t> run_insert(std::string_view sql,
                                         std::span<const Value> parameters) override;
  Counters* find_counters(const CounterRow& row, std::span<const Value> key) override;
  void run_last(std::string_view sql, std::span<const Value> parameters) override;
  void gather(Work work, Item item) override;
  void foresee(std::string_view sql, std::span<const Value> parameters, Asked asked) override;

  // Takes back what the job did, as far as it is in memory; false where that is not all.
  bool undo();

 private:
  template <class Do>
  auto guarded(Do run_it);
  const StatementText& text_of(std::string_view sql);
  std::int64_t run_now(const StatementText& text, std::span<const Value> parameters,
                       const EachRow& each);

  SharedTransaction& shared_;
  std::size_t gathered_before_;
  std::size_t last_before_;
  bool has_sent_changes_ = false;
};

}  // namespace geili::store::postgres
