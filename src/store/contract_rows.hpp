#pragma once
// What every backend promises of rows that it may write later and of counters that it may keep in
// memory: nobody sees that it does.

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/contract_fixture.hpp"

namespace geili::store::contract {

template <class Backend>
class RowContract : public Fixture<Backend> {
 protected:
  // Handed in while the gate is closed, so that the jobs share a transaction. `failed`: how many
  // do.
  void hand_in(Database::Job job) {
    ASSERT_TRUE(this->database().submit_write(
        std::move(job), [this](const Outcome& outcome) { failed_ += outcome.failure ? 1 : 0; }));
  }
  void wait_for_all() {
    ASSERT_TRUE(this->write([](Tx&) -> Result<void> { return {}; }));
  }
  std::int64_t value_of(std::string_view name) {
    return *this->read([&](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer("SELECT value FROM counter WHERE name = $1", name);
    });
  }
  void set_value(std::string_view name, std::int64_t value) {
    ASSERT_TRUE(this->write([&](Tx& tx) -> Result<void> {
      tx.exec("INSERT INTO counter (name, value) VALUES ($1, $2)", name, value);
      return {};
    }));
  }

  std::atomic<int> failed_ = 0;
};
TYPED_TEST_SUITE_P(RowContract);

inline std::optional<std::int64_t> insert_entry(Tx& tx, std::string_view label) {
  return tx.insert("INSERT INTO entry (label) VALUES ($1) RETURNING id", label);
}
inline std::optional<std::int64_t> insert_name(Tx& tx, std::string_view name) {
  return tx.insert(
      "INSERT INTO named (name) VALUES ($1) ON CONFLICT (name) DO NOTHING RETURNING id", name);
}

inline constexpr CounterRow kValue{.read = "SELECT value FROM counter WHERE name = $1",
                                   .write = "UPDATE counter SET value = $2 WHERE name = $1",
                                   .count = 1};

// What is left; none when there is not as much.
inline std::optional<std::int64_t> take(Tx& tx, std::string_view name, std::int64_t units) {
  if (Counters* row = tx.counters(kValue, name)) {
    const std::int64_t left = *(*row)[0] - units;
    if (left < 0) return std::nullopt;
    row->set(0, left);
    return left;
  }
  return tx.integer(
      "UPDATE counter SET value = value - $2 WHERE name = $1 AND value >= $2 RETURNING value", name,
      units);
}

TYPED_TEST_P(RowContract, ARowHasTheIdThatItsInsertGave) {
  std::array<std::int64_t, 6> ids{};
  {
    Gate gate(this->database());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      this->hand_in([&ids, i](Tx& tx) {
        ids[i] = *insert_entry(tx, "entry " + std::to_string(i));
        tx.later("INSERT INTO child (entry_id) VALUES ($1)", ids[i]);
        return i == 2 ? Verdict::undo : Verdict::keep;
      });
    }
  }
  this->wait_for_all();
  EXPECT_EQ(this->failed_, 0);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) EXPECT_GT(ids[i], i == 3 ? ids[1] : ids[i - 1]);
    const auto found = *this->read([&](Tx& tx) -> Result<std::optional<std::string>> {
      return tx.one([](const Row& row) { return row.string(0); },
                    "SELECT e.label FROM entry e JOIN child c ON c.entry_id = e.id"
                    " WHERE e.id = $1",
                    ids[i]);
    });
    if (i == 2) continue;  // its id may be another's
    EXPECT_EQ(found, "entry " + std::to_string(i));
  }
  EXPECT_EQ(this->labels().size(), ids.size() - 1);
}

TYPED_TEST_P(RowContract, AnInsertThatFindsARowInItsWayGivesNoId) {
  std::array<std::optional<std::int64_t>, 5> ids;
  ASSERT_TRUE(this->write([](Tx& tx) -> Result<void> {
    EXPECT_TRUE(insert_name(tx, "old"));
    return {};
  }));
  {
    Gate gate(this->database());
    const std::array<const char*, 5> names{"a", "b", "a", "old", "c"};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      this->hand_in([&ids, i, name = names[i]](Tx& tx) {
        insert_entry(tx, name);
        ids[i] = insert_name(tx, name);
        return Verdict::keep;
      });
    }
  }
  this->wait_for_all();
  EXPECT_EQ(this->failed_, 0);
  EXPECT_TRUE(ids[0] && ids[1] && ids[4]);
  EXPECT_FALSE(ids[2] || ids[3]);
  EXPECT_EQ(this->labels(), (std::vector<std::string>{"a", "b", "a", "old", "c"}));
}

