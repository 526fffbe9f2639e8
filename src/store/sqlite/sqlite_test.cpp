// What is SQLite's alone: the file, its lock, its copies, and what a kill leaves.
#include "store/sqlite/sqlite.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite/temp_database.hpp"

namespace geili::store::sqlite {
namespace {

constexpr Migration kStep{1, "numbers", "CREATE TABLE number (n {{int}} PRIMARY KEY) {{strict}}"};

class SqliteFile : public ::testing::Test {
 protected:
  std::unique_ptr<Database> open_at(const std::filesystem::path& path) const {
    return open({.path = path, .migrations = std::span(&kStep, 1)});
  }
  std::unique_ptr<Database> open_file() const { return open_at(path_); }
  std::string refusal(const std::filesystem::path& path) const {
    try {
      (void)open_at(path);
    } catch (const StoreFailure& failure) {
      return failure.what();
    }
    return "";
  }
  static void add(Database& database, std::int64_t n) {
    ASSERT_TRUE(write_and_wait(database, [n](Tx& tx) -> Result<void> {
      tx.exec("INSERT INTO number (n) VALUES ($1)", n);
      return {};
    }));
  }
  static std::vector<std::int64_t> numbers(Database& database) {
    return *read_and_wait(database, [](Tx& tx) -> Result<std::vector<std::int64_t>> {
      std::vector<std::int64_t> found;
      tx.each([&](const Row& row) { found.push_back(row.integer(0)); },
              "SELECT n FROM number ORDER BY n");
      return found;
    });
  }

