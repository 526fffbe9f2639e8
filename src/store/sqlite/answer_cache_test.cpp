// What the writer remembers of what many ask alike, and when it must not.
#include "store/sqlite/answer_cache.hpp"

#include <atomic>
#include <future>
#include <latch>

#include <gtest/gtest.h>

#include "store/sqlite/connection.hpp"
#include "store/sqlite/sqlite.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::store::sqlite {
namespace {

constexpr Migration kStep{
    1, "shops",
    "CREATE TABLE shop (id {{int}} PRIMARY KEY, name TEXT NOT NULL, sold {{int}} NOT NULL,"
    " note {{bytes}}) {{strict}};"
    "CREATE TABLE other (id {{int}} PRIMARY KEY) {{strict}}"};
constexpr std::string_view kName = "SELECT name FROM shop WHERE id = $1";

class RememberedAnswers : public ::testing::Test {
 protected:
  RememberedAnswers() {
    change("INSERT INTO shop (id, name, sold) VALUES (1, 'Pearls', 0), (2, 'Shells', 0)");
    EXPECT_EQ(name(), "Pearls");
  }
  template <class Job>
  auto write(Job job) {
    return write_and_wait(*database_, std::move(job));
  }
  void change(std::string_view sql) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      tx.exec(sql);
      return {};
    }));
  }
  static std::string name_in(Tx& tx, std::int64_t shop = 1) {
    tx.ahead_of_many(kName, shop);
    return tx.one([](const Row& row) { return row.string(0); }, kName, shop).value_or("none");
  }
  std::string name(std::int64_t shop = 1) {
    return *write([&](Tx& tx) -> Result<std::string> { return name_in(tx, shop); });
  }
  // A hand that no store knows of; it breaks the rule that the file is one process's.
  void change_behind(const char* sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open((folder_.path() / "geili.db").c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
  }

  const TempFolder folder_;
  const std::unique_ptr<Database> database_ =
      open({.path = folder_.path() / "geili.db", .migrations = std::span(&kStep, 1)});
};

TEST_F(RememberedAnswers, FollowEveryKindOfChange) {
  change("UPDATE shop SET name = 'Corals' WHERE id = 1");
  EXPECT_EQ(name(), "Corals");
  change(
      "INSERT INTO shop (id, name, sold) VALUES (1, 'Amber', 0)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name");
  EXPECT_EQ(name(), "Amber");
  EXPECT_EQ(name(3), "none");
  change("INSERT INTO shop (id, name, sold) VALUES (3, 'Jade', 0)");
  EXPECT_EQ(name(3), "Jade");
  change("UPDATE shop SET id = 4 WHERE id = 3");
  EXPECT_EQ(name(3), "none");
  change("DELETE FROM shop WHERE id = 1");
  EXPECT_EQ(name(), "none");
  change_behind("INSERT INTO shop (id, name, sold) VALUES (1, 'Opal', 0)");
  EXPECT_EQ(name(), "Opal");
}

TEST_F(RememberedAnswers, AreSeenAnewByTheJobThatChangesThem) {
  const auto seen = *write([](Tx& tx) -> Result<std::string> {
    std::string all = name_in(tx);
    tx.exec("UPDATE shop SET name = 'Corals' WHERE id = 1");
    all += " " + name_in(tx);
    tx.later("UPDATE shop SET name = 'Amber' WHERE id = 1");
    return all + " " + name_in(tx);
  });
  EXPECT_EQ(seen, "Pearls Corals Amber");
}

TEST_F(RememberedAnswers, ForgetWhatWasUndone) {
  EXPECT_FALSE(write([](Tx& tx) -> Result<void> {
    tx.exec("UPDATE shop SET name = 'Corals' WHERE id = 1");
    EXPECT_EQ(name_in(tx), "Corals");
    return fail(ErrorKind::conflict, "no", "No.");
  }));
  EXPECT_EQ(name(), "Pearls");
}

// The second job of a transaction remembers what the first one has changed, and then all is lost.
TEST_F(RememberedAnswers, ForgetWhatWasLostWithItsTransaction) {
  std::promise<void> begun;
  std::promise<void> opened;
  std::latch answered(3);
  std::atomic<int> failed = 0;
  const auto submit = [&](Database::Job job) {
    ASSERT_TRUE(database_->submit_write(std::move(job), [&](const Outcome& outcome) {
      failed += outcome.failure ? 1 : 0;
      answered.count_down();
    }));
  };
  submit([&](Tx&) {  // in a transaction of its own: the others are not there yet
    begun.set_value();
    opened.get_future().wait();
    return Verdict::keep;
  });
  begun.get_future().wait();
  submit([](Tx& tx) {
    tx.exec("UPDATE shop SET name = 'Corals' WHERE id = 1");
    return Verdict::keep;
  });
  submit([](Tx& tx) {
    EXPECT_EQ(name_in(tx), "Corals");
    tx.gather(
        [](Tx& late, std::span<const Tx::Item>) { late.exec("INSERT INTO absent VALUES (1)"); },
        nullptr);
    return Verdict::keep;
  });
  opened.set_value();
  answered.wait();
  EXPECT_EQ(failed, 2);
  EXPECT_EQ(name(), "Pearls");
}

TEST_F(RememberedAnswers, KeepWhatTheyRestOnApart) {
  AnswerCache answers;
  Connection connection(folder_.path() / "geili.db", Access::write);
  const auto select = connection.statement(kName);
  answers.watch(*select);
  const Value one = std::int64_t{1};
  const auto stays_after = [&](std::string_view sql) {
    answers.keep(*select, {&one, 1}, std::make_shared<const Answer>());
    answers.forget_what_changes(*connection.statement(sql));
    return answers.find(*select, {&one, 1}) != nullptr;
  };
  EXPECT_TRUE(stays_after("UPDATE shop SET sold = sold + 1 WHERE name = 'Pearls'"));
  EXPECT_TRUE(stays_after("INSERT INTO other (id) VALUES (7)"));
  EXPECT_FALSE(stays_after("UPDATE shop SET name = 'Corals', sold = 1"));
  EXPECT_FALSE(stays_after("INSERT INTO shop (id, name, sold) SELECT id, 'x', 0 FROM other"));
  EXPECT_FALSE(stays_after("DELETE FROM other"));
}

TEST_F(RememberedAnswers, AreAsManyAsThereIsRoomFor) {
  for (std::int64_t shop = 1;
       shop < 3 * static_cast<std::int64_t>(AnswerCache::kAnswersOfASelectMax); ++shop) {
    EXPECT_EQ(name(shop), shop == 1 ? "Pearls" : shop == 2 ? "Shells" : "none");
  }
}

TEST_F(RememberedAnswers, HaveAllTypesAndStopWhereTheReaderStops) {
  change("UPDATE shop SET note = X'00FF' WHERE id = 1");
  constexpr std::string_view kAll = "SELECT id, name, note FROM shop WHERE id < $1 ORDER BY id";
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      tx.ahead_of_many(kAll, 10);
      const Bytes note = *tx.one(
          [](const Row& row) { return Bytes(row.bytes(2).begin(), row.bytes(2).end()); }, kAll, 10);
      EXPECT_EQ(note, (Bytes{std::byte{0}, std::byte{0xFF}}));
      std::string all;
      tx.each(
          [&](const Row& row) {
            all += row.string(1) + std::to_string(row.integer(0)) + (row.is_null(2) ? "-" : "+");
          },
          kAll, 10);
      EXPECT_EQ(all, "Pearls1+Shells2-");
      return {};
    }));
  }
}

}  // namespace
}  // namespace geili::store::sqlite
