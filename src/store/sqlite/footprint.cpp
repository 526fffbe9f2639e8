#include "store/sqlite/footprint.hpp"

#include <algorithm>
#include <map>
#include <mutex>

namespace geili::store::sqlite {
namespace {

// The authorizer has one connection-wide user pointer; who prepares is found by its thread.
thread_local Footprint* noting = nullptr;

int note(void* /*unused*/, int action, const char* table, const char* column,
         const char* /*database*/, const char* /*trigger*/) {
  if (noting == nullptr) return SQLITE_OK;
  const std::string name = table == nullptr ? "" : table;
  switch (action) {
    case SQLITE_READ:
      noting->reads.emplace(name, column == nullptr ? "" : column);
      break;
    case SQLITE_UPDATE:
      noting->changes.emplace(name, column == nullptr ? "" : column);
      break;
    case SQLITE_INSERT:
      noting->changes.emplace(name, "");
      break;
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
      break;
    default:
      noting->changes_more = true;  // DELETE, and what hangs on it
  }
  return SQLITE_OK;
}

// The place of a table in every TableSet of this process.
std::size_t number_of(const std::string& table) {
  static std::mutex mutex;
  static std::map<std::string, std::size_t> numbers;
  const std::scoped_lock lock(mutex);
  const auto next = std::min(numbers.size(), kTablesMax - 1);
  return numbers.try_emplace(table, next).first->second;
}

TableSet tables_of(const std::set<Footprint::Place>& places) {
  TableSet tables;
  for (const auto& [table, column] : places) tables.set(number_of(table));
  return tables;
}

bool meet(const Footprint::Place& one, const Footprint::Place& other) {
  return one.first == other.first &&
         (one.second.empty() || other.second.empty() || one.second == other.second);
}

}  // namespace

bool Footprint::may_change(const Footprint& select) const {
  if (changes_more) return true;
  return std::ranges::any_of(changes, [&](const Place& changed) {
    return std::ranges::any_of(select.reads,
                               [&](const Place& read) { return meet(changed, read); });
  });
}

TableSet Footprint::tables_read() const {
  return tables_of(reads);
}

TableSet Footprint::tables_changed() const {
  return changes_more ? TableSet().set() : tables_of(changes);
}

void tell_footprints(sqlite3* connection) {
  sqlite3_set_authorizer(connection, note, nullptr);
}

NoteFootprint::NoteFootprint(Footprint& into) {
  noting = &into;
}

NoteFootprint::~NoteFootprint() {
  noting = nullptr;
}

}  // namespace geili::store::sqlite
