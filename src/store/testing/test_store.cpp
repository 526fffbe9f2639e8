#include "store/testing/test_store.hpp"

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "store/dialect.hpp"
#include "store/migrations.hpp"
#include "store/postgres/testing/temp_server.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::store::testing {
namespace {

bool is_postgres() {
  const char* wanted = std::getenv("GEILI_TEST_STORE");
  const std::string_view name = wanted == nullptr ? "sqlite" : wanted;
  if (name != "sqlite" && name != "postgres") {
    throw std::runtime_error("GEILI_TEST_STORE is neither sqlite nor postgres");
  }
  return name == "postgres";
}

// A schema that is as postgres::open() makes it, by one script and one commit: step by step it
// would take longer than most tests. The first one of the process is made step by step, and the
// others take from it what it notes of the steps.
std::string make_postgres_schema() {
  auto& server = postgres::TempServer::shared();
  static const std::string first = [&] {
    const std::string url = server.make_schema();
    (void)postgres::open({.url = Secret(url)});
    return postgres::TempServer::ask("SELECT current_schema()", url);
  }();
  const std::string url = server.make_schema();
  const std::string known = first + ".schema_migration";
  std::string script = "CREATE TABLE schema_migration (LIKE " + known +
                       " INCLUDING ALL); INSERT INTO schema_migration SELECT * FROM " + known + ";";
  for (const Migration& step : migrations()) {
    script += render(step.sql, kPostgresDialect) + ";";
  }
  postgres::TempServer::ask(script, url);
  return url;
}

// Lists each table with an expression that shows a row of it.
constexpr std::string_view kSqliteTables =
    "SELECT m.name, group_concat('quote(' || c.name || ')', ' || '' | '' || ')"
    " FROM sqlite_schema m, pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' GROUP BY m.name ORDER BY m.name";
constexpr std::string_view kPostgresTables =
    "SELECT CAST(c.relname AS TEXT), string_agg('quote_nullable(' || a.attname || ')',"
    " ' || '' | '' || ' ORDER BY a.attnum)"
    " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
    " WHERE c.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)"
    " AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname ORDER BY 1";

}  // namespace

struct TempDatabase::Place {
  virtual ~Place() = default;
  virtual std::unique_ptr<Database> open() const = 0;
};

namespace {

struct SqlitePlace final : TempDatabase::Place {
  std::unique_ptr<Database> open() const override {
    return sqlite::open({.path = folder.path() / "geili.db"});
  }
  sqlite::TempFolder folder;
};

struct PostgresPlace final : TempDatabase::Place {
  std::unique_ptr<Database> open() const override {
    return postgres::open({.url = Secret(url), .read_connections = 1});
  }
  const std::string url = make_postgres_schema();
};

std::unique_ptr<TempDatabase::Place> make_place() {
  if (is_postgres()) return std::make_unique<PostgresPlace>();
  return std::make_unique<SqlitePlace>();
}

}  // namespace

TempDatabase::TempDatabase() : place_(make_place()), database_(place_->open()) {}

TempDatabase::~TempDatabase() {
  database_.reset();
}

std::unique_ptr<Database> TempDatabase::beside() const {
  return is_postgres() ? place_->open() : nullptr;
}

void TempDatabase::reopen() {
  database_.reset();
  database_ = place_->open();
}

void wait_for_a_waiter(Tx& tx) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (tx.integer("SELECT count(*) FROM pg_locks WHERE NOT granted"
                    " AND pg_backend_pid() = ANY (pg_blocking_pids(pid))") == 0) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("nobody waits");
  }
}

std::string dump(Tx& tx) {
  std::vector<std::string> queries;
  tx.each(
      [&](const Row& row) {
        queries.push_back("SELECT '" + row.string(0) + ": ' || " + row.string(1) + " FROM " +
                          row.string(0) + " ORDER BY 1");
      },
      is_postgres() ? kPostgresTables : kSqliteTables);
  std::string text;
  for (const std::string& query : queries) {
    tx.each([&](const Row& row) { text.append(row.text(0)).append("\n"); }, query);
  }
  return text;
}

}  // namespace geili::store::testing
