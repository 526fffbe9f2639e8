#include "store/transfer.hpp"

#include <algorithm>
#include <array>

#include "store/dialect.hpp"

namespace geili::store {
namespace {

constexpr std::size_t kRowsAtATime = 200;  // a photo's row may hold a megabyte

constexpr std::array<std::string_view, 2> kSqliteSetLastId{
    "DELETE FROM sqlite_sequence WHERE name = $1",
    "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)"};
constexpr std::array<std::string_view, 1> kPostgresSetLastId{
    "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)"};

Kind kind_of(std::string_view name) {
  if (name == "integer") return Kind::integer;
  if (name == "text") return Kind::text;
  if (name == "bytes") return Kind::bytes;
  throw StoreFailure("a column is of a kind that is not carried: " + std::string(name));
}

// "a, b, c"
template <class Range, class Name>
std::string listed(const Range& range, Name name) {
  std::string text;
  for (const auto& item : range) text += (text.empty() ? "" : ", ") + name(item);
  return text;
}

std::string column_list(const Table& table) {
  return listed(table.columns, [](const Column& column) { return column.name; });
}

// "$1, $2, $3", of which the first is `from`
std::string parameter_list(std::size_t from, std::size_t count) {
  std::string text;
  for (std::size_t i = from; i < from + count; ++i) {
    text += (text.empty() ? "$" : ", $") + std::to_string(i);
  }
  return text;
}

std::vector<Value> views_of(std::span<const Held> row) {
  std::vector<Value> values;
  for (const Held& held : row) values.push_back(view(held));
  return values;
}

Held hold(const Row& row, int i, Kind kind) {
  if (row.is_null(i)) return std::monostate{};
  switch (kind) {
    case Kind::integer:
      return row.integer(i);
    case Kind::text:
      return row.string(i);
    case Kind::bytes:
      return Bytes(row.bytes(i).begin(), row.bytes(i).end());
  }
  return std::monostate{};
}

std::vector<Held> key_of(const Table& table, std::span<const Held> row) {
  std::vector<Held> key;
  for (const std::string& name : table.key) {
    const auto at = std::ranges::find(table.columns, name, &Column::name);
    key.push_back(row[static_cast<std::size_t>(at - table.columns.begin())]);
  }
  return key;
}

// In the order in which the steps make them: a reference names a table that was there before.
std::vector<std::string> names_in_order(std::span<const Migration> steps) {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  std::vector<std::string> names;
  for (const Migration& step : steps) {
    for (const std::string& statement : split_statements(step.sql)) {
      const auto at = statement.find(kCreate);
      if (at == std::string::npos) continue;
      const auto from = at + kCreate.size();
      names.push_back(statement.substr(from, statement.find_first_of(" (", from) - from));
    }
  }
  return names;
}

bool hands_out_ids(std::string_view table, std::span<const Migration> steps) {
  const std::string wanted = "CREATE TABLE " + std::string(table) + " (";
  for (const Migration& step : steps) {
    for (const std::string& statement : split_statements(step.sql)) {
      if (statement.contains(wanted)) return statement.contains("{{id}}");
    }
  }
  return false;
}

}  // namespace

const Catalogue kSqliteCatalogue{
    "SELECT m.name, c.name, CASE c.type WHEN 'INTEGER' THEN 'integer' WHEN 'TEXT' THEN 'text'"
    " WHEN 'BLOB' THEN 'bytes' ELSE c.type END, c.pk"
    " FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
    " ORDER BY m.name, c.cid",
    "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = $1", kSqliteSetLastId};

const Catalogue kPostgresCatalogue{
    // Not by information_schema: its views ask anew who may see what, for each column.
    "SELECT CAST(r.relname AS TEXT), CAST(a.attname AS TEXT),"
    " CASE format_type(a.atttypid, NULL) WHEN 'bigint' THEN 'integer' WHEN 'text' THEN 'text'"
    " WHEN 'bytea' THEN 'bytes' ELSE format_type(a.atttypid, NULL) END,"
    // An int2vector counts from 0.
    " COALESCE(CAST(array_position(CAST(i.indkey AS SMALLINT[]), a.attnum) AS BIGINT) + 1, 0)"
    " FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace"
    " JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_index i ON i.indrelid = r.oid AND i.indisprimary"
    " WHERE n.nspname = current_schema() AND r.relkind = 'r'"
    " ORDER BY r.relname, a.attnum",
    "SELECT COALESCE(MAX(last_value), 0) FROM pg_sequences"
    " WHERE format('%I.%I', schemaname, sequencename) = pg_get_serial_sequence($1, 'id')",
    kPostgresSetLastId};

std::vector<Table> tables_of(Tx& tx, const Catalogue& catalogue, std::span<const Migration> steps) {
  struct KeyColumn {
    std::string name;
    std::int64_t place;
  };
  std::vector<Table> tables;
  for (const std::string& name : names_in_order(steps)) {
    tables.push_back({name, {}, {}, hands_out_ids(name, steps)});
  }
  std::vector<std::vector<KeyColumn>> keys(tables.size());
  tx.each(
      [&](const Row& row) {
        const auto table = std::ranges::find(tables, row.string(0), &Table::name);
        if (table == tables.end()) return;
        table->columns.push_back({row.string(1), kind_of(row.text(2))});
        if (row.integer(3) == 0) return;
        keys[static_cast<std::size_t>(table - tables.begin())].push_back(
            {row.string(1), row.integer(3)});
      },
      catalogue.columns);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    std::ranges::sort(keys[i], {}, &KeyColumn::place);
    for (const KeyColumn& column : keys[i]) tables[i].key.push_back(column.name);
  }
  // A later step has dropped it.
  std::erase_if(tables, [](const Table& table) { return table.columns.empty(); });
  return tables;
}

