#pragma once
// For the tests of this room: a database with one table of numbers and one of counters.

#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/postgres/postgres.hpp"
#include "store/postgres/testing/temp_server.hpp"

namespace geili::store::postgres {

inline constexpr std::array<Migration, 1> kNumbers{{{1, "numbers", R"sql(
CREATE TABLE number (n {{int}} PRIMARY KEY) {{strict}};
CREATE TABLE told (id {{id}}, n {{int}} NOT NULL) {{strict}};
CREATE TABLE counter (id {{int}} PRIMARY KEY, value {{int}} NOT NULL CHECK (value >= 0)) {{strict}};
)sql"}}};

inline Settings settings_of(const std::string& url) {
  return {.url = Secret(url), .migrations = kNumbers};
}

inline Verdict insert_number(Tx& tx, std::int64_t n) {
  tx.exec("INSERT INTO number (n) VALUES ($1)", n);
  return Verdict::keep;
}

inline Result<void> add_number(Database& database, std::int64_t n) {
  return write_and_wait(database, [n](Tx& tx) -> Result<void> {
    insert_number(tx, n);
    return {};
  });
}

inline void set_counter(Database& database, std::int64_t id, std::int64_t value) {
  ASSERT_TRUE(write_and_wait(database, [&](Tx& tx) -> Result<void> {
    tx.exec("INSERT INTO counter (id, value) VALUES ($1, $2)", id, value);
    return {};
  }));
}

inline std::int64_t counter(Database& database, std::int64_t id) {
  return *read_and_wait(database, [id](Tx& tx) -> Result<std::int64_t> {
    return *tx.integer("SELECT value FROM counter WHERE id = $1", id);
  });
}

inline std::set<std::int64_t> numbers(Database& database) {
  return *read_and_wait(database, [](Tx& tx) -> Result<std::set<std::int64_t>> {
    std::set<std::int64_t> found;
    tx.each([&](const Row& row) { found.insert(row.integer(0)); }, "SELECT n FROM number");
    return found;
  });
}

// What a job's failure says; "" when it has none.
inline std::string sentence_of(const Outcome& outcome) {
  try {
    if (outcome.failure) std::rethrow_exception(outcome.failure);
  } catch (const std::exception& failure) {
    return failure.what();
  }
  return "";
}

// A schema of the server that all tests of the process share.
class SharedServer : public ::testing::Test {
 protected:
  std::unique_ptr<PostgresDatabase> open_store() const { return open(settings_of(url_)); }

  TempServer& server_ = TempServer::shared();
  const std::string url_ = server_.make_schema();
};

}  // namespace geili::store::postgres
