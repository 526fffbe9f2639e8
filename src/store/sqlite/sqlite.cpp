#include "store/sqlite/sqlite.hpp"

#include <utility>

#include "store/migrate.hpp"
#include "store/sqlite/file_lock.hpp"
#include "store/sqlite/readers.hpp"
#include "store/sqlite/writer.hpp"

namespace geili::store::sqlite {
namespace {

// A connection of its own, so that its statements are not kept.
void bring_up_to_date(const Settings& settings) {
  Connection connection(settings.path, Access::write);
  migrate(settings.migrations, kSqliteDialect, [&](const std::function<void(Tx&)>& work) {
    connection.execute("BEGIN IMMEDIATE");
    try {
      SqliteTx tx(connection);
      work(tx);
      connection.execute("COMMIT");
    } catch (...) {
      if (connection.in_transaction()) connection.execute("ROLLBACK");
      throw;
    }
  });
}

const std::filesystem::path& up_to_date(const Settings& settings) {
  bring_up_to_date(settings);
  return settings.path;
}

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const Settings& settings)
      : lock_(settings.path),
        writer_(up_to_date(settings), settings, changes_),
        readers_(settings.path, settings.read_threads, settings.read_queue_max, changes_) {}
  ~SqliteDatabase() override {
    writer_.stop();
    readers_.stop();
  }

  Result<void> submit_write(Job job, Done done) override {
    return writer_.submit(std::move(job), std::move(done));
  }
  Result<void> submit_read(Job job, Done done) override {
    return readers_.submit(std::move(job), std::move(done));
  }

  bool is_fresh(const ReadMark& mark) const override { return changes_.is_fresh(mark); }

 private:
  FileLock lock_;
  Changes changes_;
  Writer writer_;
  Readers readers_;
};

}  // namespace

std::unique_ptr<Database> open(Settings settings) {
  return std::make_unique<SqliteDatabase>(settings);
}

}  // namespace geili::store::sqlite
