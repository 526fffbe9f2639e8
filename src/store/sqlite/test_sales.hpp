#pragma once
// For tests of what a disk does: transactions like those of sales, which are there whole or not at
// all, and what may be said of them afterwards.

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "store/sqlite/temp_database.hpp"

namespace geili::store::sqlite {

inline constexpr std::int64_t kSalesStock = 1'000;
inline constexpr Migration kSales{1, "sales", R"sql(
CREATE TABLE stock (id {{int}} PRIMARY KEY, available {{int}} NOT NULL CHECK (available >= 0)) {{strict}};
CREATE TABLE sale (n {{int}} PRIMARY KEY, words TEXT NOT NULL) {{strict}};
CREATE TABLE line (sale_n {{int}} PRIMARY KEY REFERENCES sale (n), left_then {{int}} NOT NULL) {{strict}};
CREATE TABLE told (id {{id}}, sale_n {{int}} NOT NULL) {{strict}};
)sql"};

inline Settings sales_at(const std::filesystem::path& path) {
  // A log that is copied often: what it does then is looked at, too.
  return {
      .path = path, .read_threads = 1, .checkpoint_pages = 12, .migrations = std::span(&kSales, 1)};
}

inline void stock_up(Database& database) {
  ASSERT_TRUE(write_and_wait(database, [](Tx& tx) -> Result<void> {
    tx.exec("INSERT INTO stock (id, available) VALUES (1, $1)", kSalesStock);
    return {};
  }));
}

// Once, however often it is asked for.
inline Verdict sell(Tx& tx, std::int64_t n) {
  const std::string words(static_cast<std::size_t>(200 + n * 37 % 900), 'w');
  if (tx.exec("INSERT INTO sale (n, words) VALUES ($1, $2) ON CONFLICT (n) DO NOTHING", n, words) ==
      0) {
    return Verdict::keep;
  }
  const auto left =
      tx.integer("UPDATE stock SET available = available - 1 WHERE id = 1 RETURNING available");
  tx.exec("INSERT INTO line (sale_n, left_then) VALUES ($1, $2)", n, *left);
  tx.exec("INSERT INTO told (sale_n) VALUES ($1)", n);
  return Verdict::keep;
}

// How sales were answered. Thread-safe.
class Answers {
 public:
  // Hands sales in together, and waits until all are answered.
  void sell_all(Database& database, std::int64_t first, std::int64_t count) {
    for (std::int64_t n = first; n < first + count; ++n) {
      const std::scoped_lock lock(mutex_);
      ++open_;
      auto taken = database.submit_write([n](Tx& tx) { return sell(tx, n); },
                                         [this, n](const Outcome& outcome) { note(n, outcome); });
      if (!taken) throw StoreFailure(taken.error().code);
    }
    std::unique_lock lock(mutex_);
    all_answered_.wait(lock, [&] { return open_ == 0; });
  }
  struct Sets {
    std::set<std::int64_t> done;
    std::set<std::int64_t> refused;  // and told so: not what is not known
  };
  Sets sets() const {
    const std::scoped_lock lock(mutex_);
    return sets_;
  }

 private:
  void note(std::int64_t n, const Outcome& outcome) {
    const std::scoped_lock lock(mutex_);
    if (!outcome.failure) {
      sets_.done.insert(n);
    } else if (const auto error = as_error(outcome.failure);
               !error || error->code != outcome_unknown().code) {
      sets_.refused.insert(n);
    }
    --open_;
    all_answered_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable all_answered_;
  std::int64_t open_ = 0;
  Sets sets_;
};

// The sales that are there. Empty `fault`: each is whole, and the file as well.
struct SalesThere {
  std::set<std::int64_t> sales;
  std::string fault;
};
inline SalesThere sales_in(Database& database) {
  return *read_and_wait(database, [](Tx& tx) -> Result<SalesThere> {
    SalesThere there;
    tx.each([&](const Row& row) { there.sales.insert(row.integer(0)); }, "SELECT n FROM sale");
    const auto count = static_cast<std::int64_t>(there.sales.size());
    const bool is_whole =
        tx.integer("SELECT count(*) FROM line JOIN sale ON n = sale_n") == count &&
        tx.integer("SELECT count(*) FROM told JOIN sale ON n = sale_n") == count &&
        tx.integer("SELECT count(*) FROM told") == count &&
        tx.integer("SELECT available FROM stock") == kSalesStock - count;
    if (!is_whole) there.fault = "a sale is there by half";
    const auto checked = tx.one([](const Row& row) { return row.string(0); },
                                "SELECT integrity_check FROM pragma_integrity_check");
    if (checked != "ok") there.fault = "the file is damaged: " + checked.value_or("");
    return there;
  });
}

}  // namespace geili::store::sqlite
