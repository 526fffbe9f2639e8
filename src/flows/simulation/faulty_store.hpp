#pragma once
// A store that fails where it is told to: at a statement, or between a commit and its answer.
// Beside what its caller sees it tells what was really done.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "store/database.hpp"

namespace geili::flows::simulation {

// The data of a simulated house, and the program's view of it.
class House {
 public:
  virtual ~House() = default;
  virtual store::Database& database() = 0;
  // As after a kill: nothing in memory is left, and what was answered is there.
  virtual void crash() = 0;
};

enum class Fault : std::uint8_t {
  none,
  busy,          // refused before it began
  at_statement,  // the statement `at` throws, and all of the job is undone
  commit_lost,   // the caller does not learn that nothing was done
  answer_lost,   // the caller does not learn that all was done
};

struct FaultPlan {
  Fault fault = Fault::none;
  std::int64_t at = 0;
};

// Passes a transaction on until a statement is to fail.
class FaultyTx final : public store::Tx {
 public:
  FaultyTx(store::Tx& inner, const FaultPlan& plan) : inner_(inner), plan_(plan) {}

  std::int64_t run(std::string_view sql, std::span<const store::Value> parameters,
                   const EachRow& each) override {
    count();
    return inner_.run(sql, parameters, each);
  }
  void run_later(std::string_view sql, std::span<const store::Value> parameters) override {
    count();
    inner_.run_later(sql, parameters);
  }
  std::optional<std::int64_t> run_insert(std::string_view sql,
                                         std::span<const store::Value> parameters) override {
    count();
    return inner_.run_insert(sql, parameters);
  }
  store::Counters* find_counters(const store::CounterRow& row,
                                 std::span<const store::Value> key) override {
    return inner_.find_counters(row, key);
  }
  void run_last(std::string_view sql, std::span<const store::Value> parameters) override {
    count();
    inner_.run_last(sql, parameters);
  }
  void gather(Work work, Item item) override { inner_.gather(work, std::move(item)); }
  void foresee(std::string_view sql, std::span<const store::Value> parameters,
               Asked asked) override {
    inner_.foresee(sql, parameters, asked);
  }

 private:
  void count() {
    if (plan_.fault == Fault::at_statement && seen_++ == plan_.at) {
      throw store::StoreUnavailable("a fault of the simulation");
    }
  }

  store::Tx& inner_;
  const FaultPlan& plan_;
  std::int64_t seen_ = 0;
};

template <class T>
struct Ran {
  Result<T> seen;
  std::optional<T> done;  // what is durable now, whatever the caller saw
};

// A code of an error that says nothing of the request: the same may be asked again.
inline bool is_of_the_store(const Error& error) {
  return error.code.starts_with("store-");
}

template <class Job>
auto run_with_fault(store::Database& database, const Job& job, const FaultPlan& plan) {
  using Answer = std::invoke_result_t<const Job&, store::Tx&>;
  using T = typename Answer::value_type;
  if (plan.fault == Fault::busy) return Ran<T>{fail(store::store_busy()), std::nullopt};
  Answer seen = store::write_and_wait(database, [&](store::Tx& inner) -> Answer {
    FaultyTx tx(inner, plan);
    Answer answer = job(tx);
    if (answer && plan.fault == Fault::commit_lost) throw store::OutcomeUnknown("not known");
    return answer;
  });
  Ran<T> ran{std::move(seen), std::nullopt};
  if (ran.seen) ran.done = *ran.seen;
  if (ran.seen && plan.fault == Fault::answer_lost) ran.seen = fail(store::outcome_unknown());
  return ran;
}

}  // namespace geili::flows::simulation
