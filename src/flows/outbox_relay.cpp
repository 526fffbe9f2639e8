#include "flows/outbox_relay.hpp"

#include <atomic>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace geili::flows {
namespace {

constexpr int kRowsPerPass = 500;

struct Row {
  std::int64_t id;
  std::string topic;
  bus::Payload payload;
};

// {"type":…} becomes {"id":77,"type":…}
std::string with_id(std::int64_t id, std::string_view payload) {
  return "{\"id\":" + std::to_string(id) + "," + std::string(payload.substr(1));
}

std::vector<Row> read_rows(store::Tx& tx, std::int64_t after) {
  std::vector<Row> rows;
  tx.each(
      [&](const store::Row& row) {
        const std::int64_t id = row.integer(0);
        rows.push_back(
            {id, row.string(1), std::make_shared<const std::string>(with_id(id, row.text(2)))});
      },
      "SELECT id, topic, payload FROM outbox WHERE id > $1 AND topic <> '' ORDER BY id LIMIT $2",
      after, kRowsPerPass);
  return rows;
}

// The newest row stays, emptied, so that newest_outbox_id() knows it.
void forget_told(store::Tx& tx, std::int64_t until) {
  tx.exec("DELETE FROM outbox WHERE id < $1", until);
  tx.exec("UPDATE outbox SET topic = '', payload = '' WHERE id = $1", until);
}

}  // namespace

// One pass at a time reads and publishes, one trim at a time deletes. `state_` says which is under
// way, so that nobody ever waits for a lock; the closures in the database's queues keep the object
// alive.
class OutboxRelay::Core : public std::enable_shared_from_this<OutboxRelay::Core> {
 public:
  Core(store::Database& database, bus::Bus& bus)
      : database_(database), bus_(bus), waking_(*this, database) {}

  void wake() {
    unsigned state = state_.load();
    for (;;) {
      if ((state & (kStopped | kAgain)) != 0) return;
      const unsigned next = (state & kPassing) != 0 ? state | kAgain : state | kPassing;
      if (!state_.compare_exchange_weak(state, next)) continue;
      if ((state & kPassing) == 0) start_pass();
      return;
    }
  }

  // Waits for what is under way: what was told is also deleted.
  void stop() {
    unsigned state = state_.fetch_or(kStopped) | kStopped;
    while ((state & (kPassing | kTrimming)) != 0) {
      state_.wait(state);
      state = state_.load();
    }
  }

  store::Database& waking() { return waking_; }
  RelayFigures figures() const { return {published_.load(), refused_.load(), retries_.load()}; }

 private:
  static constexpr unsigned kPassing = 1;    // a read is under way or its rows are being published
  static constexpr unsigned kAgain = 2;      // somebody woke us meanwhile
  static constexpr unsigned kTrimming = 4;   // a delete is under way
  static constexpr unsigned kTrimAgain = 8;  // more was told meanwhile
  static constexpr unsigned kStopped = 16;

  // Calls wake() after each write it answers.
  class Waking final : public store::Database {
   public:
    Waking(Core& core, store::Database& database) : core_(core), database_(database) {}
    Result<void> submit_write(Job job, Done done) override {
      return database_.submit_write(std::move(job),
                                    [core = core_.shared_from_this(),
                                     done = std::move(done)](store::Outcome outcome) mutable {
                                      done(std::move(outcome));
                                      core->wake();
                                    });
    }
    Result<void> submit_read(Job job, Done done) override {
      return database_.submit_read(std::move(job), std::move(done));
    }

   private:
    Core& core_;
    store::Database& database_;
  };

  void start_pass() {
    auto rows = std::make_shared<std::vector<Row>>();
    const auto taken = database_.submit_read(
        [rows, after = last_id_](store::Tx& tx) {
          *rows = read_rows(tx, after);
          return store::Verdict::keep;
        },
        [self = shared_from_this(), rows](const store::Outcome& outcome) {
          self->end_pass(*rows, outcome.failure != nullptr);
        });
    if (!taken) end_pass({}, true);
  }

  void end_pass(const std::vector<Row>& rows, bool failed) {
    if (failed) ++retries_;
    if ((state_.load() & kStopped) == 0) publish(rows);
    const bool full = rows.size() == static_cast<std::size_t>(kRowsPerPass);
    unsigned state = state_.load();
    for (;;) {
      const bool go_on = !failed && (state & kStopped) == 0 && (full || (state & kAgain) != 0);
      const unsigned next = state & ~kAgain & (go_on ? ~0U : ~kPassing);
      if (!state_.compare_exchange_weak(state, next)) continue;
      if (go_on) {
        start_pass();
      } else {
        state_.notify_all();
      }
      return;
    }
  }

  void publish(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      // What the bus refuses it would refuse for ever: it is counted and left behind.
      if (!bus_.publish(row.topic, row.payload)) ++refused_;
      ++published_;
      last_id_ = row.id;
    }
    if (rows.empty()) return;
    told_id_ = last_id_;
    trim();
  }

  void trim() {
    unsigned state = state_.load();
    while (!state_.compare_exchange_weak(
        state, state | ((state & kTrimming) != 0 ? kTrimAgain : kTrimming))) {
    }
    if ((state & kTrimming) == 0) start_trim();
  }

  void start_trim() {
    const auto taken = database_.submit_write(
        [until = told_id_.load()](store::Tx& tx) {
          forget_told(tx, until);
          return store::Verdict::keep;
        },
        [self = shared_from_this()](const store::Outcome& outcome) {
          self->end_trim(outcome.failure != nullptr);
        });
    if (!taken) end_trim(true);
  }

  void end_trim(bool failed) {
    unsigned state = state_.load();
    for (;;) {
      const bool go_on = !failed && (state & kTrimAgain) != 0;
      const unsigned next = state & ~kTrimAgain & (go_on ? ~0U : ~kTrimming);
      if (!state_.compare_exchange_weak(state, next)) continue;
      if (go_on) {
        start_trim();
      } else {
        state_.notify_all();
      }
      return;
    }
  }

  store::Database& database_;
  bus::Bus& bus_;
  Waking waking_;
  std::atomic<unsigned> state_ = 0;
  std::int64_t last_id_ = 0;  // belongs to the pass under way
  std::atomic<std::int64_t> told_id_ = 0;
  std::atomic<std::uint64_t> published_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::atomic<std::uint64_t> retries_ = 0;
};

OutboxRelay::OutboxRelay(store::Database& database, bus::Bus& bus)
    : core_(std::make_shared<Core>(database, bus)) {
  core_->wake();
}

OutboxRelay::~OutboxRelay() {
  core_->stop();
}

void OutboxRelay::wake() {
  core_->wake();
}

store::Database& OutboxRelay::database() {
  return core_->waking();
}

RelayFigures OutboxRelay::figures() const {
  return core_->figures();
}

}  // namespace geili::flows
