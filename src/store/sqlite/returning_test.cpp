#include "store/sqlite/returning.hpp"

#include <gtest/gtest.h>

#include "store/sqlite/connection.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::store::sqlite {
namespace {

class Returning : public ::testing::Test {
 protected:
  Returning() {
    connection_.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INTEGER)");
    connection_.execute("CREATE TABLE pair (a INTEGER, b INTEGER, n INTEGER, PRIMARY KEY (a, b))");
  }
  // What the statement is taken apart into: "change | select", or nothing.
  std::string parts(std::string_view sql) {
    const auto found = without_returning(connection_.handle(), sql);
    return found ? found->change + " | " + found->select : "";
  }
  // The rows that are given, and how many were changed.
  std::string run(std::string_view sql, std::vector<Value> parameters = {}) {
    std::string all;
    const auto changed = SqliteTx(connection_).run(sql, parameters, [&](const Row& row) {
      all += std::to_string(row.integer(0)) + " ";
      return true;
    });
    return all + "of " + std::to_string(changed);
  }

  const TempFolder folder_;
  Connection connection_{folder_.path() / "geili.db", Access::write};
};

TEST_F(Returning, IsTakenOffWhereTheRowCanBeFoundOtherwise) {
  EXPECT_EQ(parts("INSERT INTO thing (name) VALUES ($1) RETURNING id"),
            "INSERT INTO thing (name) VALUES ($1) | ");
  EXPECT_EQ(
      parts("INSERT INTO pair (a, b, n) VALUES ($2, $1, 1) ON CONFLICT (a, b) DO UPDATE SET n = 2"
            " RETURNING n, a"),
      "INSERT INTO pair (a, b, n) VALUES ($2, $1, 1) ON CONFLICT (a, b) DO UPDATE SET n = 2"
      " | SELECT n, a FROM pair WHERE a = $2 AND b = $1");
  EXPECT_EQ(parts("UPDATE thing SET n = n - $2 WHERE id = $1 AND n >= $2 RETURNING n"),
            "UPDATE thing SET n = n - $2 WHERE id = $1 AND n >= $2"
            " | SELECT n FROM thing WHERE id = $1");
}

TEST_F(Returning, StaysWhereTheRowsAreNotKnownBefore) {
  for (const char* sql : {
           "SELECT n FROM thing",
           "DELETE FROM thing WHERE id = $1 RETURNING n",
           "INSERT INTO thing (name) SELECT name FROM thing RETURNING id",
           "INSERT INTO thing (name) VALUES ($1) RETURNING n",
           "INSERT INTO pair (a, b) VALUES (1, $1) ON CONFLICT (a, b) DO UPDATE SET n = 2 "
           "RETURNING n",
           "INSERT INTO pair (a, b) VALUES ($1, abs($2)) ON CONFLICT (a, b) DO UPDATE SET n = 2"
           " RETURNING n",
           "UPDATE thing SET n = 1 RETURNING n",
           "UPDATE thing SET n = 1 WHERE name = $1 RETURNING n",
           "UPDATE thing SET id = 2 WHERE id = $1 RETURNING n",
           "UPDATE thing SET n = 1 WHERE id = $1 OR n = 2 RETURNING n",
           "UPDATE thing SET n = 1 WHERE id = $1 AND n = 2 OR n = 3 RETURNING n",
           "UPDATE pair SET n = 1 WHERE a = $1 RETURNING n",
           "UPDATE pair SET n = 1 WHERE a = $1 AND b = $2 RETURNING n",
           "UPDATE thing SET n = 1 WHERE id IN (SELECT a FROM pair) RETURNING n",
       }) {
    EXPECT_EQ(parts(sql), "") << sql;
  }
}

TEST_F(Returning, GivesTheSameRowsAndCounts) {
  constexpr std::string_view kInsert =
      "INSERT INTO thing (name, n) VALUES ($1, 7) ON CONFLICT (name) DO NOTHING RETURNING id";
  EXPECT_EQ(run(kInsert, {"a"}), "1 of 1");
  EXPECT_EQ(run(kInsert, {"b"}), "2 of 1");
  EXPECT_EQ(run(kInsert, {"a"}), "of 0");
  constexpr std::string_view kTake =
      "UPDATE thing SET n = n - $2 WHERE id = $1 AND n >= $2 RETURNING n";
  EXPECT_EQ(run(kTake, {std::int64_t{1}, std::int64_t{5}}), "2 of 1");
  EXPECT_EQ(run(kTake, {std::int64_t{1}, std::int64_t{5}}), "of 0");
  EXPECT_EQ(run(kTake, {std::int64_t{9}, std::int64_t{0}}), "of 0");
  constexpr std::string_view kCount =
      "INSERT INTO pair (a, b, n) VALUES ($1, $2, 1) ON CONFLICT (a, b) DO UPDATE SET n = pair.n + "
      "1"
      " WHERE pair.n < 2 RETURNING n";
  for (const char* expected : {"1 of 1", "2 of 1", "of 0"}) {
    EXPECT_EQ(run(kCount, {std::int64_t{3}, std::int64_t{4}}), expected);
  }
}

TEST_F(Returning, ARowMayAskTheSameStatement) {
  connection_.execute("INSERT INTO thing (name, n) VALUES ('a', 3), ('b', 3)");
  constexpr std::string_view kTake = "UPDATE thing SET n = n - 1 WHERE id = $1 RETURNING n";
  SqliteTx tx(connection_);
  std::int64_t inner = 0;
  const auto outer = tx.one(
      [&](const Row& row) {
        inner = *tx.integer(kTake, 2);
        return row.integer(0);
      },
      kTake, 1);
  EXPECT_EQ(*outer, 2);
  EXPECT_EQ(inner, 2);
}

}  // namespace
}  // namespace geili::store::sqlite
