#include "store/testing/test_store.hpp"

#include <cstdlib>
#include <stdexcept>
#include <vector>

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

// A database with today's schema, for copies: making one anew takes longer than a test.
const std::string& postgres_template() {
  static const std::string name = [] {
    auto& server = postgres::TempServer::shared();
    const std::string url = server.make_database();
    (void)postgres::open({.url = Secret(url)});
    return server.name_of(url);
  }();
  return name;
}

// Lists each table with an expression that shows a row of it.
constexpr std::string_view kSqliteTables =
    "SELECT m.name, group_concat('quote(' || c.name || ')', ' || '' | '' || ')"
    " FROM sqlite_schema m, pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' GROUP BY m.name ORDER BY m.name";
constexpr std::string_view kPostgresTables =
    "SELECT CAST(table_name AS TEXT), string_agg('quote_nullable(' || column_name || ')',"
    " ' || '' | '' || ' ORDER BY ordinal_position)"
    " FROM information_schema.columns WHERE table_schema = current_schema()"
    " GROUP BY table_name ORDER BY 1";

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
  PostgresPlace() = default;
  PostgresPlace(const PostgresPlace&) = delete;
  PostgresPlace& operator=(const PostgresPlace&) = delete;
  ~PostgresPlace() override { postgres::TempServer::shared().drop_database(url); }
  std::unique_ptr<Database> open() const override {
    return postgres::open({.url = Secret(url), .read_connections = 2});
  }
  const std::string url = postgres::TempServer::shared().make_database(postgres_template());
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

void TempDatabase::reopen() {
  database_.reset();
  database_ = place_->open();
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
