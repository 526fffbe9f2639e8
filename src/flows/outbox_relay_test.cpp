#include "flows/outbox_relay.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "bus/local/local_bus.hpp"
#include "flows/outbox.hpp"
#include "flows/test_market.hpp"

namespace geili::flows {
namespace {

// Listens to every room on a thread of its own.
class Listener {
 public:
  explicit Listener(bus::Bus& bus) {
    subscription_ = *bus.subscribe({.filter = "show.>",
                                    .executor = io_.get_executor(),
                                    .receive = [this](const bus::Message& m) { keep(m); },
                                    .queue_messages_max = 100'000});
  }
  ~Listener() {
    work_.reset();
    thread_.join();
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // The first `count` messages, as "topic payload".
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return messages_.size() >= count; });
    return messages_;
  }

 private:
  void keep(const bus::Message& message) {
    const std::lock_guard lock(mutex_);
    messages_.push_back(message.topic + " " + *message.payload);
    came_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::string> messages_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      io_.get_executor()};
  std::unique_ptr<bus::Subscription> subscription_;
  std::thread thread_{[this] { io_.run(); }};
};

class Relay : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    told();
  }
  static std::int64_t id_of(const std::string& message) {
    return std::stoll(message.substr(message.find("\"id\":") + 5));
  }
  template <class There>
  static bool until(There there) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!there()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
  Result<std::int64_t> restock(store::Database& database) {
    return store::write_and_wait(database,
                                 [&](Tx& tx) { return change_stock(tx, earrings_, 1, clock_); });
  }

  std::unique_ptr<bus::Bus> bus_ = bus::make_local_bus();
};

TEST_F(Relay, TellsWhatWasCommittedWithItsIdAndForgetsIt) {
  Listener listener(*bus_);
  {
    OutboxRelay relay(*database_, *bus_);
    ASSERT_TRUE(restock(relay.database()));
    const auto heard = listener.wait_for(1);
    const std::string id = std::to_string(id_of(heard[0]));
    EXPECT_EQ(heard[0], topic() + R"({"id":)" + id + R"(,"type":"stock","product_id":")" +
                            std::to_string(earrings_.value) + R"(","available":101})");
  }
  EXPECT_EQ(integer("SELECT COUNT(*) FROM outbox WHERE topic <> ''"), 0);
}

TEST_F(Relay, TheNewestIdStaysKnown) {
  const auto newest = [&] {
    return *read([](Tx& tx) -> Result<std::int64_t> { return newest_outbox_id(tx); });
  };
  EXPECT_EQ(newest(), 0);
  Listener listener(*bus_);
  {
    OutboxRelay relay(*database_, *bus_);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(restock(relay.database()));
    listener.wait_for(3);
  }
  EXPECT_EQ(newest(), id_of(listener.wait_for(3)[2]));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM outbox"), 1);
  database_.reopen();
  OutboxRelay relay(*database_, *bus_);
  ASSERT_TRUE(restock(relay.database()));
  EXPECT_GT(id_of(listener.wait_for(4)[3]), id_of(listener.wait_for(3)[2]));
}

TEST_F(Relay, TellsNothingOfWhatWasRefused) {
  Listener listener(*bus_);
  OutboxRelay relay(*database_, *bus_);
  const auto refused_job = [&](Tx& tx) -> Result<int> {
    append(tx, show_, StockChanged{earrings_, 5}, clock_.now());
    return fail(ErrorKind::conflict, "refused", "");
  };
  ASSERT_FALSE(store::write_and_wait(relay.database(), refused_job));
  ASSERT_TRUE(restock(relay.database()));
  EXPECT_TRUE(listener.wait_for(1)[0].contains(R"("available":101)"));
}

TEST_F(Relay, TellsWhatAnEarlierRunHasLeft) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(restock(*database_));
  Listener listener(*bus_);
  OutboxRelay relay(*database_, *bus_);
  EXPECT_EQ(listener.wait_for(3).size(), 3U);
}

TEST_F(Relay, AWakeIsEnoughForWritesPastIt) {
  Listener listener(*bus_);
  OutboxRelay relay(*database_, *bus_);
  ASSERT_TRUE(restock(*database_));
  relay.wake();
  EXPECT_EQ(listener.wait_for(1).size(), 1U);
}

