#pragma once
// For the tests of rooms that keep rows: a real store, a clock, and words to say what must not
// change.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::store::sqlite {

// Every row of every table, as text.
inline std::string dump(Tx& tx) {
  std::vector<std::string> queries;
  tx.each(
      [&](const Row& row) {
        queries.push_back("SELECT '" + row.string(0) + ": ' || " + row.string(1) + " FROM " +
                          row.string(0) + " ORDER BY 1");
      },
      "SELECT m.name, group_concat('quote(' || c.name || ')', ' || '' | '' || ')"
      " FROM sqlite_schema m, pragma_table_info(m.name) c"
      " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' GROUP BY m.name ORDER BY m.name");
  std::string text;
  for (const std::string& query : queries) {
    tx.each([&](const Row& row) { text.append(row.text(0)).append("\n"); }, query);
  }
  return text;
}

class StoreTest : public ::testing::Test {
 protected:
  template <class Job>
  auto write(Job job) {
    return write_and_wait(*database_, std::move(job));
  }
  template <class Job>
  auto read(Job job) {
    return read_and_wait(*database_, std::move(job));
  }
  std::int64_t integer(std::string_view sql) {
    return *read([&](Tx& tx) -> Result<std::int64_t> { return *tx.integer(sql); });
  }
  std::string rows() {
    return *read([](Tx& tx) -> Result<std::string> { return dump(tx); });
  }
  // Expects that the job is refused and leaves no trace, and returns why.
  template <class Job>
  Error refused(Job job) {
    const std::string before = rows();
    const auto result = write(std::move(job));
    EXPECT_EQ(rows(), before) << "a refused job has changed the data";
    if (!result) return result.error();
    ADD_FAILURE() << "was not refused";
    return {};
  }

  ManualClock clock_;
  TempDatabase database_;
};

// The first field that an error names.
inline std::string field_of(const Error& error) {
  return error.fields.empty() ? "" : error.fields.front().path;
}
inline std::int64_t figure_of(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.figures) {
    if (key == name) return value;
  }
  ADD_FAILURE() << "no figure " << name;
  return -1;
}

}  // namespace geili::store::sqlite
