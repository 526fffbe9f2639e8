#pragma once
// Every row of a store, whichever database it is in, to be carried into another.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "store/migrations.hpp"
#include "store/tx.hpp"

namespace geili::store {

// Where the databases differ in telling of themselves.
struct Catalogue {
  // table, column, kind ('integer', 'text' or 'bytes'), and its place in the primary key (0: none)
  // of each column of all tables, in order.
  std::string_view columns;
  // The last id that table $1 has handed out, 0 for none.
  std::string_view last_id;
  // Makes $2 the last id that table $1 has handed out.
  std::span<const std::string_view> set_last_id;
};
extern const Catalogue kSqliteCatalogue;
extern const Catalogue kPostgresCatalogue;

enum class Kind : std::uint8_t { integer, text, bytes };

struct Column {
  std::string name;
  Kind kind;
};
struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> key;  // of the primary key, in its order
  bool has_ids = false;          // ids that the store hands out
};

// One value that outlives its row.
using Held = KeptValue;

// The tables of `steps`, those before that others refer to.
std::vector<Table> tables_of(Tx& tx, const Catalogue& catalogue, std::span<const Migration> steps);

// Each row of the table in the order of its key, some hundred at a time, as values of its columns.
void each_row(Tx& tx, const Table& table, const std::function<void(std::vector<Held>&&)>& visit);

// The values are of the kinds of the columns. Throws StoreFailure for what the table does not take.
void insert_row(Tx& tx, const Table& table, std::span<const Held> row);

std::int64_t last_id(Tx& tx, const Catalogue& catalogue, const Table& table);
void set_last_id(Tx& tx, const Catalogue& catalogue, const Table& table, std::int64_t id);

bool is_empty(Tx& tx, const Table& table);

}  // namespace geili::store
