#pragma once
// What every backend promises. A backend's test says
//   INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StoreContract, Backend);
// with a Backend as contract_fixture.hpp describes it.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "store/contract_fixture.hpp"

namespace geili::store::contract {

template <class Backend>
class StoreContract : public Fixture<Backend> {};
TYPED_TEST_SUITE_P(StoreContract);

using Labels = std::vector<std::string>;

inline Verdict insert_label(Tx& tx, std::string_view label) {
  tx.exec("INSERT INTO entry (label) VALUES ($1)", label);
  return Verdict::keep;
}

TYPED_TEST_P(StoreContract, WhatAJobRefusesIsUndone) {
  const auto refused = this->write([](Tx& tx) -> Result<int> {
    insert_label(tx, "first half");
    return fail(ErrorKind::conflict, "sold-out", "None left.");
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "sold-out");
  EXPECT_EQ(this->labels(), Labels{});
}

TYPED_TEST_P(StoreContract, AnUndoneOrThrowingJobLeavesItsBatchMates) {
  std::vector<std::exception_ptr> failures(4);
  {
    Gate gate(this->database());
    const auto hand_in = [&](std::size_t i, Database::Job job) {
      ASSERT_TRUE(this->database().submit_write(
          std::move(job), [&failures, i](Outcome outcome) { failures[i] = outcome.failure; }));
    };
    hand_in(0, [](Tx& tx) { return insert_label(tx, "a"); });
    hand_in(1, [](Tx& tx) {
      insert_label(tx, "undone");
      return Verdict::undo;
    });
    hand_in(2, [](Tx& tx) -> Verdict {
      insert_label(tx, "thrown away");
      throw std::runtime_error("job 2");
    });
    hand_in(3, [](Tx& tx) { return insert_label(tx, "b"); });
  }
  this->add("after");
  EXPECT_EQ(this->labels(), (Labels{"a", "b", "after"}));
  EXPECT_FALSE(failures[0]);
  EXPECT_FALSE(failures[1]);
  EXPECT_FALSE(failures[3]);
  ASSERT_TRUE(failures[2]);
  EXPECT_THROW(std::rethrow_exception(failures[2]), std::runtime_error);
}

TYPED_TEST_P(StoreContract, AJobSeesWhatEarlierBatchMatesKept) {
  std::array<std::int64_t, 3> seen{};
  {
    Gate gate(this->database());
    for (std::size_t i = 0; i < seen.size(); ++i) {
      ASSERT_TRUE(this->database().submit_write(
          [&seen, i](Tx& tx) {
            seen[i] = *tx.integer("SELECT count(*) FROM entry");
            insert_label(tx, "x");
            return i == 1 ? Verdict::undo : Verdict::keep;
          },
          [](const Outcome&) {}));
    }
  }
  this->add("last");
  EXPECT_EQ(seen, (std::array<std::int64_t, 3>{0, 1, 1}));
}

TYPED_TEST_P(StoreContract, JobsRunInTheOrderGiven) {
  Labels expected;
  {
    Gate gate(this->database());
    for (int i = 0; i < 700; ++i) {
      expected.push_back(std::to_string(i));
      ASSERT_TRUE(this->database().submit_write(
          [label = expected.back()](Tx& tx) { return insert_label(tx, label); },
          [](const Outcome&) {}));
    }
  }
  this->add("end");
  expected.emplace_back("end");
  EXPECT_EQ(this->labels(), expected);
}

TYPED_TEST_P(StoreContract, AnAnsweredWriteIsThereAfterReopening) {
  this->add("kept");
  this->open();
  EXPECT_EQ(this->labels(), Labels{"kept"});
}

TYPED_TEST_P(StoreContract, AReadSeesEveryAnsweredWrite) {
  for (int i = 1; i <= 100; ++i) {
    this->add("x");
    ASSERT_EQ(this->labels().size(), static_cast<std::size_t>(i));
  }
}

TYPED_TEST_P(StoreContract, ReadersSeeOneSnapshot) {
  const auto counts = *this->read([this](Tx& tx) -> Result<std::pair<std::int64_t, std::int64_t>> {
    const auto before = *tx.integer("SELECT count(*) FROM entry");
    std::thread([this] { this->add("meanwhile"); }).join();
    return std::pair(before, *tx.integer("SELECT count(*) FROM entry"));
  });
  EXPECT_EQ(counts, std::pair(std::int64_t{0}, std::int64_t{0}));
  EXPECT_EQ(this->labels(), Labels{"meanwhile"});
}

TYPED_TEST_P(StoreContract, AReadThatChangesRowsFails) {
  EXPECT_THROW((void)this->read([](Tx& tx) -> Result<void> {
    insert_label(tx, "x");
    return {};
  }),
               StoreFailure);
  EXPECT_EQ(this->labels(), Labels{});
}

TYPED_TEST_P(StoreContract, ABrokenConstraintIsAFailureAndKeepsNothing) {
  for (const std::string_view sql :
       {"INSERT INTO child (entry_id) VALUES (77)", "INSERT INTO entry (label) VALUES (NULL)",
        "INSERT INTO counter (name, value) VALUES ('c', -1)",
        "INSERT INTO counter (name, value) VALUES ('twice', 1), ('twice', 1)",
        "INSERT INTO no_such_table (id) VALUES (1)"}) {
    EXPECT_THROW((void)this->write([sql](Tx& tx) -> Result<void> {
      insert_label(tx, "before the failure");
      tx.exec(sql);
      return {};
    }),
                 StoreFailure)
        << sql;
  }
  EXPECT_EQ(this->labels(), Labels{});
}

TYPED_TEST_P(StoreContract, AFailedStatementDoomsItsJob) {
  EXPECT_THROW((void)this->write([](Tx& tx) -> Result<void> {
    insert_label(tx, "x");
    try {
      tx.exec("INSERT INTO child (entry_id) VALUES (77)");
    } catch (const StoreFailure&) {  // goes on as if nothing were
    }
    return {};
  }),
               StoreFailure);
  EXPECT_EQ(this->labels(), Labels{});
}

TYPED_TEST_P(StoreContract, AJobCannotLeaveItsTransaction) {
  for (const std::string_view sql :
       {"COMMIT", "  rollback;", "BEGIN", "SAVEPOINT x", "release x"}) {
    EXPECT_THROW((void)this->write([sql](Tx& tx) -> Result<void> {
      insert_label(tx, "x");
      tx.exec(sql);
      return {};
    }),
                 StoreFailure)
        << sql;
  }
  EXPECT_EQ(this->labels(), Labels{});
}

TYPED_TEST_P(StoreContract, WhatIsLeftForLaterIsDoneInItsPlace) {
  const auto seen = *this->write([](Tx& tx) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> counts;
    tx.later("INSERT INTO entry (label) VALUES ($1)", "a");
    counts.push_back(*tx.integer("SELECT count(*) FROM entry"));
    tx.later("INSERT INTO entry (label) VALUES ($1)", "b");
    tx.later("DELETE FROM entry WHERE label = $1", "a");
    counts.push_back(*tx.integer("SELECT count(*) FROM entry"));
    tx.later("INSERT INTO entry (label) VALUES ($1)", "c");
    return counts;
  });
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 1}));
  EXPECT_EQ(this->labels(), (Labels{"b", "c"}));
}

