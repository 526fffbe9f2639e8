// Several processes' worth of stores on one database: who wins, who waits, who is begun again.
#include <array>
#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

#include "store/contract_fixture.hpp"
#include "store/postgres/test_numbers.hpp"

namespace geili::store::postgres {
namespace {

class PostgresRace : public SharedServer {
 protected:
  // Sixteen buyers at both processes try fifty times each.
  void expect_sold_out_once(Result<void> (*take)(Tx& tx, int n)) {
    constexpr std::int64_t kStock = 500;
    set_counter(*one_, 1, kStock);
    std::atomic<std::int64_t> sold = 0;
    {
      std::vector<std::jthread> buyers;
      for (int i = 0; i < 16; ++i) {
        buyers.emplace_back([&, &store = i % 2 == 0 ? *one_ : *other_] {
          for (int n = 0; n < 50; ++n) {
            sold += write_and_wait(store, [&, n](Tx& tx) { return take(tx, n); }) ? 1 : 0;
          }
        });
      }
    }
    EXPECT_EQ(sold, kStock);
    EXPECT_EQ(counter(*one_, 1), 0);
  }

  std::unique_ptr<PostgresDatabase> one_ = open_store();
  std::unique_ptr<PostgresDatabase> other_ = open_store();
};

Result<void> take_one(Tx& tx) {
  if (tx.exec("UPDATE counter SET value = value - 1 WHERE id = 1 AND value >= 1") == 0) {
    return fail(ErrorKind::conflict, "sold-out", "None left.");
  }
  return {};
}

constexpr CounterRow kCounter{.read = "SELECT value FROM counter WHERE id = $1",
                              .write = "UPDATE counter SET value = $2 WHERE id = $1",
                              .count = 1};

// One of five buyers changes their mind, and what they took is undone.
Result<void> take_one_in_memory(Tx& tx, int n) {
  Counters* row = tx.counters(kCounter, 1);
  if (row == nullptr) return take_one(tx);
  if (*(*row)[0] < 1) return fail(ErrorKind::conflict, "sold-out", "None left.");
  row->set(0, *(*row)[0] - 1);
  if (n % 5 == 0) return fail(ErrorKind::conflict, "undone", "Changed their mind.");
  return {};
}

TEST_F(PostgresRace, TwoProcessesSellWhatThereIsAndNoMore) {
  expect_sold_out_once([](Tx& tx, int /*n*/) { return take_one(tx); });
}

// Each row in memory is its process's alone until the commit.
TEST_F(PostgresRace, TwoProcessesThatCountInMemorySellWhatThereIsAndNoMore) {
  expect_sold_out_once(take_one_in_memory);
}

// What a reader has seen up to a number never gets company below it, whichever process commits.
TEST_F(PostgresRace, NumbersDrawnLastRiseInTheOrderOfCommits) {
  constexpr std::int64_t kJobs = 40;
  // One draws many for a commit, so that the other's commits fall between.
  constexpr std::array<std::int64_t, 2> kNumbersOfAJob = {100, 1};
  constexpr std::int64_t kAll = kJobs * (kNumbersOfAJob[0] + kNumbersOfAJob[1]);
  std::vector<std::jthread> writers;
  for (int i = 0; i < 2; ++i) {
    writers.emplace_back([&numbers = kNumbersOfAJob[i], &store = i == 0 ? *one_ : *other_] {
      for (std::int64_t job = 0; job < kJobs; ++job) {
        EXPECT_TRUE(write_and_wait(store, [&](Tx& tx) -> Result<void> {
          for (std::int64_t n = 0; n < numbers; ++n) {
            tx.last("INSERT INTO told (n) VALUES ($1)", n);
          }
          return {};
        }));
      }
    });
  }
  const auto reader = open_store();
  std::array<std::int64_t, 2> seen{};  // the newest number, and how many there were
  while (seen[1] < kAll) {
    std::int64_t below = 0;
    const auto now = *read_and_wait(*reader, [&](Tx& tx) -> Result<std::array<std::int64_t, 2>> {
      below = *tx.integer("SELECT count(*) FROM told WHERE id <= $1", seen[0]);
      return std::array{*tx.integer("SELECT COALESCE(MAX(id), 0) FROM told"),
                        *tx.integer("SELECT count(*) FROM told")};
    });
    ASSERT_EQ(below, seen[1]) << "up to " << seen[0];
    seen = now;
  }
}

// Takes one of `first`, waits until the other side has done the like, and takes one of `second`.
Database::Job lock_both(std::barrier<>& both_hold_one, std::atomic<int>& met, std::int64_t first,
                        std::int64_t second) {
  return [&, first, second](Tx& tx) {
    constexpr std::string_view kTake = "UPDATE counter SET value = value - 1 WHERE id = $1";
    tx.exec(kTake, first);
    if (met++ < 2) both_hold_one.arrive_and_wait();
    tx.exec(kTake, second);
    return Verdict::keep;
  };
}

TEST_F(PostgresRace, TwoJobsThatLockInACircleAreBothDoneOnce) {
  set_counter(*one_, 1, 10);
  set_counter(*one_, 2, 10);
  std::barrier both_hold_one(2);
  std::atomic<int> met = 0;
  std::array<std::promise<Outcome>, 2> answers;
  const auto hand_in = [&](Database& store, std::size_t i, std::int64_t first) {
    ASSERT_TRUE(store.submit_write(lock_both(both_hold_one, met, first, 3 - first),
                                   [&, i](Outcome outcome) { answers[i].set_value(outcome); }));
  };
  hand_in(*one_, 0, 1);
  hand_in(*other_, 1, 2);
  for (auto& answer : answers) EXPECT_EQ(sentence_of(answer.get_future().get()), "");
  EXPECT_EQ(counter(*one_, 1), 8);
  EXPECT_EQ(counter(*one_, 2), 8);
  EXPECT_GE(one_->figures().jobs_begun_again + other_->figures().jobs_begun_again, 1U);
}

// Each batch holds one row for its first job and wants the other's for its second: what came before
// is committed, and the job begun again.
TEST_F(PostgresRace, BatchesThatLockInACircleAreBothDoneOnce) {
  set_counter(*one_, 1, 10);
  set_counter(*one_, 2, 10);
  std::barrier both_hold_one(2);
  std::atomic<int> met = 0;
  std::atomic<int> failed = 0;
  const auto take = [&](Database& store, std::int64_t id, bool meets) {
    ASSERT_TRUE(store.submit_write(
        [&, id, meets](Tx& tx) {
          tx.exec("UPDATE counter SET value = value - 1 WHERE id = $1", id);
          if (meets && met++ < 2) both_hold_one.arrive_and_wait();
          return Verdict::keep;
        },
        [&](const Outcome& outcome) { failed += outcome.failure ? 1 : 0; }));
  };
  {
    contract::Gate one_waits(*one_);
    contract::Gate other_waits(*other_);
    take(*one_, 1, true);
    take(*one_, 2, false);
    take(*other_, 2, true);
    take(*other_, 1, false);
  }
  // Closing answers what was taken.
  one_.reset();
  other_.reset();
  EXPECT_EQ(failed, 0);
  const auto after = open_store();
  EXPECT_EQ(counter(*after, 1), 8);
  EXPECT_EQ(counter(*after, 2), 8);
}

TEST_F(PostgresRace, ALockThatCannotBeHadIsANamedFailureAndLeavesItsBatchMates) {
  set_counter(*one_, 1, 10);
  Settings hasty = settings_of(url_);
  hasty.lock_timeout_ms = 10;
  const auto store = open(hasty);
  std::promise<void> held;
  std::promise<void> enough;
  ASSERT_TRUE(one_->submit_write(
      [&, until = enough.get_future().share()](Tx& tx) {
        tx.exec("UPDATE counter SET value = 1 WHERE id = 1");
        held.set_value();
        until.wait();
        return Verdict::undo;
      },
      [](const Outcome&) {}));
  held.get_future().wait();
  std::promise<Outcome> answer;
  {
    const contract::Gate gate(*store);
    ASSERT_TRUE(
        store->submit_write([](Tx& tx) { return insert_number(tx, 1); }, [](const Outcome&) {}));
    ASSERT_TRUE(store->submit_write(
        [](Tx& tx) {
          tx.exec("UPDATE counter SET value = 2 WHERE id = 1");
          return Verdict::keep;
        },
        [&](Outcome outcome) { answer.set_value(std::move(outcome)); }));
    ASSERT_TRUE(
        store->submit_write([](Tx& tx) { return insert_number(tx, 2); }, [](const Outcome&) {}));
  }
  EXPECT_NE(sentence_of(answer.get_future().get()).find("[55P03]"), std::string::npos);
  enough.set_value();
  ASSERT_TRUE(add_number(*store, 3));
  EXPECT_EQ(numbers(*store), (std::set<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(counter(*store, 1), 10);
}

TEST_F(PostgresRace, SeveralProcessesMayMigrateAtOnce) {
  const std::string url = server_.make_schema();
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> processes;
    for (int i = 0; i < 8; ++i) {
      processes.emplace_back([&] {
        const auto store = open(settings_of(url));
        ++opened;
      });
    }
  }
  EXPECT_EQ(opened, 8);
}

}  // namespace
}  // namespace geili::store::postgres
