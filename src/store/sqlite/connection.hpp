#pragma once
// One SQLite connection, used by one thread at a time, and its prepared statements.

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

#include "store/gathered.hpp"
#include "store/sqlite/answer_cache.hpp"
#include "store/sqlite/statement.hpp"

namespace geili::store::sqlite {

enum class Access : bool { read, write };

class Connection {
 public:
  // Throws StoreFailure.
  Connection(const std::filesystem::path& path, Access access);

  // The statement of this text, prepared once. Lookup is by address and size first, as texts are
  // constants; the text is compared, so a text that was built at run time is found rightly too.
  // Shared, so that a statement in use outlives a cleared cache.
  std::shared_ptr<Statement> statement(std::string_view sql);
  // For what jobs may not say: BEGIN, SAVEPOINT, PRAGMA and their like.
  void execute(const char* sql);
  // False once SQLite has rolled a transaction back by itself (full disk, i/o error).
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct Place {
    const char* data;
    std::size_t size;
    friend bool operator==(const Place&, const Place&) = default;
  };
  struct PlaceHash {
    std::size_t operator()(const Place& place) const {
      return std::hash<const void*>{}(place.data) * 31 + place.size;
    }
  };
  std::shared_ptr<Statement> find_or_prepare(std::string_view sql);

  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string_view, std::shared_ptr<Statement>>
      by_text_;  // keys: Statement::sql()
  std::unordered_map<Place, std::shared_ptr<Statement>, PlaceHash> by_place_;
};

// What a job has beside the connection, most of it as one of several in a transaction.
struct JobPlace {
  bool may_be_undone = false;                 // by itself, what others did in the transaction stays
  Statement* savepoint = nullptr;             // run before the first change, where there is one
  std::vector<Gathered>* gathered = nullptr;  // where work is put that may be done together
  AnswerCache* answers = nullptr;
  TableSet* changed = nullptr;  // by the transaction; those of jobs that were undone, too
  ReadMark* mark = nullptr;     // of a job that reads
};

// A transaction that its owner has begun on `connection`. The first failed statement dooms it:
// later ones are refused, as PostgreSQL does.
class SqliteTx final : public Tx {
 public:
  explicit SqliteTx(Connection& connection, JobPlace job = {})
      : connection_(connection), job_(job) {}

  std::int64_t run(std::string_view sql, std::span<const Value> parameters,
                   const EachRow& each) override;
  void gather(Work work, Item item) override;
  void foresee(std::string_view sql, std::span<const Value> parameters, Asked asked) override;

  std::optional<ReadMark> read_mark() const override {
    return job_.mark == nullptr ? std::nullopt : std::optional(*job_.mark);
  }

  // Whether a statement ran that may change something; the savepoint is open then.
  bool changed() const { return changes_before_.has_value(); }
  // Whether one did.
  bool left_changes() const;
  bool doomed() const { return doomed_; }

 private:
  std::int64_t run_prepared(Statement& statement, std::span<const Value> parameters,
                            const EachRow& each);
  void answer(Statement& statement, std::span<const Value> parameters, const EachRow& each);

  Connection& connection_;
  JobPlace job_;
  std::optional<sqlite3_int64> changes_before_;  // its first statement that may change something
  bool changed_uncounted_ = false;               // by one whose rows SQLite does not count
  bool doomed_ = false;
};

}  // namespace geili::store::sqlite
