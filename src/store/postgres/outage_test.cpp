// What is true after a connection or the server was lost.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <poll.h>

#include "store/postgres/test_numbers.hpp"
#include "store/postgres/testing/cutting_proxy.hpp"

namespace geili::store::postgres {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Numbers = std::set<std::int64_t>;
using Cut = CuttingProxy::Cut;

constexpr std::chrono::seconds kPatience{30};

// Tries until it is answered with success; no number is used twice.
std::int64_t add_until_done(Database& database, std::int64_t from) {
  const auto end = SteadyClock::now() + kPatience;
  while (SteadyClock::now() < end) {
    if (add_number(database, from++)) return from - 1;
  }
  ADD_FAILURE() << "the store did not recover";
  return -1;
}

class PostgresCut : public SharedServer {
 protected:
  std::promise<void> gate_;
  CuttingProxy proxy_{server_};
  std::unique_ptr<PostgresDatabase> store_ = open(settings_of(proxy_.through(url_)));
};

TEST_F(PostgresCut, ACommitThatWasNotAnsweredIsNeverToldAsDone) {
  for (const Cut cut : {Cut::before_commit, Cut::after_commit}) {
    const std::int64_t n = cut == Cut::before_commit ? 1 : 2;
    proxy_.cut_next(cut);
    const auto answer = add_number(*store_, n);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "store-outcome-unknown");
    EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(numbers(*store_).contains(n), cut == Cut::after_commit);
  }
  EXPECT_EQ(store_->figures().outcomes_unknown, 2U);
  EXPECT_TRUE(add_number(*store_, 3));
}

TEST_F(PostgresCut, EveryJobOfACommitThatWasNotAnsweredIsToldSo) {
  proxy_.cut_next(Cut::before_commit);
  std::vector<std::future<Outcome>> answers;
  for (std::int64_t n = 0; n < 5; ++n) {
    auto answer = std::make_shared<std::promise<Outcome>>();
    answers.push_back(answer->get_future());
    ASSERT_TRUE(store_->submit_write(
        [n, this](Tx& tx) {
          // All five are in the queue before the first commits.
          if (n == 0) gate_.get_future().wait();
          return insert_number(tx, n);
        },
        [answer](Outcome outcome) { answer->set_value(std::move(outcome)); }));
  }
  gate_.set_value();
  int unknown = 0;
  Numbers done;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Outcome outcome = answers[i].get();
    unknown += sentence_of(outcome).contains("not known") ? 1 : 0;
    if (!outcome.failure) done.insert(static_cast<std::int64_t>(i));
  }
  EXPECT_GE(unknown, 1);
  EXPECT_EQ(numbers(*store_), done);
}

class PostgresSessions : public SharedServer {
 protected:
  void end_sessions() const {
    server_.say(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" +
        schema_ + "'");
  }
  const std::string schema_ = server_.ask("SELECT current_schema()", url_);
  std::unique_ptr<PostgresDatabase> store_ = open_store();
};

TEST_F(PostgresSessions, ASessionThatWasEndedWhileItWaitedIsMadeAgain) {
  ASSERT_TRUE(add_number(*store_, 1));
  end_sessions();
  EXPECT_TRUE(add_number(*store_, 2));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(numbers(*store_), (Numbers{1, 2}));
  EXPECT_EQ(store_->figures().connections_lost, 1U);
}

TEST_F(PostgresSessions, AJobWhoseSessionIsEndedUnderItIsDoneOnce) {
  std::atomic<int> begun = 0;
  std::promise<Outcome> answer;
  ASSERT_TRUE(store_->submit_write(
      [&](Tx& tx) {
        insert_number(tx, 1);
        if (begun++ == 0) end_sessions();
        return insert_number(tx, 2);
      },
      [&](Outcome outcome) { answer.set_value(std::move(outcome)); }));
  EXPECT_EQ(sentence_of(answer.get_future().get()), "");
  EXPECT_EQ(begun, 2);
  EXPECT_EQ(numbers(*store_), (Numbers{1, 2}));
}

TEST_F(PostgresSessions, AJobThatEndsItsSessionEachTimeFailsAlone) {
  std::atomic<int> failed = 0;
  const auto hand_in = [&](std::int64_t n, bool is_deadly) {
    ASSERT_TRUE(store_->submit_write(
        [=, this](Tx& tx) {
          if (is_deadly) end_sessions();
          return insert_number(tx, n);
        },
        [&](const Outcome& outcome) { failed += outcome.failure ? 1 : 0; }));
  };
  hand_in(1, false);
  hand_in(2, true);
  hand_in(3, false);
  ASSERT_TRUE(add_number(*store_, 4));
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(numbers(*store_), (Numbers{1, 3, 4}));
}

// A server of its own, to be killed.
class PostgresOutage : public ::testing::Test {
 protected:
  TempServer server_;
  const std::string url_ = server_.make_schema();
  Settings telling_settings() {
    Settings settings = settings_of(url_);
    settings.on_lost = [this](const LostTransaction& lost) { jobs_lost_ += lost.jobs; };
    return settings;
  }

