#pragma once
// For the tests of rooms that keep rows: a real store, a clock, and words to say what must not
// change. The store is SQLite's; with GEILI_TEST_STORE=postgres in the environment it is a database
// of a real PostgreSQL server.

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "store/database.hpp"

namespace geili::store::testing {

// An empty store with today's schema, which goes when the test does.
class TempDatabase {
 public:
  TempDatabase();
  TempDatabase(const TempDatabase&) = delete;
  TempDatabase& operator=(const TempDatabase&) = delete;
  ~TempDatabase();

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  // Closes the store and opens it again on the same data.
  void reopen();
  // As another process has the same data. None on SQLite, whose file is one process's alone.
  std::unique_ptr<Database> beside() const;

  struct Place;  // of the data: a folder, or a database

 private:
  std::unique_ptr<Place> place_;
  std::unique_ptr<Database> database_;
};

// Every row of every table, as text.
std::string dump(Tx& tx);

// Returns once another transaction waits for a row that `tx` has changed; throws after ten seconds
// in which none did. PostgreSQL alone.
void wait_for_a_waiter(Tx& tx);

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

  // The answers of two processes to the same job: the second one begins it when the first one has
  // done it and has not committed, and meets it at a row. PostgreSQL alone.
  template <class Job>
  auto meet(Job job) {
    const auto other = database_.beside();
    std::future<decltype(write(job))> second;
    auto first = write([&](Tx& tx) {
      auto done = job(tx);
      second = std::async(std::launch::async, [&] { return write_and_wait(*other, job); });
      wait_for_a_waiter(tx);
      return done;
    });
    return std::pair(std::move(first), second.get());
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

}  // namespace geili::store::testing
