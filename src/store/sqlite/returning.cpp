#include "store/sqlite/returning.hpp"

#include <algorithm>
#include <memory>
#include <regex>
#include <vector>

namespace geili::store::sqlite {
namespace {

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string::npos) return "";
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> items;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    items.push_back(trimmed(text.substr(from, comma - from)));
    from = comma + 1;
  }
  return items;
}

bool is_parameter(const std::string& text) {
  return text.size() > 1 && text[0] == '$' &&
         std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether the primary key of `table` is this column alone.
bool is_key(sqlite3* connection, const std::string& table, const std::string& column) {
  sqlite3_stmt* raw = nullptr;
  const std::string ask = "SELECT name FROM pragma_table_info('" + table + "') WHERE pk > 0";
  if (sqlite3_prepare_v2(connection, ask.c_str(), -1, &raw, nullptr) != SQLITE_OK) return false;
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  std::vector<std::string> keys;
  while (sqlite3_step(raw) == SQLITE_ROW) {
    keys.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(raw, 0)));
  }
  return keys.size() == 1 && keys[0] == column;
}

std::optional<WithoutReturning> of_insert(const std::string& change, const std::string& columns) {
  static const std::regex kUpsert(
      R"(INSERT INTO (\w+) \(([\w ,]+)\) VALUES \(([^()]*)\) ON CONFLICT \(([\w ,]+)\) DO UPDATE .*)");
  std::smatch part;
  if (!std::regex_match(change, part, kUpsert)) {
    const bool is_plain = columns == "id" && !change.contains("DO UPDATE") &&
                          change.contains(" VALUES (") && !change.contains("SELECT");
    return is_plain ? std::optional(WithoutReturning{change, ""}) : std::nullopt;
  }
  const auto names = list_of(part[2]);
  const auto values = list_of(part[3]);
  if (names.size() != values.size()) return std::nullopt;
  std::string where;
  for (const std::string& key : list_of(part[4])) {
    const auto at = std::ranges::find(names, key);
    if (at == names.end()) return std::nullopt;
    const std::string& value = values[static_cast<std::size_t>(at - names.begin())];
    if (!is_parameter(value)) return std::nullopt;
    where.append(where.empty() ? " WHERE " : " AND ").append(key).append(" = ").append(value);
  }
  return WithoutReturning{change, "SELECT " + columns + " FROM " + part[1].str() + where};
}

std::optional<WithoutReturning> of_update(sqlite3* connection, const std::string& change,
                                          const std::string& columns) {
  static const std::regex kByKey(R"(UPDATE (\w+) SET (.*) WHERE (\w+) = (\$\d+)( AND .*)?)");
  std::smatch part;
  if (!std::regex_match(change, part, kByKey)) return std::nullopt;
  const std::string key = part[3];
  const bool moves = (" " + part[2].str()).contains(" " + key + " =");
  const bool is_alone = !part[5].str().contains(" OR ") && !change.contains("SELECT");
  if (moves || !is_alone || !is_key(connection, part[1], key)) return std::nullopt;
  return WithoutReturning{change, "SELECT " + columns + " FROM " + part[1].str() + " WHERE " + key +
                                      " = " + part[4].str()};
}

}  // namespace

std::optional<WithoutReturning> without_returning(sqlite3* connection, std::string_view sql) {
  constexpr std::string_view kWord = " RETURNING ";
  const std::size_t at = sql.rfind(kWord);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string change(sql.substr(0, at));
  const std::string columns(sql.substr(at + kWord.size()));
  if (change.starts_with("INSERT INTO ")) return of_insert(change, columns);
  if (change.starts_with("UPDATE ")) return of_update(connection, change, columns);
  return std::nullopt;
}

}  // namespace geili::store::sqlite
