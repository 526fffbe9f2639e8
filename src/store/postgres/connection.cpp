#include "store/postgres/connection.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include <poll.h>

namespace geili::store::postgres {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Beyond what the server allows a statement: a server that says nothing at all is given up.
constexpr std::chrono::seconds kAnswerGrace{5};

// What may be under way without being waited for.
constexpr std::size_t kUnansweredMax = 256;
constexpr std::size_t kUnansweredBytesMax = 1'000'000;
constexpr std::size_t kForeseenMax = 64;

constexpr std::string_view kSetUp = "the connection's settings";

struct Spoken {
  const char* name;
  const char* sql;
};
constexpr std::array<Spoken, 9> kCommands{
    {{"begin", "BEGIN"},
     {"begin_snapshot", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"},
     {"savepoint", "SAVEPOINT job"},
     {"undo", "ROLLBACK TO SAVEPOINT job"},
     {"release", "RELEASE SAVEPOINT job"},
     {"lift_lock_timeout", "SET LOCAL lock_timeout = 0"},
     {"order_commits", "SELECT pg_advisory_xact_lock(7145023)"},
     {"commit", "COMMIT"},
     {"roll_back", "ROLLBACK"}}};

const Spoken& spoken(Command command) {
  return kCommands[static_cast<std::size_t>(command)];
}

// The rows that a statement changed; 0 for one that changes none (a SELECT's tag counts rows, too).
std::int64_t changed_rows(PGresult* result) {
  const std::string_view tag = PQcmdStatus(result);
  if (!tag.starts_with("INSERT") && !tag.starts_with("UPDATE") && !tag.starts_with("DELETE")) {
    return 0;
  }
  const std::string_view text = PQcmdTuples(result);
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

// What changes nothing, so that an answer given before it still holds.
bool is_select(std::string_view sql) {
  return sql.starts_with("SELECT");
}

PGconn* connect(const Settings& settings) {
  const std::string timeout = std::to_string(settings.connect_timeout_s);
  const std::string idle = std::to_string(settings.keepalive_idle_s);
  const std::string unanswered_ms = std::to_string((settings.keepalive_idle_s + 30) * 1'000);
  // Of two values for one word the later one counts: what stands before dbname is a default.
  const std::array<std::array<const char*, 2>, 11> words{{
      {"application_name", settings.application_name.c_str()},
      {"connect_timeout", timeout.c_str()},
      {"keepalives", "1"},
      {"keepalives_idle", idle.c_str()},
      {"keepalives_interval", "10"},
      {"keepalives_count", "3"},
      {"tcp_user_timeout", unanswered_ms.c_str()},
      {"target_session_attrs", "read-write"},
      {"dbname", settings.url.reveal().c_str()},
      {"client_encoding", "UTF8"},
      {nullptr, nullptr},
  }};
  std::array<const char*, words.size()> keys{};
  std::array<const char*, words.size()> values{};
  for (std::size_t i = 0; i < words.size(); ++i) {
    keys[i] = words[i][0];
    values[i] = words[i][1];
  }
  return PQconnectdbParams(keys.data(), values.data(), 1);
}

// libpq's own message would repeat the text, and with it the password.
void check_address(const std::string& url) {
  char* message = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &message);
  PQfreemem(message);
  if (options == nullptr) {
    throw StoreFailure(
        "The address of the PostgreSQL database cannot be read: write "
        "postgresql://USER@HOST/DATABASE, or host=HOST dbname=DATABASE user=USER.");
  }
  PQconninfoFree(options);
}

void ignore_notice(void* /*unused*/, const char* /*message*/) {}

}  // namespace

Connection::Connection(const Settings& settings)
    : answer_timeout_(std::chrono::milliseconds(settings.statement_timeout_ms) + kAnswerGrace),
      statements_kept_max_(settings.statements_kept_max) {
  check_address(settings.url.reveal());
  connection_.reset(connect(settings));
  PGconn* connection = connection_.get();
  if (PQstatus(connection) != CONNECTION_OK) {
    throw StoreUnavailable("The PostgreSQL database cannot be reached: " +
                           one_line(PQerrorMessage(connection)));
  }
  if (server_version() < 150'000) {
    throw StoreFailure("The PostgreSQL server is of version " +
                       std::to_string(server_version() / 10'000) + "; 15 or newer is needed.");
  }
  PQsetNoticeProcessor(connection, ignore_notice, nullptr);
  if (PQsetnonblocking(connection, 1) != 0 || PQenterPipelineMode(connection) != 1) {
    lose("no pipeline mode");
  }
  set_up(settings);
}

void Connection::set_up(const Settings& settings) {
  const auto set = [this](const char* name, int value) {
    say("SET " + std::string(name) + " = " + std::to_string(value));
  };
  set("statement_timeout", settings.statement_timeout_ms);
  set("lock_timeout", settings.lock_timeout_ms);
  set("idle_in_transaction_session_timeout", settings.idle_in_transaction_timeout_ms);
  // What was answered is kept, whatever the server's own default; stricter settings stay.
  say("SELECT CASE WHEN current_setting('synchronous_commit') = 'off'"
      " THEN set_config('synchronous_commit', 'on', false) END");
  for (const Spoken& command : kCommands) {
    expect(PQsendPrepare(connection_.get(), command.name, command.sql, 0, nullptr), Kind::prepare,
           command.sql);
  }
  finish();
}

void Connection::say(const std::string& sql) {
  expect(
      PQsendQueryParams(connection_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1),
      Kind::command, kSetUp);
}

void Connection::queue(Command command) {
  const Spoken& words = spoken(command);
  expect(PQsendQueryPrepared(connection_.get(), words.name, 0, nullptr, nullptr, nullptr, 1),
         Kind::command, words.sql);
}

void Connection::expect(int sent, Kind kind, std::string_view sql) {
  if (sent != 1) lose(one_line(PQerrorMessage(connection_.get())));
  pending_.push_back({kind, sql, job_, nullptr});
}

std::int64_t Connection::run(std::string_view sql, std::span<const Value> parameters,
                             const Tx::EachRow& each) {
  return show(ask(sql, parameters).get(), each);
}

Connection::Answer Connection::ask(std::string_view sql, std::span<const Value> parameters) {
  const Prepared& statement = prepare(sql);
  parameters_.assign(statement.types, parameters, statement.sql);
  if (ResultPtr known = take_foreseen(statement)) return known;
  send_prepared(statement);
  ResultPtr result = exchange();
  if (PQresultStatus(result.get()) == PGRES_EMPTY_QUERY) {
    throw StoreFailure("not exactly one statement: " + std::string(sql));
  }
  return result;
}

void Connection::run_later(std::string_view sql, std::span<const Value> parameters) {
  const Prepared& statement = prepare(sql);
  parameters_.assign(statement.types, parameters, statement.sql);
  if (!is_select(sql)) foreseen_.clear();
  send_prepared(statement);
  if (pending_.size() >= kUnansweredMax || unanswered_bytes_ >= kUnansweredBytesMax) finish();
}

void Connection::foresee(std::string_view sql, std::span<const Value> parameters) {
  if (foreseen_.size() >= kForeseenMax || !is_select(sql)) return;
  const Prepared& statement = prepare(sql);
  parameters_.assign(statement.types, parameters, statement.sql);
  send_prepared(statement);
  foreseen_.push_back(
      std::make_shared<Foreseen>(Foreseen{statement.name, parameters_.joined(), nullptr}));
  pending_.back().foreseen = foreseen_.back();
}

void Connection::send_prepared(const Prepared& statement) {
  expect(
      PQsendQueryPrepared(connection_.get(), statement.name.c_str(), parameters_.count(),
                          parameters_.pointers(), parameters_.lengths(), parameters_.formats(), 1),
      Kind::statement, statement.sql);
  unanswered_bytes_ += parameters_.size_bytes();
}

// The answer to a question that was foreseen with these parameters; none when it was not. A change
// makes all that was foreseen worthless.
Connection::ResultPtr Connection::take_foreseen(const Prepared& statement) {
  if (foreseen_.empty()) return nullptr;
  if (!is_select(statement.sql)) {
    foreseen_.clear();
    return nullptr;
  }
  const std::string values = parameters_.joined();
  const auto found = std::ranges::find_if(foreseen_, [&](const auto& foreseen) {
    return foreseen->statement == statement.name && foreseen->values == values;
  });
  if (found == foreseen_.end()) return nullptr;
  const std::shared_ptr<Foreseen> wanted = *found;
  foreseen_.erase(found);
  if (wanted->result == nullptr) finish();
  return std::move(wanted->result);
}

std::int64_t Connection::show(PGresult* result, const Tx::EachRow& each) {
  const std::int64_t changed = changed_rows(result);
  if (!each) return changed;
  ResultRow row(result);
  const int count = PQntuples(result);
  for (int i = 0; i < count; ++i) {
    row.move_to(i);
    if (!each(row)) break;
  }
  return changed;
}

const Connection::Prepared& Connection::prepare(std::string_view sql) {
  if (const auto found = by_text_.find(sql); found != by_text_.end()) {
    by_age_.splice(by_age_.begin(), by_age_, found->second);
    return by_age_.front();
  }
  if (by_age_.size() >= statements_kept_max_) {
    if (!pending_.empty()) finish();  // what is under way names statements, too
    forget_oldest();
  }
  Prepared made{std::string(sql), "s" + std::to_string(++statements_made_), {}};
  PGconn* connection = connection_.get();
  expect(PQsendPrepare(connection, made.name.c_str(), made.sql.c_str(), 0, nullptr), Kind::prepare,
         made.sql);
  expect(PQsendDescribePrepared(connection, made.name.c_str()), Kind::describe, made.sql);
  const ResultPtr described = exchange();
  for (int i = 0; i < PQnparams(described.get()); ++i) {
    made.types.push_back(PQparamtype(described.get(), i));
  }
  by_age_.push_front(std::move(made));
  by_text_.emplace(by_age_.front().sql, by_age_.begin());
  return by_age_.front();
}

void Connection::forget_oldest() {
  const std::string sql = "DEALLOCATE " + by_age_.back().name;
  by_text_.erase(by_age_.back().sql);
  by_age_.pop_back();
  say(sql);
}

void Connection::finish() {
  (void)exchange();
}

void Connection::send() {
  if (PQpipelineSync(connection_.get()) != 1) {
    lose(one_line(PQerrorMessage(connection_.get())));
  }
  pending_.push_back({Kind::sync, {}, job_, nullptr});
  if (PQflush(connection_.get()) < 0) lose(one_line(PQerrorMessage(connection_.get())));
}

void Connection::commit() {
  queue(Command::commit);
  const ResultPtr result = exchange();
  // A transaction in which something failed answers COMMIT with a ROLLBACK.
  if (std::string_view(PQcmdStatus(result.get())) == "COMMIT") return;
  throw StoreFailure("postgres: the transaction was rolled back");
}

// Sends what is queued and reads the answers to all of it. Gives the last one; throws the first
// failure, after which the server has passed over the rest.
Connection::ResultPtr Connection::exchange() {
  send();
  unanswered_bytes_ = 0;
  ResultPtr last;
  std::exception_ptr failure;
  while (!pending_.empty()) {
    Pending pending = std::move(pending_.front());
    pending_.pop_front();
    ResultPtr result = answer_to(pending, failure);
    if (pending.foreseen != nullptr && !failure) {
      pending.foreseen->result = std::move(result);
    } else if (result != nullptr) {
      last = std::move(result);
    }
  }
  if (!failure) return last;
  foreseen_.clear();
  std::rethrow_exception(failure);
}

Connection::ResultPtr Connection::answer_to(const Pending& pending, std::exception_ptr& failure) {
  ResultPtr result = next_result();
  const ExecStatusType status = PQresultStatus(result.get());
  if (pending.kind == Kind::sync) {
    if (status != PGRES_PIPELINE_SYNC) lose("an answer that was not asked for");
    return nullptr;
  }
  const bool is_refused = status == PGRES_FATAL_ERROR;
  if (is_refused && (is_fatal(result.get()) || PQstatus(connection_.get()) != CONNECTION_OK)) {
    lose(one_line(PQresultErrorMessage(result.get())));
  }
  if (next_result() != nullptr) lose("an answer that was not asked for");
  if (!is_refused || failure) return result;
  // Without its savepoint, or with one too many, the transaction is not what the writer thinks.
  if (pending.kind == Kind::command) lose(std::string(pending.sql) + " was refused");
  failure = failure_of(result.get(), pending.sql);
  if (pending.job != job_) failure = std::make_exception_ptr(EarlierJobFailed(failure));
  return result;
}

// None at the end of one command's answers.
Connection::ResultPtr Connection::next_result() {
  PGconn* connection = connection_.get();
  for (;;) {
    const int unsent = PQflush(connection);
    if (unsent < 0) lose(one_line(PQerrorMessage(connection)));
    if (PQisBusy(connection) == 0) return ResultPtr(PQgetResult(connection));
    wait_for_server(unsent > 0);
    if (PQconsumeInput(connection) != 1) lose(one_line(PQerrorMessage(connection)));
  }
}

void Connection::wait_for_server(bool has_unsent) {
  pollfd socket{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
  if (has_unsent) socket.events |= POLLOUT;
  const auto end = SteadyClock::now() + answer_timeout_;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now()).count();
    const int ready = ::poll(&socket, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (ready > 0) return;
    if (ready == 0) lose("it did not answer in time");
    if (errno != EINTR) lose("its socket cannot be waited for");
  }
}

void Connection::lose(const std::string& why) {
  is_lost_ = true;
  pending_.clear();
  throw ConnectionLost("The connection to PostgreSQL was lost: " + why);
}

}  // namespace geili::store::postgres