// More than one pass holds, from several threads: everything, once, in the order of the commits.
TEST_F(Relay, TellsEverythingOnceAndInOrder) {
  constexpr int kThreads = 4;
  constexpr int kWrites = 400;
  Listener listener(*bus_);
  {
    OutboxRelay relay(*database_, *bus_);
    std::vector<std::jthread> writers;
    for (int i = 0; i < kThreads; ++i) {
      writers.emplace_back([&] {
        for (int n = 0; n < kWrites; ++n) ASSERT_TRUE(restock(relay.database()));
      });
    }
    writers.clear();
    listener.wait_for(kThreads * kWrites);
    // The last message is heard just before it is counted.
    constexpr std::uint64_t kAll = kThreads * kWrites;
    EXPECT_TRUE(until([&] { return relay.figures().published >= kAll; }));
    EXPECT_EQ(relay.figures().published, kAll);
  }
  const auto heard = listener.wait_for(kThreads * kWrites);
  ASSERT_EQ(heard.size(), static_cast<std::size_t>(kThreads * kWrites));
  for (std::size_t i = 0; i < heard.size(); ++i) {
    ASSERT_TRUE(heard[i].contains(R"("available":)" + std::to_string(101 + i) + "}")) << heard[i];
    if (i > 0) ASSERT_GT(id_of(heard[i]), id_of(heard[i - 1]));
  }
  EXPECT_EQ(integer("SELECT COUNT(*) FROM outbox WHERE topic <> ''"), 0);
}

// As two processes have it, each with its own rooms.
TEST_F(Relay, EachOfSeveralOnOneDatabaseTellsEverything) {
  const auto other_bus = bus::make_local_bus();
  Listener listener(*bus_);
  Listener other_listener(*other_bus);
  OutboxRelay relay(*database_, *bus_, {.keep_for = std::chrono::minutes(1), .missed = {}});
  OutboxRelay other(*database_, *other_bus, {.keep_for = std::chrono::minutes(1), .missed = {}});
  ASSERT_TRUE(until([&] { return relay.figures().passes > 0 && other.figures().passes > 0; }));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(restock(relay.database()));
  other.wake();
  EXPECT_EQ(listener.wait_for(3), other_listener.wait_for(3));
}

TEST_F(Relay, WhatOthersHadTimeToReadIsForgotten) {
  OutboxRelay relay(*database_, *bus_, {.keep_for = std::chrono::milliseconds(20), .missed = {}});
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(restock(relay.database()));
  EXPECT_TRUE(until([&] {
    relay.wake();
    return integer("SELECT COUNT(*) FROM outbox") == 1;
  }));
}

TEST_F(Relay, WhoCouldNotReadForLongIsToldThatItMayHaveMissedSomething) {
  std::atomic<int> missed = 0;
  OutboxRelay relay(*database_, *bus_,
                    {.keep_for = std::chrono::milliseconds(1), .missed = [&] { ++missed; }});
  EXPECT_TRUE(until([&] {
    relay.wake();
    return missed > 0;
  }));
}

TEST_F(Relay, ABacklogLongerThanAPassIsTold) {
  ASSERT_TRUE(write([&](Tx& tx) -> Result<int> {
    for (int i = 0; i < 1300; ++i) append(tx, show_, StockChanged{earrings_, i}, clock_.now());
    return 0;
  }));
  Listener listener(*bus_);
  const OutboxRelay relay(*database_, *bus_);
  const auto heard = listener.wait_for(1300);
  EXPECT_TRUE(heard.back().contains(R"("available":1299})"));
}

TEST_F(Relay, WhatTheBusRefusesIsCountedAndPassed) {
  ASSERT_TRUE(write([&](Tx& tx) -> Result<int> {
    tx.exec(
        "INSERT INTO outbox (topic, payload, created_at) VALUES ('NOT A TOPIC', '{\"a\":1}', 1)");
    append(tx, show_, StockChanged{earrings_, 7}, clock_.now());
    return 0;
  }));
  Listener listener(*bus_);
  {
    const OutboxRelay relay(*database_, *bus_);
    EXPECT_EQ(listener.wait_for(1).size(), 1U);
    EXPECT_EQ(relay.figures().refused, 1U);
  }
  EXPECT_EQ(integer("SELECT COUNT(*) FROM outbox WHERE topic <> ''"), 0);
}

TEST_F(Relay, NothingIsToldOnceItHasEnded) {
  Listener listener(*bus_);
  ASSERT_TRUE(restock(*database_));
  auto relay = std::make_unique<OutboxRelay>(*database_, *bus_);
  listener.wait_for(1);
  relay.reset();
  ASSERT_TRUE(restock(*database_));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM outbox WHERE topic <> ''"), 1);
  OutboxRelay next(*database_, *bus_);
  const auto heard = listener.wait_for(2);
  EXPECT_TRUE(heard[1].contains(R"("available":102)"));
}

}  // namespace
}  // namespace geili::flows
