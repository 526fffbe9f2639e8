#pragma once
// What can be told of a statement by its text alone, so that work may be put off without anybody
// seeing it. Whatever is not understood counts as reading and changing everything.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/value.hpp"

namespace geili::store::postgres {

// "INSERT INTO t (a, b) VALUES ($1, 'x') [ON CONFLICT … DO NOTHING] [RETURNING id]": one row of
// parameters and literals.
struct RowInsert {
  static constexpr std::size_t kNoParameter = static_cast<std::size_t>(-1);
  struct Column {
    std::string name;
    std::size_t parameter = kNoParameter;  // counted from 0, where that alone is its value
  };
  std::string table;
  std::vector<Column> columns;
  std::vector<std::string_view> values;  // views into the text
  bool gives_id = false;
};

// A condition that every row of an answer fulfils: a column has the value of a parameter.
struct Filter {
  std::string column;
  std::size_t parameter = 0;  // counted from 0
};

class StatementText {
 public:
  enum class Kind : std::uint8_t { select, insert, update, erase, other };

  explicit StatementText(std::string sql);
  StatementText(const StatementText&) = delete;
  StatementText& operator=(const StatementText&) = delete;

  const std::string& sql() const { return sql_; }
  Kind kind() const { return kind_; }
  bool is_reserved() const { return is_reserved_; }
  // Whether the word, in small letters, stands anywhere in the text: a table that it does not name
  // it does not touch, beside those that constraints lead to.
  bool names(std::string_view word) const;
  // The table that it changes; "" for one that is not understood, and for a SELECT.
  std::string_view target() const { return target_; }
  // The columns that an UPDATE changes.
  const std::vector<std::string>& changed_columns() const { return changed_columns_; }
  // Whether an answer to this SELECT may be another after `change`.
  bool rests_on_what(const StatementText& change) const;
  // Whether it touches one of these columns of a table.
  bool touches(std::string_view table, std::span<const std::string> columns) const;
  // Of a SELECT from one table alone.
  std::string_view only_table() const { return only_table_; }
  const std::vector<Filter>& filters() const { return filters_; }
  const std::optional<RowInsert>& row_insert() const { return row_insert_; }

 private:
  std::string sql_;
  Kind kind_ = Kind::other;
  bool is_reserved_ = false;
  bool takes_all_columns_ = false;  // SELECT *
  std::vector<std::string> words_;  // sorted
  std::string target_;
  std::vector<std::string> changed_columns_;
  std::string only_table_;
  std::vector<Filter> filters_;
  std::optional<RowInsert> row_insert_;
};

// The same for as many rows as its parameters, arrays of these types, are long: in the order of the
// arrays. The id comes behind them where the statement gives one. A row in the way of one is a
// failure, whatever the statement says of it.
std::string insert_of_many(const RowInsert& insert, std::span<const std::string_view> types);

// What follows SELECT, with the rows locked until the end of the transaction.
std::string select_for_update(std::string_view select);

}  // namespace geili::store::postgres
