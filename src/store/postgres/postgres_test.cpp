// What is PostgreSQL's alone: its address, its versions of the schema, its errors and its
// time-outs.
#include "store/postgres/postgres.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <set>
#include <string>

#include "store/postgres/test_numbers.hpp"

namespace geili::store::postgres {
namespace {

std::string refusal(const Settings& settings) {
  try {
    (void)open(settings);
  } catch (const StoreFailure& failure) {
    return failure.what();
  }
  return "";
}

class Postgres : public SharedServer {
 protected:
  std::string failure_of_read(PostgresDatabase& store, std::string sql) {
    std::promise<Outcome> answer;
    EXPECT_TRUE(store.submit_read(
        [&](Tx& tx) {
          tx.exec(sql);
          return Verdict::keep;
        },
        [&](Outcome outcome) { answer.set_value(std::move(outcome)); }));
    return sentence_of(answer.get_future().get());
  }
};

TEST_F(Postgres, SaysWhatIsWrongWithTheAddressAndNeverThePassword) {
  for (const std::string_view url :
       {"postgresql://ana:hunter2@[::1/geili", "host=/none password=hunter2 dbname",
        "postgresql://ana:hunter2@127.0.0.1:1/geili", "host=/none dbname=geili password=hunter2"}) {
    const std::string sentence = refusal(settings_of(std::string(url)));
    EXPECT_NE(sentence.find("PostgreSQL database cannot be re"), std::string::npos) << sentence;
    EXPECT_EQ(sentence.find("hunter2"), std::string::npos) << sentence;
  }
  const std::string sentence = refusal(settings_of(server_.url_of("no_such_database")));
  EXPECT_NE(sentence.find("\"no_such_database\" does not exist"), std::string::npos) << sentence;
}

// A number that says how many items there were, and after how many numbers.
void add_count(Tx& tx, std::span<const Tx::Item> items) {
  tx.exec("INSERT INTO number (n) SELECT $1 * 100 + count(*) FROM number",
          static_cast<std::int64_t>(items.size()));
}
void break_constraint(Tx& tx, std::span<const Tx::Item> /*items*/) {
  tx.exec("INSERT INTO absent (n) VALUES (1)");
}
void fail_later(Tx& tx, std::span<const Tx::Item> /*items*/) {
  tx.integer("SELECT count(*) FROM number");
  tx.later("INSERT INTO number (n) VALUES (NULL)");
}
// Meets another transaction in a circle twice, as the server says it: when the jobs share a
// transaction without savepoints, and when they are kept apart in one.
void contend_twice(Tx& tx, std::span<const Tx::Item> items) {
  tx.integer("SELECT contend()");
  add_count(tx, items);
}

class GatheredWork : public SharedServer {
 protected:
  // Of two jobs of one transaction, which both leave the work, how many failed.
  int failures_of_two(Tx::Work work) {
    std::atomic<int> failed = 0;
    std::promise<void> begun;
    std::promise<void> opened;
    std::latch answered(3);
    const auto submit = [&](Database::Job job) {
      ASSERT_TRUE(store_->submit_write(std::move(job), [&](const Outcome& outcome) {
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
    for (const std::int64_t n : {10, 20}) {
      submit([n, work](Tx& tx) {
        tx.exec("INSERT INTO number (n) VALUES ($1)", n);
        tx.gather(work, nullptr);
        return Verdict::keep;
      });
    }
    opened.set_value();
    answered.wait();
    return failed;
  }

  const std::unique_ptr<PostgresDatabase> store_ = open_store();
};

TEST_F(GatheredWork, IsDoneOnceForAllJobsOfTheTransaction) {
  EXPECT_EQ(failures_of_two(&add_count), 0);
  EXPECT_EQ(numbers(*store_), (std::set<std::int64_t>{10, 20, 202}));
}

TEST_F(GatheredWork, AFailureOfItFailsTheTransactionAndNothingLater) {
  EXPECT_EQ(failures_of_two(&break_constraint), 2);
  EXPECT_EQ(failures_of_two(&fail_later), 2);
  EXPECT_EQ(failures_of_two(&add_count), 0);
  EXPECT_EQ(numbers(*store_), (std::set<std::int64_t>{10, 20, 202}));
}

TEST_F(GatheredWork, ThatMeetsOthersInACircleHasItsJobsBegunAgainAlone) {
  TempServer::ask(
      "CREATE SEQUENCE met; CREATE FUNCTION contend() RETURNS BIGINT LANGUAGE plpgsql AS"
      " $$ BEGIN IF nextval('met') <= 2 THEN RAISE 'a circle' USING ERRCODE = '40P01'; END IF;"
      " RETURN 1; END $$",
      url_);
  EXPECT_EQ(failures_of_two(&contend_twice), 0);
  EXPECT_EQ(numbers(*store_), (std::set<std::int64_t>{10, 20, 101, 103}));
  EXPECT_EQ(store_->figures().jobs_begun_again, 4U);
}

TEST_F(Postgres, RefusesDataOfANewerProgram) {
  {
    const auto store = open_store();
  }
  Settings older = settings_of(url_);
  older.migrations = {};
  const std::string sentence = refusal(older);
  EXPECT_NE(sentence.find("newer Geili"), std::string::npos) << sentence;
}

TEST_F(Postgres, AStepThatFailsLeavesNothingBehind) {
  constexpr Migration kBroken{2, "broken", "INSERT INTO number (n) VALUES (1); SELECT no_column"};
  const std::array steps{kNumbers[0], kBroken};
  Settings settings = settings_of(url_);
  settings.migrations = steps;
  const std::string sentence = refusal(settings);
  EXPECT_NE(sentence.find("no_column"), std::string::npos) << sentence;
  EXPECT_TRUE(numbers(*open_store()).empty());
}

TEST_F(Postgres, AStatementThatTakesTooLongIsANamedFailure) {
  Settings settings = settings_of(url_);
  settings.statement_timeout_ms = 1'000;
  const auto store = open(settings);
  EXPECT_NE(failure_of_read(*store, "SELECT pg_sleep(60)").find("[57014]"), std::string::npos);
  EXPECT_TRUE(add_number(*store, 1));
  EXPECT_EQ(numbers(*store).size(), 1U);
}

TEST_F(Postgres, AFailureNamesItsStateAndNoValues) {
  const auto store = open_store();
  ASSERT_TRUE(add_number(*store, 7'654'321));
  std::promise<Outcome> answer;
  ASSERT_TRUE(store->submit_write([](Tx& tx) { return insert_number(tx, 7'654'321); },
                                  [&](Outcome outcome) { answer.set_value(std::move(outcome)); }));
  const std::string sentence = sentence_of(answer.get_future().get());
  EXPECT_NE(sentence.find("[23505] (INSERT INTO number"), std::string::npos) << sentence;
  EXPECT_EQ(sentence.find("7654321"), std::string::npos) << sentence;
}

TEST_F(Postgres, KeepsTheStatementsThatWereUsedLast) {
  Settings settings = settings_of(url_);
  settings.statements_kept_max = 3;
  settings.read_connections = 1;
  const auto store = open(settings);
  const auto kept = *read_and_wait(*store, [](Tx& tx) -> Result<std::vector<std::string>> {
    for (const std::string_view sql :
         {"SELECT 1", "SELECT 2", "SELECT 3", "SELECT 1", "SELECT 4"}) {
      tx.exec(sql);
    }
    std::vector<std::string> found;
    tx.each([&](const Row& row) { found.push_back(row.string(0)); },
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE 'SELECT _'"
            " ORDER BY statement");
    return found;
  });
  EXPECT_EQ(kept, (std::vector<std::string>{"SELECT 1", "SELECT 4"}));
}

TEST_F(Postgres, NumbersOfEverySizeComeBack) {
  const auto store = open_store();
  const auto found = *read_and_wait(*store, [](Tx& tx) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> all;
    tx.each(
        [&](const Row& row) {
          for (int i = 0; i < 6; ++i) all.push_back(row.integer(i));
        },
        "SELECT CAST(-2 AS SMALLINT), CAST(-70000 AS INT), CAST(-5000000000 AS BIGINT),"
        " 1 = 1, 1 = 2, CAST($1 AS INT)",
        -3);
    return all;
  });
  EXPECT_EQ(found, (std::vector<std::int64_t>{-2, -70'000, -5'000'000'000, 1, 0, -3}));
}

TEST_F(Postgres, AParameterThatDoesNotFitIsRefused) {
  const auto store = open_store();
  const auto refused = [&](auto value) {
    EXPECT_THROW((void)read_and_wait(*store,
                                     [&](Tx& tx) -> Result<void> {
                                       tx.exec("SELECT CAST($1 AS INT)", value);
                                       return {};
                                     }),
                 StoreFailure);
  };
  refused(std::int64_t{1} << 31);
  refused(std::string("12"));
  refused(Bytes(4));
}

TEST_F(Postgres, WhatWasAnsweredIsDurableWhateverTheServersDefault) {
  server_.say("ALTER ROLE geili SET synchronous_commit = off");
  const auto store = open_store();
  server_.say("ALTER ROLE geili RESET synchronous_commit");
  const auto setting = *write_and_wait(*store, [](Tx& tx) -> Result<std::string> {
    return *tx.one([](const Row& row) { return row.string(0); },
                   "SELECT current_setting('synchronous_commit')");
  });
  EXPECT_EQ(setting, "on");
}

TEST_F(Postgres, TheDoctorSeesVersionAndDurability) {
  const ServerReport report = look_at(settings_of(url_));
  EXPECT_TRUE(report.version.starts_with("1")) << report.version;
  EXPECT_FALSE(report.is_durable) << "the server of the tests does not wait for the disk";
  EXPECT_GT(report.latency_us, 0);
  TempServer with_disk(TempServer::Sync::on);
  EXPECT_TRUE(look_at(settings_of(with_disk.make_schema())).is_durable);
}

}  // namespace
}  // namespace geili::store::postgres
