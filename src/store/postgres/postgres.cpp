#include "store/postgres/postgres.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <utility>

#include "store/migrate.hpp"
#include "store/postgres/readers.hpp"
#include "store/postgres/writer.hpp"

namespace geili::store::postgres {
namespace {

// Held by whoever migrates: any number that nothing else in the database uses ("geili" in ASCII).
constexpr std::int64_t kMigrationLock = 0x6765696C69;

// A step may rewrite a large table, and the processes behind it wait.
constexpr int kMigrationTimeoutMs = 600'000;

void in_transaction(Connection& connection, const std::function<void(Tx&)>& work) {
  connection.queue(Command::begin);
  try {
    PostgresTx tx(connection, {.before_first = [] {}, .undo_earlier = {}});
    work(tx);
    connection.commit();
  } catch (...) {
    if (!connection.is_lost()) {
      connection.queue(Command::roll_back);
      connection.finish();
    }
    throw;
  }
}

// On a connection of its own: its statements are not kept, and its end gives the lock back.
void bring_up_to_date(Settings settings) {
  settings.statement_timeout_ms = kMigrationTimeoutMs;
  settings.lock_timeout_ms = kMigrationTimeoutMs;
  settings.idle_in_transaction_timeout_ms = kMigrationTimeoutMs;
  Connection connection(settings);
  connection.run("SELECT pg_advisory_lock($1)", std::array<Value, 1>{kMigrationLock}, {});
  migrate(settings.migrations, kPostgresDialect,
          [&](const std::function<void(Tx&)>& work) { in_transaction(connection, work); });
}

const Settings& up_to_date(const Settings& settings) {
  bring_up_to_date(settings);
  return settings;
}

class Store final : public PostgresDatabase {
 public:
  explicit Store(Settings settings)
      : settings_(std::move(settings)),
        writer_(up_to_date(settings_), is_reachable_),
        readers_(settings_, is_reachable_) {}
  ~Store() override {
    writer_.stop();
    readers_.stop();
  }

  Result<void> submit_write(Job job, Done done) override {
    return writer_.submit(std::move(job), std::move(done));
  }
  Result<void> submit_read(Job job, Done done) override {
    return readers_.submit(std::move(job), std::move(done));
  }
  Figures figures() const override {
    Figures figures = writer_.figures();
    figures.is_reachable = is_reachable_;
    return figures;
  }

 private:
  const Settings settings_;
  std::atomic<bool> is_reachable_ = false;
  Writer writer_;
  Readers readers_;
};

}  // namespace

std::unique_ptr<PostgresDatabase> open(const Settings& settings) {
  return std::make_unique<Store>(settings);
}

ServerReport look_at(const Settings& settings) {
  Connection connection(settings);
  ServerReport report;
  const int version = connection.server_version();
  report.version = std::to_string(version / 10'000) + "." + std::to_string(version % 10'000);
  const auto start = std::chrono::steady_clock::now();
  connection.run(
      "SELECT current_setting('fsync') = 'on' AND"
      " current_setting('full_page_writes') = 'on'",
      {}, [&](const Row& row) {
        report.is_durable = row.boolean(0);
        return false;
      });
  report.latency_us = std::chrono::duration_cast<std::chrono::microseconds>(
                          std::chrono::steady_clock::now() - start)
                          .count();
  return report;
}

}  // namespace geili::store::postgres
