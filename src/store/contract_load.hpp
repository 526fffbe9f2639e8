#pragma once
// What every backend promises under load, at its limits and at its end: INSTANTIATE as in
// contract_suite.hpp.

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "store/contract_fixture.hpp"

namespace geili::store::contract {

template <class Backend>
class LoadContract : public Fixture<Backend> {
 protected:
  void set_counter(std::int64_t value) {
    ASSERT_TRUE(this->write([value](Tx& tx) -> Result<void> {
      tx.exec("INSERT INTO counter (name, value) VALUES ('stock', $1)", value);
      return {};
    }));
  }
  std::int64_t counter() {
    return *this->read([](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer("SELECT value FROM counter WHERE name = 'stock'");
    });
  }
};
TYPED_TEST_SUITE_P(LoadContract);

// Takes one from the counter and notes it; refuses when none is left.
inline Result<void> take_one(Tx& tx) {
  if (tx.exec("UPDATE counter SET value = value - 1 WHERE name = 'stock' AND value > 0") == 0) {
    return fail(ErrorKind::conflict, "sold-out", "None left.");
  }
  tx.exec("INSERT INTO entry (label) VALUES ('sold')");
  return {};
}

TYPED_TEST_P(LoadContract, SixtyFourThreadsNeverTakeMoreThanThereIs) {
  constexpr std::int64_t kStock = 300;
  this->set_counter(kStock);
  std::atomic<std::int64_t> taken = 0;
  std::vector<std::thread> buyers;
  for (int i = 0; i < 64; ++i) {
    buyers.emplace_back([&] {
      for (int n = 0; n < 8; ++n) {
        if (this->write(take_one)) ++taken;
      }
    });
  }
  for (std::thread& buyer : buyers) buyer.join();
  EXPECT_EQ(taken, kStock);
  EXPECT_EQ(this->counter(), 0);
  EXPECT_EQ(this->labels().size(), static_cast<std::size_t>(kStock));
}

TYPED_TEST_P(LoadContract, ReadersBesideAWriterSeeWholeJobsOnly) {
  constexpr std::int64_t kStock = 500;
  this->set_counter(kStock);
  std::atomic<bool> sold_out = false;
  std::thread buyer([&] {
    while (this->write(take_one)) {
    }
    sold_out = true;
  });
  while (!sold_out) {
    const auto sum = *this->read([](Tx& tx) -> Result<std::int64_t> {
      const auto sold = *tx.integer("SELECT count(*) FROM entry");
      return sold + *tx.integer("SELECT value FROM counter WHERE name = 'stock'");
    });
    EXPECT_EQ(sum, kStock);
  }
  buyer.join();
}

TYPED_TEST_P(LoadContract, AFullQueueRefusesAndLosesNothing) {
  this->open(Limits{.write_queue_max = 3});
  {
    Gate gate(this->database());
    const auto hand_in = [&] {
      return this->database().submit_write(
          [](Tx& tx) {
            tx.exec("INSERT INTO entry (label) VALUES ('queued')");
            return Verdict::keep;
          },
          [](const Outcome&) {});
    };
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(hand_in());
    const auto refused = hand_in();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store-busy");
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  }
  this->open();
  EXPECT_EQ(this->labels().size(), 3U);
}

TYPED_TEST_P(LoadContract, ClosingAnswersWhatWasTaken) {
  std::atomic<int> writes_answered = 0;
  std::atomic<int> reads_answered = 0;
  Gate gate(this->database());
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_TRUE(this->database().submit_write(
        [](Tx& tx) {
          tx.exec("INSERT INTO entry (label) VALUES ('late')");
          return Verdict::keep;
        },
        [&](const Outcome& outcome) { writes_answered += outcome.failure ? 0 : 1; }));
    ASSERT_TRUE(this->database().submit_read(
        [](Tx& tx) {
          tx.exec("SELECT count(*) FROM entry");
          return Verdict::keep;
        },
        [&](const Outcome& outcome) { reads_answered += outcome.failure ? 0 : 1; }));
  }
  gate.let_go();
  this->close();
  EXPECT_EQ(writes_answered, 1'000);
  EXPECT_EQ(reads_answered, 1'000);
  this->open();
  EXPECT_EQ(this->labels().size(), 1'000U);
}

TYPED_TEST_P(LoadContract, AnAnswerMayHandInTheNextJob) {
  std::promise<void> finished;
  std::function<void(int)> chain = [&](int left) {
    auto taken = this->database().submit_write(
        [](Tx& tx) {
          tx.exec("INSERT INTO entry (label) VALUES ('link')");
          return Verdict::keep;
        },
        [&, left](const Outcome&) {
          if (left == 1) return finished.set_value();
          chain(left - 1);
        });
    ASSERT_TRUE(taken);
  };
  chain(20);
  finished.get_future().wait();
  EXPECT_EQ(this->labels().size(), 20U);
}

REGISTER_TYPED_TEST_SUITE_P(LoadContract, SixtyFourThreadsNeverTakeMoreThanThereIs,
                            ReadersBesideAWriterSeeWholeJobsOnly, AFullQueueRefusesAndLosesNothing,
                            ClosingAnswersWhatWasTaken, AnAnswerMayHandInTheNextJob);

}  // namespace geili::store::contract
