// Whether an answer that is kept outside the store is still so.
#include "store/sqlite/changes.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "store/sqlite/temp_database.hpp"

namespace geili::store::sqlite {
namespace {

constexpr Migration kStep{1, "things",
                          "CREATE TABLE thing (id {{id}}, n {{int}} NOT NULL) {{strict}};"
                          "CREATE TABLE other (id {{id}}, n {{int}} NOT NULL) {{strict}};"
                          "INSERT INTO thing (id, n) VALUES (1, 0);"
                          "INSERT INTO other (id, n) VALUES (1, 0)"};

class Freshness : public ::testing::Test {
 protected:
  ReadMark look() {
    return *read_and_wait(*database_, [](Tx& tx) -> Result<ReadMark> {
      (void)tx.integer("SELECT n FROM thing WHERE id = 1");
      return *tx.read_mark();
    });
  }
  Result<void> change(std::string_view sql, bool is_kept = true) {
    return write_and_wait(*database_, [=](Tx& tx) -> Result<void> {
      tx.exec(sql);
      if (!is_kept) return fail(ErrorKind::conflict, "undone", "Undone.");
      return {};
    });
  }

  const TempFolder folder_;
  const std::unique_ptr<Database> database_ =
      open({.path = folder_.path() / "geili.db", .migrations = std::span(&kStep, 1)});
};

TEST_F(Freshness, EndsWithAnyChangeOfATableThatWasRead) {
  for (const char* sql :
       {"UPDATE thing SET n = n + 1 WHERE id = 1", "INSERT INTO thing (n) VALUES (5)",
        "DELETE FROM thing WHERE n = 5", "UPDATE thing SET n = 7 WHERE id IN (SELECT n FROM other)",
        "INSERT INTO thing (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = 9"}) {
    const ReadMark mark = look();
    EXPECT_TRUE(database_->is_fresh(mark));
    ASSERT_TRUE(change(sql));
    EXPECT_FALSE(database_->is_fresh(mark)) << sql;
  }
}

TEST_F(Freshness, OutlivesChangesOfOtherTables) {
  const ReadMark mark = look();
  ASSERT_TRUE(change("UPDATE other SET n = n + 1"));
  ASSERT_TRUE(change("INSERT INTO other (n) SELECT n FROM thing"));
  EXPECT_TRUE(database_->is_fresh(mark));
}

TEST_F(Freshness, CountsTheTablesOfEveryStatementOfAJob) {
  const auto mark = *read_and_wait(*database_, [](Tx& tx) -> Result<ReadMark> {
    (void)tx.integer("SELECT n FROM other WHERE id = 1");
    (void)tx.integer("SELECT COUNT(*) FROM thing");
    return *tx.read_mark();
  });
  ASSERT_TRUE(change("INSERT INTO thing (n) VALUES (5)"));
  EXPECT_FALSE(database_->is_fresh(mark));
}

TEST_F(Freshness, IsNotToldByAJobThatWrites) {
  ASSERT_TRUE(write_and_wait(*database_, [](Tx& tx) -> Result<void> {
    EXPECT_FALSE(tx.read_mark());
    return {};
  }));
}

// Who was answered that a change is made finds it in every answer from then on.
TEST_F(Freshness, NeverHoldsForWhatWasReadBeforeAnAnsweredChange) {
  std::atomic<std::int64_t> answered = 0;
  std::atomic<bool> is_over = false;
  std::thread writer([&] {
    for (std::int64_t n = 1; n <= 300; ++n) {
      (void)change("UPDATE thing SET n = n + 1 WHERE id = 1");
      answered = n;
    }
    is_over = true;
  });
  struct Kept {
    ReadMark mark;
    std::int64_t n = 0;
  };
  std::optional<Kept> kept;
  while (!is_over) {
    const std::int64_t at_least = answered;
    if (kept && database_->is_fresh(kept->mark)) {
      EXPECT_GE(kept->n, at_least);
      continue;
    }
    kept = *read_and_wait(*database_, [](Tx& tx) -> Result<Kept> {
      const auto n = *tx.integer("SELECT n FROM thing WHERE id = 1");
      return Kept{*tx.read_mark(), n};
    });
  }
  writer.join();
  EXPECT_EQ(*read_and_wait(*database_,
                           [](Tx& tx) -> Result<std::int64_t> {
                             return *tx.integer("SELECT n FROM thing WHERE id = 1");
                           }),
            300);
}

}  // namespace
}  // namespace geili::store::sqlite
