#pragma once
// What every backend promises about values, rows and statements: INSTANTIATE as in
// contract_suite.hpp.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "store/contract_fixture.hpp"

namespace geili::store::contract {

template <class Backend>
class ValueContract : public Fixture<Backend> {};
TYPED_TEST_SUITE_P(ValueContract);

struct Anything {
  std::optional<std::int64_t> number;
  std::optional<std::string> label;
  std::optional<Bytes> data;
  friend bool operator==(const Anything&, const Anything&) = default;
};

inline Anything decode_anything(const Row& row) {
  Anything found{row.optional_integer(0), row.optional_string(1), std::nullopt};
  if (!row.is_null(2)) found.data.emplace(row.bytes(2).begin(), row.bytes(2).end());
  return found;
}

TYPED_TEST_P(ValueContract, ValuesComeBackAsTheyWent) {
  Bytes every_byte;
  for (int i = 0; i < 256; ++i) every_byte.push_back(static_cast<std::byte>(i));
  const std::vector<Anything> values{
      {std::nullopt, std::nullopt, std::nullopt},
      {0, "", Bytes{}},
      {std::numeric_limits<std::int64_t>::max(), "给力 🎏 'quoted' \"twice\" \\", every_byte},
      {std::numeric_limits<std::int64_t>::min(), std::string(100'000, 'x'), Bytes(1)},
      {9'007'199'254'740'993, "12", Bytes{std::byte{'1'}}},
  };
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_TRUE(this->write([&](Tx& tx) -> Result<void> {
      tx.exec("INSERT INTO anything (id, number, label, data) VALUES ($1, $2, $3, $4)", i,
              values[i].number, values[i].label, values[i].data);
      return {};
    }));
    const auto found = *this->read([&](Tx& tx) -> Result<std::optional<Anything>> {
      return tx.one(decode_anything, "SELECT number, label, data FROM anything WHERE id = $1", i);
    });
    EXPECT_EQ(found, values[i]) << i;
  }
}

TYPED_TEST_P(ValueContract, ATextWithNulIsRefused) {
  EXPECT_THROW((void)this->write([](Tx& tx) -> Result<void> {
    tx.exec("INSERT INTO entry (label) VALUES ($1)", std::string("a\0b", 3));
    return {};
  }),
               StoreFailure);
  EXPECT_TRUE(this->labels().empty());
}

TYPED_TEST_P(ValueContract, ParametersAreFoundByNumber) {
  const auto sum = this->read([](Tx& tx) -> Result<std::int64_t> {
    return *tx.integer(
        "SELECT CAST($2 AS BIGINT) * 100 + CAST($1 AS BIGINT) * 10 + CAST($2 AS BIGINT)", 1, 2);
  });
  EXPECT_EQ(*sum, 212);
}

TYPED_TEST_P(ValueContract, MissingParametersAndSecondStatementsFail) {
  for (const std::string_view sql :
       {"SELECT id FROM entry WHERE id = $2", "SELECT 1; SELECT 2", "", "SELEC 1"}) {
    EXPECT_THROW((void)this->read([sql](Tx& tx) -> Result<void> {
      tx.exec(sql, 1);
      return {};
    }),
                 StoreFailure)
        << sql;
  }
}

TYPED_TEST_P(ValueContract, ChangedRowsAreCounted) {
  const auto counts = *this->write([](Tx& tx) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> changed;
    changed.push_back(tx.exec("INSERT INTO counter (name, value) VALUES ('a', 1), ('b', 0)"));
    changed.push_back(tx.exec("UPDATE counter SET value = value - 1 WHERE value >= $1", 1));
    changed.push_back(tx.exec("UPDATE counter SET value = value - 1 WHERE value >= $1", 1));
    changed.push_back(tx.exec("SELECT name FROM counter"));
    changed.push_back(
        tx.exec("INSERT INTO counter (name, value) VALUES ('a', 5) ON CONFLICT (name) DO NOTHING"));
    changed.push_back(tx.exec("DELETE FROM counter"));
    return changed;
  });
  EXPECT_EQ(counts, (std::vector<std::int64_t>{2, 1, 0, 0, 0, 2}));
}

TYPED_TEST_P(ValueContract, ReturningDoesAllTheWorkAlsoWhenOneRowIsEnough) {
  int seen = 0;
  const auto changed = *this->write([&](Tx& tx) -> Result<std::int64_t> {
    return tx.run("INSERT INTO entry (label) VALUES ('a'), ('b'), ('c') RETURNING id", {},
                  [&](const Row&) {
                    ++seen;
                    return false;
                  });
  });
  EXPECT_EQ(changed, 3);
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(this->labels(), (std::vector<std::string>{"a", "b", "c"}));
}

TYPED_TEST_P(ValueContract, AnIdIsNeverHandedOutTwice) {
  const auto ids = *this->write([](Tx& tx) -> Result<std::pair<std::int64_t, std::int64_t>> {
    constexpr std::string_view kInsert = "INSERT INTO entry (label) VALUES ('x') RETURNING id";
    const auto first = *tx.integer(kInsert);
    tx.exec("DELETE FROM entry");
    return std::pair(first, *tx.integer(kInsert));
  });
  EXPECT_GT(ids.second, ids.first);
}

TYPED_TEST_P(ValueContract, AStatementCanBeUsedInsideItsOwnRows) {
  const auto pairs = *this->write([](Tx& tx) -> Result<int> {
    tx.exec("INSERT INTO entry (label) VALUES ('a'), ('b'), ('c')");
    int count = 0;
    constexpr std::string_view kAll = "SELECT id FROM entry ORDER BY id";
    tx.each([&](const Row&) { tx.each([&](const Row&) { ++count; }, kAll); }, kAll);
    return count;
  });
  EXPECT_EQ(pairs, 9);
}

TYPED_TEST_P(ValueContract, AnotherTextInTheSamePlaceIsAnotherStatement) {
  const auto values = *this->read([](Tx& tx) -> Result<std::pair<std::int64_t, std::int64_t>> {
    std::string sql = "SELECT 1";
    const auto first = *tx.integer(sql);
    sql.back() = '2';
    return std::pair(first, *tx.integer(sql));
  });
  EXPECT_EQ(values, std::pair(std::int64_t{1}, std::int64_t{2}));
}

TYPED_TEST_P(ValueContract, ManyDifferentStatementsWork) {
  const auto sum = *this->read([](Tx& tx) -> Result<std::int64_t> {
    std::int64_t total = 0;
    for (int i = 0; i < 2'500; ++i) total += *tx.integer("SELECT " + std::to_string(i));
    return total;
  });
  EXPECT_EQ(sum, 2'499 * 2'500 / 2);
}

REGISTER_TYPED_TEST_SUITE_P(ValueContract, ValuesComeBackAsTheyWent, ATextWithNulIsRefused,
                            ParametersAreFoundByNumber, MissingParametersAndSecondStatementsFail,
                            ChangedRowsAreCounted, ReturningDoesAllTheWorkAlsoWhenOneRowIsEnough,
                            AnIdIsNeverHandedOutTwice, AStatementCanBeUsedInsideItsOwnRows,
                            AnotherTextInTheSamePlaceIsAnotherStatement,
                            ManyDifferentStatementsWork);

}  // namespace geili::store::contract