// Whichever job comes next: one that asks, one that leaves all for later, one that does nothing, or
// the commit.
TYPED_TEST_P(StoreContract, AFailureOfWhatWasLeftForLaterUndoesItsJobAlone) {
  std::vector<std::exception_ptr> failures(7);
  const auto hand_in = [&](std::size_t i, Database::Job job) {
    ASSERT_TRUE(this->database().submit_write(
        std::move(job), [&failures, i](Outcome outcome) { failures[i] = outcome.failure; }));
  };
  const auto fails_later = [](Tx& tx) {
    insert_label(tx, "undone");
    tx.later("INSERT INTO child (entry_id) VALUES ($1)", 77);
    tx.later("INSERT INTO entry (label) VALUES ($1)", "undone, too");
    return Verdict::keep;
  };
  this->add("first");
  {
    Gate gate(this->database());
    hand_in(0, fails_later);
    hand_in(1, [](Tx& tx) {
      tx.ahead("SELECT count(*) FROM entry WHERE label = $1", "undone");
      return tx.integer("SELECT count(*) FROM entry WHERE label = $1", "undone") == 0
                 ? insert_label(tx, "asks")
                 : Verdict::undo;
    });
    hand_in(2, fails_later);
    hand_in(3, [](Tx& tx) {
      tx.later("INSERT INTO entry (label) VALUES ($1)", "leaves");
      tx.later("INSERT INTO entry (label) VALUES ($1)", "all");
      return Verdict::keep;
    });
    hand_in(4, fails_later);
    hand_in(5, [](Tx&) { return Verdict::keep; });
    hand_in(6, fails_later);
  }
  this->add("last");
  EXPECT_EQ(this->labels(), (Labels{"first", "asks", "leaves", "all", "last"}));
  for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(failures[i] != nullptr, i % 2 == 0) << i;
}

TYPED_TEST_P(StoreContract, WhatWasAskedAheadIsAsOfWhenItIsAsked) {
  constexpr std::string_view kCount = "SELECT count(*) FROM entry WHERE label <> $1";
  const auto counts = *this->write([&](Tx& tx) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> seen;
    tx.ahead(kCount, "x");
    seen.push_back(*tx.integer(kCount, "x"));
    tx.ahead(kCount, "x");
    insert_label(tx, "a");
    seen.push_back(*tx.integer(kCount, "x"));
    tx.ahead(kCount, "x");
    tx.ahead(kCount, "a");
    tx.later("INSERT INTO entry (label) VALUES ($1)", "b");
    seen.push_back(*tx.integer(kCount, "a"));
    tx.ahead(kCount, "x");
    tx.ahead(kCount, "b");
    seen.push_back(*tx.integer(kCount, "b"));
    seen.push_back(*tx.integer(kCount, "x"));
    tx.ahead(kCount, "x");
    return seen;
  });
  EXPECT_EQ(counts, (std::vector<std::int64_t>{0, 1, 1, 1, 2}));
  this->add("c");
  EXPECT_EQ(*this->read([&](Tx& tx) -> Result<std::int64_t> { return *tx.integer(kCount, "x"); }),
            3);
}

