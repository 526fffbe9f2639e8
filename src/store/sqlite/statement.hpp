#pragma once
// One prepared SQLite statement: binds $1…, steps, and shows its rows.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "store/sqlite/footprint.hpp"
#include "store/tx.hpp"

namespace geili::store::sqlite {

// `doing` says what failed; SQL text may be part of it, values never.
[[noreturn]] void throw_failure(sqlite3* connection, std::string_view doing);

// The rows of a SELECT, kept.
struct Answer {
  std::size_t columns = 0;
  std::vector<KeptValue> values;  // row by row
};
// As Tx::run shows rows.
void show(const Answer& answer, const Tx::EachRow& each);

// What an AnswerCache knows of a statement.
struct CacheMark {
  std::size_t watched = 0;    // its place among the watched ones, from 1; 0: not watched
  std::size_t known = 0;      // so many of the watched ones were compared
  std::uint64_t changes = 0;  // of them, whose answers it may change
};

class Statement {
 public:
  // Throws StoreFailure when `sql` is not exactly one statement with parameters $1 to $n.
  Statement(sqlite3* connection, std::string_view sql);

  // As Tx::run. Not re-entrant: see busy().
  std::int64_t run(std::span<const Value> parameters, const Tx::EachRow& each);
  // All rows; none when they are more than `rows_max`.
  std::optional<Answer> answer(std::span<const Value> parameters, std::size_t rows_max);
  // Without parameters and rows, for BEGIN and its like.
  void step_once();

  bool read_only() const { return read_only_; }
  // Whether all that it changes is rows, which sqlite3_total_changes64 counts.
  bool changes_rows() const { return changes_rows_; }
  // True while a run() is on the stack, which is when a row callback uses the same statement again.
  bool busy() const { return busy_ || (row_after_ != nullptr && row_after_->busy()); }
  std::string_view sql() const { return sql_; }
  // Empty unless footprints are told on its connection.
  const Footprint& footprint() const { return footprint_; }
  // The same by tables: what it reads, where it changes nothing, or what it changes.
  const TableSet& tables() const { return tables_; }
  CacheMark& cache_mark() { return cache_mark_; }
  const CacheMark& cache_mark() const { return cache_mark_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::int64_t step_all(std::span<const Value> parameters, const Tx::EachRow& each);
  void number_parameters();
  void bind_all(std::span<const Value> parameters);
  void bind(int slot, const Value& value);

  sqlite3* connection_;
  std::string sql_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::vector<std::size_t> parameter_of_slot_;  // SQLite numbers $2 before $1 when it stands first
  std::size_t parameter_count_ = 0;
  // What gives the row of a change in the place of RETURNING: a statement, or the newest id.
  std::unique_ptr<Statement> row_after_;
  bool id_after_ = false;
  Footprint footprint_;
  TableSet tables_;
  CacheMark cache_mark_;
  bool read_only_ = false;
  bool changes_rows_ = false;
  bool busy_ = false;
};

}  // namespace geili::store::sqlite