// By the same value, by another, by all, and by those that change them.
TYPED_TEST_P(RowContract, RowsLeftByAJobAreSeenByAllThatFollows) {
  std::vector<std::int64_t> seen;
  {
    Gate gate(this->database());
    this->hand_in([&seen](Tx& tx) {
      seen.clear();
      for (const char* label : {"a", "b", "c"}) {
        tx.later("INSERT INTO entry (label) VALUES ($1)", label);
      }
      seen.push_back(*tx.integer("SELECT count(*) FROM entry WHERE label = $1", "c"));
      return Verdict::keep;
    });
    this->hand_in([&seen](Tx& tx) {
      tx.ahead("SELECT count(*) FROM entry WHERE label = $1", "d");
      tx.later("INSERT INTO entry (label) VALUES ($1)", "d");
      seen.push_back(*tx.integer("SELECT count(*) FROM entry WHERE label = $1", "e"));
      seen.push_back(*tx.integer("SELECT count(*) FROM entry WHERE label = $1", "d"));
      tx.later("INSERT INTO entry (label) VALUES ($1)", "e");
      seen.push_back(*tx.integer("SELECT count(*) FROM entry"));
      return Verdict::keep;
    });
    this->hand_in([&seen](Tx& tx) {
      tx.later("INSERT INTO entry (label) VALUES ($1)", "f");
      seen.push_back(tx.exec("UPDATE entry SET label = 'g' WHERE label = 'f'"));
      tx.later("INSERT INTO entry (label) VALUES ($1)", "h");
      seen.push_back(tx.exec("DELETE FROM entry WHERE label = 'h'"));
      const auto id = insert_entry(tx, "i");
      seen.push_back(*tx.integer("SELECT count(*) FROM entry WHERE id = $1", *id));
      return Verdict::keep;
    });
  }
  this->wait_for_all();
  EXPECT_EQ(this->failed_, 0);
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 0, 1, 5, 1, 1, 1}));
  EXPECT_EQ(this->labels(), (std::vector<std::string>{"a", "b", "c", "d", "e", "g", "i"}));
}

TYPED_TEST_P(RowContract, ARowIsThereForTheConstraintsOfOthers) {
  const auto children = *this->write([](Tx& tx) -> Result<std::int64_t> {
    const auto id = insert_entry(tx, "parent");
    tx.exec("INSERT INTO child (entry_id) SELECT $1", *id);
    return *tx.integer("SELECT count(*) FROM child WHERE entry_id = $1", *id);
  });
  EXPECT_EQ(children, 1);
}

TYPED_TEST_P(RowContract, AnAnswerThatManyAskAlikeIsTheOneOfNow) {
  static constexpr std::string_view kCount = "SELECT count(*) FROM entry WHERE label <> $1";
  static constexpr std::string_view kOf = "SELECT value FROM counter WHERE name = $1";
  this->set_value("x", 7);
  std::vector<std::int64_t> seen;
  {
    Gate gate(this->database());
    for (int i = 0; i < 3; ++i) {
      this->hand_in([&seen, i](Tx& tx) {
        if (i == 0) seen.clear();
        tx.ahead_of_many(kCount, "none");
        tx.ahead_of_many(kOf, "x");
        seen.push_back(*tx.integer(kCount, "none"));
        seen.push_back(*tx.integer(kOf, "x"));
        tx.later("INSERT INTO entry (label) VALUES ($1)", "e");
        take(tx, "x", 1);
        return i == 1 ? Verdict::undo : Verdict::keep;
      });
    }
  }
  this->wait_for_all();
  EXPECT_EQ(seen, (std::vector<std::int64_t>{0, 7, 1, 6, 1, 6}));
  EXPECT_EQ(this->value_of("x"), 5);
}

