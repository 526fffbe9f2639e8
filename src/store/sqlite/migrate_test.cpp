// The steps in src/store/migrations/ and the runner, on real files.
#include "store/migrate.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/sqlite/temp_database.hpp"

namespace geili::store::sqlite {
namespace {

const std::filesystem::path kGolden =
    std::filesystem::path(GEILI_SOURCE_DIR) / "tests/golden/schemas";

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string rows_path(const Migration& step) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "%04d_rows.sql", step.number);
  return (kGolden / name.data()).string();
}

using Table = std::vector<std::string>;  // its rows, each as "column=value|…"
using Tables = std::map<std::string, std::vector<std::string>>;  // name → columns

Tables table_columns(Tx& tx) {
  Tables tables;
  tx.each(
      [&](const Row& row) { tables[row.string(0)].push_back(row.string(1)); },
      "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c"
      " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migration'");
  return tables;
}

Table rows_of(Tx& tx, const std::string& table, const std::vector<std::string>& columns) {
  std::string sql = "SELECT ''";
  for (const std::string& column : columns)
    sql += " || '" + column + "=' || quote(\"" + column + "\") || '|'";
  Table rows;
  tx.each([&](const Row& row) { rows.push_back(row.string(0)); },
          sql + " FROM \"" + table + "\" ORDER BY 1");
  return rows;
}

// Tables whose rows a later step has taken elsewhere, into columns of the same names.
const std::map<std::string, std::string> kMoved{{"show_chat", "chat_line"}};

std::map<std::string, Table> dump(Database& database, const Tables& tables) {
  return *read_and_wait(database, [&](Tx& tx) -> Result<std::map<std::string, Table>> {
    std::map<std::string, Table> all;
    const Tables there = table_columns(tx);
    for (const auto& [table, columns] : tables) {
      all[table] = rows_of(tx, there.contains(table) ? table : kMoved.at(table), columns);
    }
    return all;
  });
}

Tables columns_now(Database& database) {
  return *read_and_wait(database, [](Tx& tx) -> Result<Tables> { return table_columns(tx); });
}

// A data file as a program with `count` steps left it, with the sample rows of each step.
void make_past(const std::filesystem::path& path, std::size_t count) {
  for (std::size_t i = 1; i <= count; ++i) {
    const auto database = open({.path = path, .migrations = migrations().first(i)});
    const std::string rows = contents(rows_path(migrations()[i - 1]));
    ASSERT_TRUE(write_and_wait(*database, [&](Tx& tx) -> Result<void> {
      for (const std::string& statement : split_statements(rows)) tx.exec(statement);
      return {};
    }));
  }
}

TEST(Migrate, EveryPastSchemaReachesTheNewestWithItsRows) {
  for (std::size_t count = 1; count <= migrations().size(); ++count) {
    const TempFolder folder;
    const auto path = folder.path() / "past.db";
    make_past(path, count);
    std::map<std::string, Table> before;
    Tables tables;
    {
      const auto past = open({.path = path, .migrations = migrations().first(count)});
      tables = columns_now(*past);
      before = dump(*past, tables);
    }
    const auto now = open({.path = path});
    EXPECT_EQ(dump(*now, tables), before) << "from schema " << count;
    EXPECT_GE(columns_now(*now).size(), tables.size());
  }
}

TEST(Migrate, EveryTableHasSampleRows) {
  const TempFolder folder;
  make_past(folder.path() / "all.db", migrations().size());
  const auto database = open({.path = folder.path() / "all.db"});
  for (const auto& [table, rows] : dump(*database, columns_now(*database))) {
    EXPECT_FALSE(rows.empty()) << "tests/golden/schemas/NNNN_rows.sql has no row for " << table;
  }
}

TEST(Migrate, EveryTableIsStrict) {
  TempDatabase database;
  const auto lax = *read_and_wait(*database, [](Tx& tx) -> Result<Table> {
    Table names;
    tx.each([&](const Row& row) { names.push_back(row.string(0)); },
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND strict = 0 AND name NOT LIKE 'sqlite_%'");
    return names;
  });
  EXPECT_EQ(lax, Table{}) << "these tables lack {{strict}}";
}

TEST(Migrate, ReleasedStepsAreUnchanged) {
  std::istringstream list(contents(kGolden / "released.txt"));
  int number = 0;
  std::string name;
  std::int64_t sum = 0;
  while (list >> number >> name >> sum) {
    ASSERT_LE(static_cast<std::size_t>(number), migrations().size());
    const Migration& step = migrations()[static_cast<std::size_t>(number) - 1];
    EXPECT_EQ(step.name, name);
    EXPECT_EQ(checksum(step), sum) << "a released step was edited: write a new step instead";
  }
}

constexpr Migration kFirst{1, "first", "CREATE TABLE a (id {{id}}, n {{int}}) {{strict}};"};
constexpr Migration kSecond{2, "second",
                            "INSERT INTO a (n) VALUES (1); INSERT INTO a (n) VALUES (2)"};
constexpr Migration kEdited{1, "first", "CREATE TABLE a (id {{id}}, m {{int}}) {{strict}};"};
constexpr Migration kBroken{2, "broken",
                            "INSERT INTO a (n) VALUES (1); INSERT INTO b (n) VALUES (2)"};

std::int64_t count_rows(Database& database) {
  return *read_and_wait(database, [](Tx& tx) -> Result<std::int64_t> {
    return *tx.integer("SELECT count(*) FROM a");
  });
}

std::string refusal(const std::filesystem::path& path, std::span<const Migration> steps) {
  try {
    (void)open({.path = path, .migrations = steps});
  } catch (const StoreFailure& failure) {
    return failure.what();
  }
  return "";
}

class MigrateRunner : public ::testing::Test {
 protected:
  const TempFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "geili.db";
};

TEST_F(MigrateRunner, AppliesEachStepOnce) {
  const std::array steps{kFirst, kSecond};
  {
    const auto database = open({.path = path_, .migrations = std::span(steps).first(1)});
  }
  EXPECT_EQ(count_rows(*open({.path = path_, .migrations = steps})), 2);
  EXPECT_EQ(count_rows(*open({.path = path_, .migrations = steps})), 2);
}

TEST_F(MigrateRunner, RefusesDataOfANewerProgram) {
  const std::array steps{kFirst, kSecond};
  {
    const auto database = open({.path = path_, .migrations = steps});
  }
  const auto sentence = refusal(path_, std::span(steps).first(1));
  EXPECT_NE(sentence.find("newer Geili"), std::string::npos) << sentence;
  EXPECT_EQ(count_rows(*open({.path = path_, .migrations = steps})), 2);
}

TEST_F(MigrateRunner, RefusesDataOfAnEditedStep) {
  {
    const auto database = open({.path = path_, .migrations = std::span(&kFirst, 1)});
  }
  const auto sentence = refusal(path_, std::span(&kEdited, 1));
  EXPECT_NE(sentence.find("step 1 (first)"), std::string::npos) << sentence;
}

TEST_F(MigrateRunner, AStepThatFailsLeavesNothingBehind) {
  const std::array broken{kFirst, kBroken};
  const auto sentence = refusal(path_, broken);
  EXPECT_NE(sentence.find("no such table: b"), std::string::npos) << sentence;
  EXPECT_EQ(count_rows(*open({.path = path_, .migrations = std::span(broken).first(1)})), 0);
}

}  // namespace
}  // namespace geili::store::sqlite
