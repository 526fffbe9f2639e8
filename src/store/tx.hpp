#pragma once
// A transaction as business rules see it: synchronous, on one thread, valid inside its job only.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "store/read_mark.hpp"
#include "store/value.hpp"

namespace geili::store {

// The database refused or broke: a failed constraint that the SQL did not guard, a full disk, a
// lost connection. The job's changes are undone; the session boundary answers 503 or 500.
class StoreFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The database cannot be asked for now: it is unreachable, was cut off, or has no time. Trying
// again later may help; nothing of the job remains.
class StoreUnavailable : public StoreFailure {
 public:
  using StoreFailure::StoreFailure;
};

// The connection, or the disk, broke between a commit and its answer: whether the job was done is
// not known. Who asks again must do so with the same idempotency key.
class OutcomeUnknown : public StoreUnavailable {
 public:
  using StoreUnavailable::StoreUnavailable;
};

// Numbers of one row that many jobs of a transaction change one after the other: what is left, what
// was counted last.
struct CounterRow {
  std::string_view
      read;  // SELECT … FROM one table WHERE its key is $1…: integers, some may be null
  std::string_view write;  // UPDATE … SET …: $1… are the key, then come the numbers in their order
  int count = 0;           // of the numbers
};

// Such a row as the transaction has it. Good until the job's next statement.
class Counters {
 public:
  virtual ~Counters() = default;
  std::optional<std::int64_t> operator[](std::size_t i) const { return numbers_[i]; }
  virtual void set(std::size_t i, std::int64_t number) = 0;

 protected:
  std::vector<std::optional<std::int64_t>> numbers_;
};

// SQL keeps to the dialect that SQLite >= 3.35 and PostgreSQL >= 15 share: $1 parameters, ON
// CONFLICT, RETURNING, BIGINT for numbers, ids, times and money. Statements are prepared once per
// connection and kept by their text, so the text is a constant; a value is never spliced into it.
class Tx {
 public:
  virtual ~Tx() = default;

  // Runs a statement; `each` sees the rows one by one, until it returns false. Returns the number
  // of rows changed (0 for a SELECT). Throws StoreFailure.
  using EachRow = std::function<bool(const Row&)>;
  virtual std::int64_t run(std::string_view sql, std::span<const Value> parameters,
                           const EachRow& each) = 0;

  // Runs a change whose count nobody asks for. It may travel with a later statement of the job, or
  // with its end; the order is kept, and where it fails the job fails.
  virtual void run_later(std::string_view sql, std::span<const Value> parameters) {
    run(sql, parameters, {});
  }
  // Runs an INSERT of one row into a table whose id is an {{id}}, "INSERT INTO t (…) VALUES (…)
  // [ON CONFLICT … DO NOTHING] RETURNING id"; gives that id, none where a row was in the way. A
  // store may know the id before it writes the row, which it then does as with run_later(); where a
  // row turns out to be in the way, the job is run again.
  virtual std::optional<std::int64_t> run_insert(std::string_view sql,
                                                 std::span<const Value> parameters) {
    std::optional<std::int64_t> id;
    run(sql, parameters, [&](const Row& row) {
      id = row.integer(0);
      return false;
    });
    return id;
  }
  // The row with this key, which is the transaction's alone from now on; what is set in it is seen
  // by every statement that follows, and undone with the job. None: there is no such row, or the
  // store keeps none in memory, and the job changes it by statements of its own. `row` is a
  // constant.
  virtual Counters* find_counters(const CounterRow& /*row*/, std::span<const Value> /*key*/) {
    return nullptr;
  }
  // Runs a change right before the commit of the transaction that the job is part of. Such changes
  // of all jobs, of every process that writes to this database, are done in the order in which
  // their commits become visible: numbers they draw rise in that order. Nothing in the job sees
  // them; one that fails fails every job of the transaction.
  virtual void run_last(std::string_view sql, std::span<const Value> parameters) {
    run_later(sql, parameters);
  }
  // Work whose items, of all jobs of the transaction, may be done at once: in the order in which
  // the jobs left them, at the latest right before the commit. A store that gathers nothing does
  // each as it comes, so a job neither sees the work done nor counts on it not being done yet.
  // Where it fails at the end, it fails every job of the transaction. Items of one `work` have the
  // type that it expects.
  using Item = std::shared_ptr<const void>;
  using Work = void (*)(Tx& tx, std::span<const Item> items);
  virtual void gather(Work work, Item item) { work(*this, {&item, 1}); }

  // Says that this SELECT will be asked with these parameters, so that a store at the end of a wire
  // may answer several in one round trip. What is told is as of when it is asked: after a change it
  // is read anew. A failure is told then, too. What many jobs ask alike a store may remember, as
  // long as nothing that the answer rests on has changed.
  enum class Asked : bool { by_this_job, alike_by_many };
  virtual void foresee(std::string_view /*sql*/, std::span<const Value> /*parameters*/,
                       Asked /*asked*/) {}

  // What this job, which only reads, has read up to now; for Database::is_fresh(). None where the
  // store cannot tell what others change.
  virtual std::optional<ReadMark> read_mark() const { return std::nullopt; }

  template <class... Args>
  void later(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    run_later(sql, values);
  }
  template <class... Args>
  std::optional<std::int64_t> insert(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return run_insert(sql, values);
  }
  template <class... Args>
  Counters* counters(const CounterRow& row, const Args&... key) {
    const std::array<Value, sizeof...(Args)> values{to_value(key)...};
    return find_counters(row, values);
  }
  template <class... Args>
  void last(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    run_last(sql, values);
  }
  template <class... Args>
  void ahead(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    foresee(sql, values, Asked::by_this_job);
  }
  template <class... Args>
  void ahead_of_many(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    foresee(sql, values, Asked::alike_by_many);
  }

  // Changes rows; returns how many.
  template <class... Args>
  std::int64_t exec(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return run(sql, values, {});
  }
  // The first row, through `decode(row)`; none when there is no row.
  template <class Decode, class... Args>
  auto one(Decode&& decode, std::string_view sql, const Args&... args)
      -> std::optional<decltype(decode(std::declval<const Row&>()))> {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    std::optional<decltype(decode(std::declval<const Row&>()))> found;
    run(sql, values, [&](const Row& row) {
      found.emplace(decode(row));
      return false;
    });
    return found;
  }
  // Every row, through `visit(row)`.
  template <class Visit, class... Args>
  void each(Visit&& visit, std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    run(sql, values, [&](const Row& row) {
      visit(row);
      return true;
    });
  }
  // The first column of the first row.
  template <class... Args>
  std::optional<std::int64_t> integer(std::string_view sql, const Args&... args) {
    return one([](const Row& row) { return row.integer(0); }, sql, args...);
  }
};

}  // namespace geili::store