void each_row(Tx& tx, const Table& table, const std::function<void(std::vector<Held>&&)>& visit) {
  const std::string key = listed(table.key, [](const std::string& name) { return name; });
  const std::string all = "SELECT " + column_list(table) + " FROM " + table.name;
  const std::string end = " ORDER BY " + key + " LIMIT " + std::to_string(kRowsAtATime);
  const std::string next =
      all + " WHERE (" + key + ") > (" + parameter_list(1, table.key.size()) + ")" + end;
  std::vector<Held> after;
  for (std::size_t found = kRowsAtATime; found == kRowsAtATime;) {
    found = 0;
    const std::vector<Value> parameters = views_of(after);
    std::vector<Held> newest;
    tx.run(after.empty() ? all + end : next, parameters, [&](const Row& row) {
      std::vector<Held> values;
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        values.push_back(hold(row, static_cast<int>(i), table.columns[i].kind));
      }
      newest = key_of(table, values);
      visit(std::move(values));
      ++found;
      return true;
    });
    after = std::move(newest);
  }
}

void insert_row(Tx& tx, const Table& table, std::span<const Held> row) {
  tx.run_later("INSERT INTO " + table.name + " (" + column_list(table) + ") VALUES (" +
                   parameter_list(1, row.size()) + ")",
               views_of(row));
}

std::int64_t last_id(Tx& tx, const Catalogue& catalogue, const Table& table) {
  return tx.integer(catalogue.last_id, table.name).value_or(0);
}

void set_last_id(Tx& tx, const Catalogue& catalogue, const Table& table, std::int64_t id) {
  for (const std::string_view sql : catalogue.set_last_id) {
    if (sql.contains("$2")) {
      tx.exec(sql, table.name, id);
    } else {
      tx.exec(sql, table.name);
    }
  }
}

bool is_empty(Tx& tx, const Table& table) {
  return !tx.integer("SELECT 1 FROM " + table.name + " LIMIT 1");
}

}  // namespace geili::store