TYPED_TEST_P(RowContract, CountersAreWhatEveryStatementSees) {
  this->set_value("x", 10);
  std::vector<std::optional<std::int64_t>> seen;
  {
    Gate gate(this->database());
    this->hand_in([&seen](Tx& tx) {
      seen.clear();
      seen.push_back(take(tx, "x", 1));
      seen.push_back(tx.integer("SELECT value FROM counter WHERE name = 'x'"));
      return Verdict::keep;
    });
    this->hand_in([](Tx& tx) {
      take(tx, "x", 5);
      return Verdict::undo;
    });
    this->hand_in([&seen](Tx& tx) {
      seen.push_back(take(tx, "x", 2));
      seen.push_back(take(tx, "x", 8));
      tx.exec("UPDATE counter SET value = value + 10 WHERE name = 'x'");
      seen.push_back(take(tx, "x", 8));
      return Verdict::keep;
    });
    this->hand_in([&seen](Tx& tx) {
      seen.push_back(take(tx, "absent", 1));
      tx.exec("INSERT INTO counter (name, value) VALUES ('absent', 3)");
      seen.push_back(take(tx, "absent", 1));
      tx.later("DELETE FROM counter WHERE name = $1", "absent");
      seen.push_back(take(tx, "absent", 1));
      return Verdict::keep;
    });
  }
  this->wait_for_all();
  EXPECT_EQ(this->failed_, 0);
  const std::vector<std::optional<std::int64_t>> expected{
      9, 9, 7, std::nullopt, 9, std::nullopt, 2, std::nullopt};
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(this->value_of("x"), 9);
}

TYPED_TEST_P(RowContract, AConstraintThatACounterBreaksFailsItsJobAlone) {
  this->set_value("x", 1);
  {
    Gate gate(this->database());
    for (const std::int64_t units : {1, 0, 5}) {
      this->hand_in([units](Tx& tx) {
        if (Counters* row = tx.counters(kValue, "x")) {
          row->set(0, *(*row)[0] - units);
        } else {
          tx.exec("UPDATE counter SET value = value - $1 WHERE name = 'x'", units);
        }
        tx.later("INSERT INTO entry (label) VALUES ($1)", std::to_string(units));
        return Verdict::keep;
      });
    }
  }
  this->wait_for_all();
  EXPECT_EQ(this->failed_, 1);
  EXPECT_EQ(this->value_of("x"), 0);
  EXPECT_EQ(this->labels(), (std::vector<std::string>{"1", "0"}));
}

// One of the jobs is undone after its rows were written, and nobody but itself loses anything.
TYPED_TEST_P(RowContract, AJobIsUndoneWhateverOfItWasWritten) {
  this->set_value("x", 10);
  {
    Gate gate(this->database());
    for (int i = 0; i < 4; ++i) {
      this->hand_in([i](Tx& tx) {
        insert_entry(tx, std::to_string(i));
        take(tx, "x", 1);
        if (i == 2) {
          EXPECT_EQ(tx.integer("SELECT count(*) FROM entry"), 3);
          EXPECT_EQ(tx.integer("SELECT value FROM counter WHERE name = 'x'"), 7);
        }
        return i == 2 ? Verdict::undo : Verdict::keep;
      });
    }
  }
  this->wait_for_all();
  EXPECT_EQ(this->failed_, 0);
  EXPECT_EQ(this->value_of("x"), 7);
  EXPECT_EQ(this->labels(), (std::vector<std::string>{"0", "1", "3"}));
}

REGISTER_TYPED_TEST_SUITE_P(
    RowContract, ARowHasTheIdThatItsInsertGave, AnInsertThatFindsARowInItsWayGivesNoId,
    RowsLeftByAJobAreSeenByAllThatFollows, ARowIsThereForTheConstraintsOfOthers,
    AnAnswerThatManyAskAlikeIsTheOneOfNow, CountersAreWhatEveryStatementSees,
    AConstraintThatACounterBreaksFailsItsJobAlone, AJobIsUndoneWhateverOfItWasWritten);

}  // namespace geili::store::contract
