#include "flows/outbox_relay.hpp"

#include <atomic>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/outbox.hpp"

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

// The newest row stays, so that newest_outbox_id() knows it; emptied when nobody else is to tell
// it.
void forget_told(store::Tx& tx, std::int64_t until, bool for_others) {
  tx.exec("DELETE FROM outbox WHERE id < $1", until);
  if (!for_others) tx.exec("UPDATE outbox SET topic = '', payload = '' WHERE id = $1", until);
}

using SteadyClock = std::chrono::steady_clock;

// Until where rows were told long enough ago for every other relay to have seen them.
class Kept {
 public:
  explicit Kept(std::chrono::milliseconds keep_for) : keep_for_(keep_for) {}

  bool is_for_others() const { return keep_for_.count() > 0; }
  // Rows up to `told` were told by now. The id that all others have seen, when it has changed.
  std::optional<std::int64_t> note(std::int64_t told, SteadyClock::time_point now) {
    if (!is_for_others()) return told;
    if (marks_.empty() || now - marks_.back().at >= keep_for_ / kMarks)
      marks_.push_back({now, told});
    std::optional<std::int64_t> seen_by_all;
    for (; now - marks_.front().at >= keep_for_; marks_.pop_front())
      seen_by_all = marks_.front().id;
    return seen_by_all;
  }
  // A pass has read all there is. Whether so long after the one before that rows may be gone.
  bool has_missed(SteadyClock::time_point now) {
    const auto before = std::exchange(read_at_, now);
    return is_for_others() && before && now - *before > keep_for_ / 2;
  }

 private:
  static constexpr int kMarks = 16;
  struct Mark {
    SteadyClock::time_point at;
    std::int64_t id;
  };
  const std::chrono::milliseconds keep_for_;
  std::deque<Mark> marks_;
  std::optional<SteadyClock::time_point> read_at_;
};

}  // namespace

// One pass at a time reads and publishes, one trim at a time deletes. `state_` says which is under
// way, so that nobody ever waits for a lock; the closures in the database's queues keep the object
// alive.
class OutboxRelay::Core : public std::enable_shared_from_this<OutboxRelay::Core> {
 public:
  Core(store::Database& database, bus::Bus& bus, RelaySettings settings)
      : database_(database),
        bus_(bus),
        missed_(std::move(settings.missed)),
        kept_(settings.keep_for),
        waking_(*this, database) {}

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
  RelayFigures figures() const {
    return {passes_.load(), published_.load(), refused_.load(), retries_.load()};
  }

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
    bool is_fresh(const store::ReadMark& mark) const override { return database_.is_fresh(mark); }

   private:
    Core& core_;
    store::Database& database_;
  };

  void start_pass() {
    auto rows = std::make_shared<std::vector<Row>>();
    const auto taken = database_.submit_read(
        [this, rows](store::Tx& tx) {
          if (kept_.is_for_others() && !last_id_) last_id_ = newest_outbox_id(tx);
          *rows = read_rows(tx, last_id_.value_or(0));
          return store::Verdict::keep;
        },
        [self = shared_from_this(), rows](const store::Outcome& outcome) {
          self->end_pass(*rows, outcome.failure != nullptr);
        });
    if (!taken) end_pass({}, true);
  }

  void end_pass(const std::vector<Row>& rows, bool failed) {
    ++(failed ? retries_ : passes_);
    if ((state_.load() & kStopped) == 0) publish(rows);
    if (!failed && kept_.has_missed(SteadyClock::now()) && missed_) missed_();
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
    if (!last_id_ || (rows.empty() && !kept_.is_for_others())) return;
    if (const auto until = kept_.note(*last_id_, SteadyClock::now())) {
      told_id_ = *until;
      trim();
    }
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
        [until = told_id_.load(), for_others = kept_.is_for_others()](store::Tx& tx) {
          forget_told(tx, until, for_others);
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
  const std::function<void()> missed_;
  // These two belong to the pass under way.
  Kept kept_;
  std::optional<std::int64_t> last_id_;  // that was told, or needs not be
  Waking waking_;
  std::atomic<unsigned> state_ = 0;
  std::atomic<std::int64_t> told_id_ = 0;
  std::atomic<std::uint64_t> passes_ = 0;
  std::atomic<std::uint64_t> published_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::atomic<std::uint64_t> retries_ = 0;
};

OutboxRelay::OutboxRelay(store::Database& database, bus::Bus& bus, RelaySettings settings)
    : core_(std::make_shared<Core>(database, bus, std::move(settings))) {
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