  std::atomic<std::size_t> jobs_lost_ = 0;
  std::unique_ptr<PostgresDatabase> store_ = open(telling_settings());
};

// Keeps numbers from 0 on under way until told to end, and notes how each was answered.
class Flood {
 public:
  explicit Flood(Database& database) : database_(database) {
    for (int i = 0; i < kInFlight; ++i) hand_in();
  }
  Flood(const Flood&) = delete;
  Flood& operator=(const Flood&) = delete;
  ~Flood() { end(); }
  void wait_for_done(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_.size() >= count; });
  }
  std::size_t done_count() {
    const std::scoped_lock lock(mutex_);
    return done_.size();
  }
  void end() {
    std::unique_lock lock(mutex_);
    is_ending_ = true;
    changed_.wait(lock, [&] { return in_flight_ == 0; });
  }
  const Numbers& done() const { return done_; }
  const Numbers& failed() const { return failed_; }

 private:
  static constexpr int kInFlight = 64;

  void hand_in() {
    std::int64_t n = 0;
    {
      const std::scoped_lock lock(mutex_);
      n = next_++;
      ++in_flight_;
    }
    (void)database_.submit_write([n](Tx& tx) { return insert_number(tx, n); },
                                 [this, n](const Outcome& outcome) { note(n, outcome); });
  }
  void note(std::int64_t n, const Outcome& outcome) {
    // A dead server refuses faster than anybody needs.
    if (outcome.failure) ::poll(nullptr, 0, 1);
    bool goes_on = false;
    {
      const std::scoped_lock lock(mutex_);
      --in_flight_;
      if (!outcome.failure) done_.insert(n);
      // An outcome that is not known may be either.
      if (outcome.failure && !sentence_of(outcome).contains("not known")) failed_.insert(n);
      goes_on = !is_ending_;
      changed_.notify_all();
    }
    if (goes_on) hand_in();
  }

  Database& database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Numbers done_;
  Numbers failed_;
  std::int64_t next_ = 0;
  int in_flight_ = 0;
  bool is_ending_ = false;
};

// In /proc/<pid>/stat behind the name: Z is a process that has ended and was not waited for.
bool has_ended(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t name_end = text.rfind(')');
  return name_end == std::string::npos || std::string_view(text).substr(name_end + 2, 1) == "Z";
}

TEST_F(PostgresOutage, AKilledServerHasEndedWithAllItsProcesses) {
  for (int round = 0; round < 5; ++round) {
    ASSERT_NE(add_until_done(*store_, round * 1'000), -1);
    const std::vector<pid_t> all = server_.processes();
    EXPECT_GE(all.size(), 5U);
    server_.kill();
    for (const pid_t process : all) EXPECT_TRUE(has_ended(process));
    server_.start();
  }
}

TEST_F(PostgresOutage, NothingAnsweredIsLostByAKillAndNothingRefusedIsThere) {
  Flood flood(*store_);
  for (std::size_t round = 1; round <= 3; ++round) {
    flood.wait_for_done(flood.done_count() + 500);
    server_.kill();
    server_.start();
    flood.wait_for_done(flood.done_count() + 1);
  }
  flood.end();
  const Numbers kept = numbers(*store_);
  EXPECT_TRUE(std::ranges::includes(kept, flood.done()));
  Numbers both;
  std::ranges::set_intersection(kept, flood.failed(), std::inserter(both, both.end()));
  EXPECT_EQ(both, Numbers{});
}

TEST_F(PostgresOutage, WhileTheServerIsAwayJobsFailSoonAndThenItGoesOnByItself) {
  ASSERT_TRUE(add_number(*store_, 0));
  server_.stop();
  const auto start = SteadyClock::now();
  for (int i = 0; i < 50; ++i) {
    const auto write = add_number(*store_, 1);
    ASSERT_FALSE(write);
    EXPECT_EQ(write.error().code, "store-unavailable");
    const auto read = read_and_wait(*store_, [](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer("SELECT count(*) FROM number");
    });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "store-unavailable");
  }
  EXPECT_LT(SteadyClock::now() - start, std::chrono::seconds(5));
  EXPECT_FALSE(store_->figures().is_reachable);
  EXPECT_EQ(jobs_lost_, 50U);
  server_.start();
  const std::int64_t done = add_until_done(*store_, 2);
  EXPECT_TRUE(store_->figures().is_reachable);
  const auto end = SteadyClock::now() + kPatience;
  Result<std::int64_t> newest = 0;
  do {
    newest = read_and_wait(*store_, [](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer("SELECT max(n) FROM number");
    });
  } while (!newest && SteadyClock::now() < end);
  EXPECT_EQ(newest.value_or(-1), done);
}

}  // namespace
}  // namespace geili::store::postgres
