#pragma once
// What the contract suites share: their tables and short ways to use them.

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "store/database.hpp"
#include "store/migrations.hpp"

namespace geili::store::contract {

struct Limits {
  std::size_t write_queue_max = 20'000;
};

inline constexpr std::array<Migration, 1> kSteps{{{1, "contract", R"sql(
CREATE TABLE entry (id {{id}}, label TEXT NOT NULL) {{strict}};
CREATE TABLE counter (name TEXT PRIMARY KEY, value {{int}} NOT NULL CHECK (value >= 0)) {{strict}};
CREATE TABLE anything (id {{int}} PRIMARY KEY, number {{int}}, label TEXT, data {{bytes}}) {{strict}};
CREATE TABLE named (id {{id}}, name TEXT NOT NULL UNIQUE) {{strict}};
CREATE TABLE child (id {{id}}, entry_id {{int}} NOT NULL REFERENCES entry (id)) {{strict}};
)sql"}}};

// `Backend` is default-constructible with empty data of its own; `std::unique_ptr<Database>
// open(const Limits&)` opens that data with kSteps applied, again and again but once at a time.
template <class Backend>
class Fixture : public ::testing::Test {
 protected:
  Fixture() { open(); }

  void open(const Limits& limits = {}) {
    database_.reset();
    database_ = backend_.open(limits);
  }
  void close() { database_.reset(); }
  Database& database() { return *database_; }

  template <class Job>
  auto write(Job job) {
    return write_and_wait(*database_, std::move(job));
  }
  template <class Job>
  auto read(Job job) {
    return read_and_wait(*database_, std::move(job));
  }
  void add(std::string_view label) {
    ASSERT_TRUE(write([label](Tx& tx) -> Result<void> {
      tx.exec("INSERT INTO entry (label) VALUES ($1)", label);
      return {};
    }));
  }
  std::vector<std::string> labels() {
    return *read([](Tx& tx) -> Result<std::vector<std::string>> {
      std::vector<std::string> found;
      tx.each([&](const Row& row) { found.push_back(row.string(0)); },
              "SELECT label FROM entry ORDER BY id");
      return found;
    });
  }

 private:
  Backend backend_;
  std::unique_ptr<Database> database_;
};

// Keeps the writer busy until let go, so that what is handed in meanwhile waits in the queue.
class Gate {
 public:
  // Its job is never begun again: it touches no row.
  explicit Gate(Database& database) {
    std::promise<void> entered;
    auto inside = entered.get_future();
    auto taken = database.submit_write(
        [&entered, open = open_.get_future()](Tx&) {
          entered.set_value();
          open.wait();
          return Verdict::keep;
        },
        [](const Outcome&) {});
    if (!taken) throw std::logic_error("the gate found the queue full");
    inside.wait();
  }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate() { let_go(); }
  void let_go() {
    if (std::exchange(closed_, false)) open_.set_value();
  }

 private:
  std::promise<void> open_;
  bool closed_ = true;
};

}  // namespace geili::store::contract