TYPED_TEST_P(StoreContract, WhatIsLeftForTheEndIsDoneInOrderAndUndoneWithItsJob) {
  const auto leave = [this](std::string label, Verdict verdict) {
    ASSERT_TRUE(this->database().submit_write(
        [label = std::move(label), verdict](Tx& tx) {
          tx.last("INSERT INTO entry (label) VALUES ($1)", label);
          return verdict;
        },
        [](const Outcome& outcome) { EXPECT_EQ(outcome.failure, nullptr); }));
  };
  const auto fails_later = [](Tx& tx) {
    tx.integer("SELECT count(*) FROM entry");
    tx.later("INSERT INTO child (entry_id) VALUES ($1)", 77);
    tx.last("INSERT INTO entry (label) VALUES ($1)", "undone");
    return Verdict::keep;
  };
  std::atomic<int> failed = 0;
  {
    Gate gate(this->database());
    leave("a", Verdict::keep);
    leave("refused", Verdict::undo);
    leave("b", Verdict::keep);
    ASSERT_TRUE(this->database().submit_write(
        fails_later, [&](const Outcome& outcome) { failed += outcome.failure ? 1 : 0; }));
  }
  ASSERT_TRUE(this->write([](Tx&) -> Result<void> { return {}; }));  // all of them are answered
  EXPECT_EQ(this->labels(), (Labels{"a", "b"}));
  EXPECT_EQ(failed, 1);
}

inline void add_together(Tx& tx, std::span<const Tx::Item> items) {
  for (const Tx::Item& item : items) {
    tx.exec("INSERT INTO entry (label) VALUES ($1)", *static_cast<const std::string*>(item.get()));
  }
}

TYPED_TEST_P(StoreContract, WhatIsGatheredIsDoneInOrderAndUndoneWithItsJob) {
  const auto leave = [this](std::string label, Verdict verdict) {
    ASSERT_TRUE(this->database().submit_write(
        [label = std::move(label), verdict](Tx& tx) {
          tx.gather(&add_together, std::make_shared<const std::string>(label));
          return verdict;
        },
        [](const Outcome& outcome) { EXPECT_EQ(outcome.failure, nullptr); }));
  };
  const auto fails_later = [](Tx& tx) {
    tx.integer("SELECT count(*) FROM entry");
    tx.gather(&add_together, std::make_shared<const std::string>("undone"));
    tx.later("INSERT INTO child (entry_id) VALUES ($1)", 77);
    return Verdict::keep;
  };
  std::atomic<int> failed = 0;
  {
    Gate gate(this->database());
    leave("a", Verdict::keep);
    leave("refused", Verdict::undo);
    leave("b", Verdict::keep);
    ASSERT_TRUE(this->database().submit_write(
        fails_later, [&](const Outcome& outcome) { failed += outcome.failure ? 1 : 0; }));
  }
  ASSERT_TRUE(this->write([](Tx&) -> Result<void> { return {}; }));  // all of them are answered
  EXPECT_EQ(this->labels(), (Labels{"a", "b"}));
  EXPECT_EQ(failed, 1);
}

TYPED_TEST_P(StoreContract, AReadThatLeavesAChangeForTheEndFails) {
  EXPECT_THROW((void)this->read([](Tx& tx) -> Result<void> {
    tx.last("INSERT INTO entry (label) VALUES ('x')");
    return {};
  }),
               StoreFailure);
}

TYPED_TEST_P(StoreContract, AReadThatLeavesAChangeForLaterFails) {
  EXPECT_THROW((void)this->read([](Tx& tx) -> Result<void> {
    (void)tx.integer("SELECT count(*) FROM entry");
    tx.later("INSERT INTO entry (label) VALUES ('x')");
    return {};
  }),
               StoreFailure);
}

REGISTER_TYPED_TEST_SUITE_P(
    StoreContract, WhatIsLeftForLaterIsDoneInItsPlace,
    AFailureOfWhatWasLeftForLaterUndoesItsJobAlone, WhatWasAskedAheadIsAsOfWhenItIsAsked,
    WhatIsLeftForTheEndIsDoneInOrderAndUndoneWithItsJob,
    WhatIsGatheredIsDoneInOrderAndUndoneWithItsJob, AReadThatLeavesAChangeForTheEndFails,
    AReadThatLeavesAChangeForLaterFails, WhatAJobRefusesIsUndone,
    AnUndoneOrThrowingJobLeavesItsBatchMates, AJobSeesWhatEarlierBatchMatesKept,
    JobsRunInTheOrderGiven, AnAnsweredWriteIsThereAfterReopening, AReadSeesEveryAnsweredWrite,
    ReadersSeeOneSnapshot, AReadThatChangesRowsFails, ABrokenConstraintIsAFailureAndKeepsNothing,
    AFailedStatementDoomsItsJob, AJobCannotLeaveItsTransaction);

}  // namespace geili::store::contract
