#include "store/sqlite/connection.hpp"

#include <string>
#include <utility>

#include "store/reserved.hpp"
#include "store/sqlite/memory.hpp"
#include "store/sqlite/wal_file.hpp"

namespace geili::store::sqlite {
namespace {

constexpr std::size_t kStatementsKeptMax = 1'000;
constexpr int kBusyTimeoutMs = 5'000;

}  // namespace

Connection::Connection(const std::filesystem::path& path, Access access) {
  use_sized_memory();
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (access == Access::write ? SQLITE_OPEN_CREATE : 0);
  const int opened =
      sqlite3_open_v2(path.c_str(), &handle, flags, access == Access::write ? wal_vfs() : nullptr);
  handle_.reset(handle);
  if (opened != SQLITE_OK) throw_failure(handle, "opening " + path.string());
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  // "x" is a name and never a string, as in PostgreSQL.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  if (access == Access::write) execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = FULL");
  execute("PRAGMA foreign_keys = ON");
  execute("PRAGMA temp_store = MEMORY");  // savepoints keep their undo pages in memory, too
  execute("PRAGMA cache_size = -16384");
  if (access == Access::read) execute("PRAGMA query_only = ON");
  tell_footprints(handle);
}

void Connection::execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw_failure(handle_.get(), sql);
  }
}

std::shared_ptr<Statement> Connection::find_or_prepare(std::string_view sql) {
  if (const auto found = by_text_.find(sql); found != by_text_.end()) return found->second;
  if (is_reserved(sql)) throw StoreFailure("not for jobs: " + std::string(sql));
  auto prepared = std::make_shared<Statement>(handle_.get(), sql);
  if (by_text_.size() >= kStatementsKeptMax) {
    by_place_.clear();
    by_text_.clear();
  }
  by_text_.emplace(prepared->sql(), prepared);
  return prepared;
}

std::shared_ptr<Statement> Connection::statement(std::string_view sql) {
  const Place place{sql.data(), sql.size()};
  const auto found = by_place_.find(place);
  if (found != by_place_.end() && found->second->sql() == sql) return found->second;
  auto statement = find_or_prepare(sql);
  if (by_place_.size() >= kStatementsKeptMax) by_place_.clear();
  by_place_.insert_or_assign(place, statement);
  return statement;
}

std::int64_t SqliteTx::run(std::string_view sql, std::span<const Value> parameters,
                           const EachRow& each) {
  if (doomed_) throw StoreFailure("an earlier statement of this job has failed");
  try {
    const auto statement = connection_.statement(sql);
    if (!statement->busy()) return run_prepared(*statement, parameters, each);
    Statement again(connection_.handle(), sql);
    return run_prepared(again, parameters, each);
  } catch (...) {
    doomed_ = true;
    throw;
  }
}

bool SqliteTx::left_changes() const {
  if (!changed()) return false;
  return changed_uncounted_ || sqlite3_total_changes64(connection_.handle()) != *changes_before_;
}

void SqliteTx::gather(Work work, Item item) {
  if (job_.gathered == nullptr) return work(*this, {&item, 1});
  if (doomed_) throw StoreFailure("an earlier statement of this job has failed");
  job_.gathered->push_back({work, std::move(item)});
}

void SqliteTx::foresee(std::string_view sql, std::span<const Value> /*parameters*/, Asked asked) {
  if (job_.answers == nullptr || asked != Asked::alike_by_many) return;
  job_.answers->watch(*connection_.statement(sql));
}

std::int64_t SqliteTx::run_prepared(Statement& statement, std::span<const Value> parameters,
                                    const EachRow& each) {
  if (statement.read_only()) {
    if (job_.mark != nullptr) job_.mark->tables |= statement.tables();
    if (job_.answers == nullptr || !AnswerCache::is_watched(statement)) {
      return statement.run(parameters, each);
    }
    answer(statement, parameters, each);
    return 0;
  }
  if (!changed()) {
    if (job_.savepoint != nullptr) job_.savepoint->step_once();
    changes_before_ = sqlite3_total_changes64(connection_.handle());
  }
  if (!statement.changes_rows()) changed_uncounted_ = true;
  if (job_.changed != nullptr) *job_.changed |= statement.tables();
  if (job_.answers != nullptr) job_.answers->forget_what_changes(statement);
  return statement.run(parameters, each);
}

// What a job sees after its first change may be undone with it, and is not kept.
void SqliteTx::answer(Statement& statement, std::span<const Value> parameters,
                      const EachRow& each) {
  auto known = job_.answers->find(statement, parameters);
  const bool may_keep = job_.may_be_undone && !changed();
  if (!known && may_keep) {
    if (auto all = statement.answer(parameters, AnswerCache::kRowsOfAnAnswerMax)) {
      known = std::make_shared<const Answer>(*std::move(all));
      job_.answers->keep(statement, parameters, known);
    }
  }
  if (known) {
    show(*known, each);
  } else {
    statement.run(parameters, each);
  }
}

}  // namespace geili::store::sqlite