  const TempFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "geili.db";
};

TEST_F(SqliteFile, IsOpenOnce) {
  const auto first = open_file();
  EXPECT_NE(refusal(path_).find("in use by another Geili"), std::string::npos);
  add(*first, 1);
  EXPECT_EQ(numbers(*first), std::vector<std::int64_t>{1});
}

TEST_F(SqliteFile, SaysWhatIsWrongWithThePath) {
  EXPECT_NE(refusal(folder_.path() / "none" / "geili.db").find("make its folder"),
            std::string::npos);
  std::ofstream(path_) << std::string(8'192, 'x');
  EXPECT_NE(refusal(path_).find("not a database"), std::string::npos);
}

TEST_F(SqliteFile, IsCopiedWhileItIsWritten) {
  const auto database = open_file();
  for (int n = 0; n < 50; ++n) add(*database, n);
  const auto copy = folder_.path() / "backup.db";
  std::ofstream(copy) << "an older backup";
  backup_to(path_, copy);
  add(*database, 50);
  EXPECT_EQ(numbers(*open_at(copy)).size(), 50U);
  EXPECT_EQ(numbers(*database).size(), 51U);
  EXPECT_FALSE(std::filesystem::exists(copy.string() + ".part"));
}

TEST_F(SqliteFile, ACopyThatCannotBeMadeFails) {
  EXPECT_THROW(backup_to(path_, folder_.path() / "backup.db"), StoreFailure);
  {
    const auto database = open_file();
  }
  EXPECT_THROW(backup_to(path_, folder_.path() / "none" / "backup.db"), StoreFailure);
}

// Writes numbers from 0 on and tells each one that was answered, until it is killed.
[[noreturn]] void write_and_tell(const std::filesystem::path& path, int pipe) {
  const auto database = open({.path = path, .migrations = std::span(&kStep, 1)});
  constexpr int kInFlight = 32;
  std::function<void(std::int64_t)> hand_in = [&](std::int64_t n) {
    (void)database->submit_write(
        [n](Tx& tx) {
          tx.exec("INSERT INTO number (n) VALUES ($1)", n);
          return Verdict::keep;
        },
        [&, n](const Outcome& outcome) {
          if (outcome.failure || ::write(pipe, &n, sizeof n) != sizeof n) ::_exit(1);
          hand_in(n + kInFlight);
        });
  };
  for (int n = 0; n < kInFlight; ++n) hand_in(n);
  for (;;) ::pause();
}

TEST_F(SqliteFile, NothingAnsweredIsLostByAKill) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::close(ends[0]);
    write_and_tell(path_, ends[1]);
  }
  ::close(ends[1]);
  std::vector<std::int64_t> answered;
  std::int64_t n = 0;
  while (::read(ends[0], &n, sizeof n) == sizeof n) {
    answered.push_back(n);
    if (answered.size() == 2'000) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));

  const auto kept = numbers(*open_file());
  std::ranges::sort(answered);
  ASSERT_GE(answered.size(), 2'000U);
  EXPECT_TRUE(std::ranges::includes(kept, answered));
}

// Notes how many items came at once: as many as jobs of the transaction left one.
void add_count(Tx& tx, std::span<const Tx::Item> items) {
  tx.exec("INSERT INTO number (n) VALUES ($1)", static_cast<std::int64_t>(items.size()));
}
void break_constraint(Tx& tx, std::span<const Tx::Item> /*items*/) {
  tx.exec("INSERT INTO absent (n) VALUES (1)");
}

// Jobs that share a transaction.
class Together : public SqliteFile {
 protected:
  static Database::Job adding(std::int64_t n, Verdict verdict = Verdict::keep) {
    return [n, verdict](Tx& tx) {
      tx.exec("INSERT INTO number (n) VALUES ($1)", n);
      return verdict;
    };
  }
  // How many of them failed.
  int failures_of(std::vector<Database::Job> jobs) {
    std::atomic<int> failed = 0;
    std::promise<void> begun;
    std::promise<void> opened;
    std::latch answered(static_cast<std::ptrdiff_t>(jobs.size()) + 1);
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
    for (Database::Job& job : jobs) submit(std::move(job));
    opened.set_value();
    answered.wait();
    return failed;
  }
  template <class... Jobs>
  int failures_of(Jobs... jobs) {
    std::vector<Database::Job> all;
    (all.push_back(std::move(jobs)), ...);
    return failures_of(std::move(all));
  }

  const std::unique_ptr<Database> database_ = open_file();
};

TEST_F(Together, OneThatIsUndoneTakesNothingOfTheOthersAway) {
  const auto thrown = [](Tx& tx) -> Verdict {
    tx.exec("INSERT INTO number (n) VALUES (5)");
    tx.exec("INSERT INTO number (n) VALUES (5)");
    return Verdict::keep;
  };
  EXPECT_EQ(failures_of(adding(1), adding(2, Verdict::undo), adding(3), thrown, adding(4)), 1);
  EXPECT_EQ(numbers(*database_), (std::vector<std::int64_t>{1, 3, 4}));
  EXPECT_EQ(failures_of(adding(6), adding(7, Verdict::undo), adding(8)), 0);
  EXPECT_EQ(numbers(*database_), (std::vector<std::int64_t>{1, 3, 4, 6, 8}));
}

TEST_F(Together, WhatTheUndoneOneMadeOfTheFileGoesToo) {
  const auto made = [](Tx& tx) {
    tx.exec("CREATE TABLE made (n BIGINT)");
    return Verdict::undo;
  };
  EXPECT_EQ(failures_of(adding(1), made, adding(2)), 0);
  EXPECT_EQ(numbers(*database_), (std::vector<std::int64_t>{1, 2}));
  EXPECT_THROW((void)write_and_wait(*database_,
                                    [](Tx& tx) -> Result<void> {
                                      tx.exec("DELETE FROM made");
                                      return {};
                                    }),
               StoreFailure);
}

// A rush on what is sold out refuses many in each transaction.
TEST_F(Together, OneThatChangedNothingBeginsNoneAgain) {
  std::atomic<int> begun = 0;
  const auto counted = [&](Tx& tx) {
    ++begun;
    return adding(begun)(tx);
  };
  const auto refused = [](Tx& tx) {
    tx.exec("UPDATE number SET n = 9 WHERE n = 8");
    return Verdict::undo;
  };
  EXPECT_EQ(failures_of(counted, refused, counted, refused), 0);
  EXPECT_EQ(begun, 2);
}

class Gathering : public Together {
 protected:
  int failures_of_two(Tx::Work work) {
    const auto job = [work](std::int64_t n) {
      return [n, work](Tx& tx) {
        tx.exec("INSERT INTO number (n) VALUES ($1)", n);
        tx.gather(work, nullptr);
        return Verdict::keep;
      };
    };
    return failures_of(job(10), job(20));
  }
};

TEST_F(Gathering, IsDoneOnceForAllJobsOfTheTransaction) {
  EXPECT_EQ(failures_of_two(&add_count), 0);
  EXPECT_EQ(numbers(*database_), (std::vector<std::int64_t>{2, 10, 20}));
}

TEST_F(Gathering, AFailureOfItFailsTheTransactionAndNothingLater) {
  EXPECT_EQ(failures_of_two(&break_constraint), 2);
  add(*database_, 40);
  EXPECT_EQ(numbers(*database_), std::vector<std::int64_t>{40});
}

TEST_F(Gathering, LeavesOutWhatWasUndone) {
  const auto gathering = [](Verdict verdict) {
    return [verdict](Tx& tx) {
      tx.exec("INSERT INTO number (n) VALUES ($1)", verdict == Verdict::keep ? 10 : 20);
      tx.gather(&add_count, nullptr);
      return verdict;
    };
  };
  EXPECT_EQ(failures_of(gathering(Verdict::keep), gathering(Verdict::undo)), 0);
  EXPECT_EQ(numbers(*database_), (std::vector<std::int64_t>{1, 10}));
}

}  // namespace
}  // namespace geili::store::sqlite
