#pragma once
// One prepared SQLite statement: binds $1…, steps, and shows its rows.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "store/tx.hpp"

namespace geili::store::sqlite {

// `doing` says what failed; SQL text may be part of it, values never.
[[noreturn]] void throw_failure(sqlite3* connection, std::string_view doing);

class Statement {
 public:
  // Throws StoreFailure when `sql` is not exactly one statement with parameters $1 to $n.
  Statement(sqlite3* connection, std::string_view sql);

  // As Tx::run. Not re-entrant: see busy().
  std::int64_t run(std::span<const Value> parameters, const Tx::EachRow& each);
  // Without parameters and rows, for BEGIN and its like.
  void step_once();

  bool read_only() const { return read_only_; }
  // True while a run() is on the stack, which is when a row callback uses the same statement again.
  bool busy() const { return busy_; }
  std::string_view sql() const { return sql_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  void number_parameters();
  void bind(int slot, const Value& value);

  sqlite3* connection_;
  std::string sql_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::vector<std::size_t> parameter_of_slot_;  // SQLite numbers $2 before $1 when it stands first
  std::size_t parameter_count_ = 0;
  bool read_only_ = false;
  bool busy_ = false;
};

}  // namespace geili::store::sqlite
