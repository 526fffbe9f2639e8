#include "store/postgres/statement_text.hpp"

#include <array>

#include <gtest/gtest.h>

namespace geili::store::postgres {
namespace {

using Kind = StatementText::Kind;

TEST(StatementText, AnInsertOfOneRowIsReadColumnByColumn) {
  const StatementText text(
      "INSERT INTO parcel (shop_id, state, note, other_id) VALUES ($2, 'open', $1, 0)"
      " ON CONFLICT (shop_id) WHERE takes_more = 1 DO NOTHING RETURNING id");
  ASSERT_TRUE(text.row_insert());
  const RowInsert& insert = *text.row_insert();
  EXPECT_EQ(insert.table, "parcel");
  EXPECT_TRUE(insert.gives_id);
  ASSERT_EQ(insert.columns.size(), 4U);
  EXPECT_EQ(insert.columns[0].parameter, 1U);
  EXPECT_EQ(insert.columns[1].parameter, RowInsert::kNoParameter);
  EXPECT_EQ(insert.columns[2].parameter, 0U);
  const std::array<std::string_view, 2> types{"text", "bigint"};
  EXPECT_EQ(insert_of_many(insert, types),
            "INSERT INTO parcel (id, shop_id, state, note, other_id)"
            " SELECT u.id, u.p2, 'open', u.p1, 0"
            " FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS u(p1, p2, id)");
}

TEST(StatementText, WhatIsNotOneRowOfParametersAndLiteralsIsNoRowInsert) {
  for (const char* sql : {
           "INSERT INTO t (a) VALUES ($1), ($2)",
           "INSERT INTO t (a) VALUES ($1 + 1)",
           "INSERT INTO t (a) VALUES (now())",
           "INSERT INTO t (a) VALUES ((SELECT 1))",
           "INSERT INTO t (a, b) VALUES ($1)",
           "INSERT INTO t (a) VALUES ($1, $2)",
           "INSERT INTO t (a) VALUES ($0)",
           "INSERT INTO t (a) VALUES ($1001)",
           "INSERT INTO t (a) VALUES ($x)",
           "INSERT INTO t (a) VALUES ($99999999999999999999)",
           "INSERT INTO t (a) VALUES ($1",
           "INSERT INTO t (a) VALUES",
           "INSERT INTO t VALUES ($1)",
           "INSERT INTO t (a) SELECT $1",
           "INSERT INTO t (a) VALUES ($1) RETURNING a",
           "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = $1",
           "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) WHERE b = $2 DO NOTHING",
           "INSERT INTO t (a) VALUES ($1); DELETE FROM t",
           "UPDATE t SET a = $1",
           "INSERT",
           "",
           "'",
           "$",
       }) {
    EXPECT_FALSE(StatementText(sql).row_insert()) << sql;
  }
}

TEST(StatementText, TellsWhatItDoesAndToWhichTable) {
  const auto expect = [](const char* sql, Kind kind, std::string_view target) {
    const StatementText text(sql);
    EXPECT_EQ(text.kind(), kind) << sql;
    EXPECT_EQ(text.target(), target) << sql;
  };
  expect("SELECT a FROM t", Kind::select, "");
  expect("INSERT INTO t (a) SELECT 1", Kind::insert, "t");
  expect("UPDATE T SET a = 1", Kind::update, "t");
  expect("DELETE FROM t WHERE a = $1", Kind::erase, "t");
  expect("WITH gone AS (DELETE FROM t RETURNING a) SELECT a FROM gone", Kind::other, "");
  expect("select a from t", Kind::other, "");
  expect("CREATE TABLE t (a BIGINT)", Kind::other, "");
  EXPECT_TRUE(StatementText("COMMIT").is_reserved());
}

TEST(StatementText, AnAnswerRestsOnTheColumnsThatItNames) {
  const StatementText select("SELECT a FROM t WHERE b = $1");
  const auto rests_on = [&](const char* change) {
    return select.rests_on_what(StatementText(change));
  };
  EXPECT_TRUE(rests_on("UPDATE t SET a = $1"));
  EXPECT_TRUE(rests_on("UPDATE t SET c = (SELECT 1), b = 2 WHERE id = $1"));
  EXPECT_FALSE(rests_on("UPDATE t SET c = $1, d = a WHERE a = $2 AND b = $3"));
  EXPECT_FALSE(rests_on("UPDATE other SET a = $1"));
  EXPECT_TRUE(rests_on("INSERT INTO t (c) VALUES ($1)"));
  EXPECT_TRUE(rests_on("DELETE FROM t"));
  EXPECT_FALSE(rests_on("DELETE FROM other WHERE a = $1"));
  EXPECT_TRUE(rests_on("WITH x AS (SELECT 1) UPDATE other SET a = 1"));
  EXPECT_TRUE(
      StatementText("SELECT x.* FROM t x").rests_on_what(StatementText("UPDATE t SET c = $1")));
  EXPECT_FALSE(
      StatementText("SELECT COUNT(*) FROM t").rests_on_what(StatementText("UPDATE t SET c = $1")));
}

TEST(StatementText, AFilterIsWhatEveryRowOfOneTableFulfils) {
  const StatementText text(
      "SELECT id FROM t WHERE a = $2 AND b = 'x' AND (c = $1 OR $1 = 0) AND d > $3 AND e = $1"
      " ORDER BY id LIMIT 5");
  EXPECT_EQ(text.only_table(), "t");
  ASSERT_EQ(text.filters().size(), 2U);
  EXPECT_EQ(text.filters()[0].column, "a");
  EXPECT_EQ(text.filters()[0].parameter, 1U);
  EXPECT_EQ(text.filters()[1].column, "e");
  for (const char* sql : {
           "SELECT a FROM t WHERE a = $1 OR b = $2",
           "SELECT a FROM t WHERE a = $1 AND b BETWEEN $2 AND c = $3",
           "SELECT a FROM t WHERE NOT a = $1",
           "SELECT a FROM t WHERE a = $1 + 1",
           "SELECT a FROM t WHERE (a = $1)",
           "SELECT a FROM t GROUP BY a",
           "SELECT a FROM t x WHERE x.a = $1",
           "SELECT a FROM t JOIN u ON a = b WHERE a = $1",
           "SELECT a FROM t, u WHERE a = $1",
           "SELECT a FROM t WHERE a = $1 UNION SELECT a FROM t",
           "SELECT a FROM t WHERE b IN (SELECT b FROM t) AND a = $1",
           "UPDATE t SET b = 1 WHERE a = $1",
       }) {
    EXPECT_TRUE(StatementText(sql).filters().empty()) << sql;
  }
}

}  // namespace
}  // namespace geili::store::postgres
