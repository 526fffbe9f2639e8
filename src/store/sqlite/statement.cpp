#include "store/sqlite/statement.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "store/reserved.hpp"
#include "store/sqlite/returning.hpp"

namespace geili::store::sqlite {
namespace {

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement)
      : statement_(statement), columns_(sqlite3_column_count(statement)) {}

  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    assert(type(column) == SQLITE_INTEGER);
    return sqlite3_column_int64(statement_, column);
  }
  std::string_view text(int column) const override {
    assert(type(column) == SQLITE_TEXT);
    const void* data = sqlite3_column_text(statement_, column);
    return {static_cast<const char*>(data), size(column)};
  }
  ByteView bytes(int column) const override {
    assert(type(column) == SQLITE_BLOB);
    const void* data = sqlite3_column_blob(statement_, column);
    return {static_cast<const std::byte*>(data), size(column)};
  }

 private:
  int type(int column) const {
    assert(column >= 0 && column < columns_);
    return sqlite3_column_type(statement_, column);
  }
  std::size_t size(int column) const {
    return static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  }

  sqlite3_stmt* statement_;
  int columns_;
};

class AnswerRow final : public Row {
 public:
  AnswerRow(const Answer& answer, std::size_t first) : values_(&answer.values[first]) {}

  bool is_null(int column) const override {
    return std::holds_alternative<std::monostate>(values_[column]);
  }
  std::int64_t integer(int column) const override {
    return std::get<std::int64_t>(values_[column]);
  }
  std::string_view text(int column) const override {
    return std::get<std::string>(values_[column]);
  }
  ByteView bytes(int column) const override { return std::get<Bytes>(values_[column]); }

 private:
  const KeptValue* values_;
};

class IdRow final : public Row {
 public:
  explicit IdRow(std::int64_t id) : id_(id) {}

  bool is_null(int /*column*/) const override { return false; }
  std::int64_t integer(int column) const override {
    assert(column == 0);
    return id_;
  }
  std::string_view text(int /*column*/) const override { throw StoreFailure("an id is no text"); }
  ByteView bytes(int /*column*/) const override { throw StoreFailure("an id is no bytes"); }

 private:
  std::int64_t id_;
};

KeptValue value_of(sqlite3_stmt* statement, int column) {
  const auto size = [&] {
    return static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return sqlite3_column_int64(statement, column);
    case SQLITE_TEXT: {
      const void* data = sqlite3_column_text(statement, column);
      return std::string(static_cast<const char*>(data), size());
    }
    case SQLITE_BLOB: {
      const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement, column));
      return Bytes(data, data + size());
    }
    default:
      return std::monostate{};
  }
}

// Ends a run however it is left, so that the statement holds no read lock and can be used again.
class Reset {
 public:
  Reset(sqlite3_stmt* statement, bool& busy) : statement_(statement), busy_(busy) { busy_ = true; }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;
  ~Reset() {
    sqlite3_reset(statement_);
    busy_ = false;
  }

 private:
  sqlite3_stmt* statement_;
  bool& busy_;
};

}  // namespace

void throw_failure(sqlite3* connection, std::string_view doing) {
  throw StoreFailure("sqlite: " + std::string(sqlite3_errmsg(connection)) + " (" +
                     std::string(doing) + ")");
}

void show(const Answer& answer, const Tx::EachRow& each) {
  for (std::size_t first = 0; first < answer.values.size(); first += answer.columns) {
    if (!each(AnswerRow(answer, first))) return;
  }
}

Statement::Statement(sqlite3* connection, std::string_view sql)
    : connection_(connection), sql_(sql) {
  sqlite3_stmt* prepared = nullptr;
  const char* rest = nullptr;
  const auto apart = without_returning(connection, sql_);
  const std::string& text = apart ? apart->change : sql_;
  const NoteFootprint noting(footprint_);
  if (sqlite3_prepare_v3(connection, text.data(), static_cast<int>(text.size()),
                         SQLITE_PREPARE_PERSISTENT, &prepared, &rest) != SQLITE_OK) {
    throw_failure(connection, sql_);
  }
  statement_.reset(prepared);
  const std::string_view tail(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  if (prepared == nullptr || tail.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    throw StoreFailure("not exactly one statement: " + sql_);
  }
  read_only_ = sqlite3_stmt_readonly(prepared) != 0;
  const std::string word = first_word(sql_);
  changes_rows_ = word == "INSERT" || word == "UPDATE" || word == "DELETE" || word == "WITH";
  tables_ = read_only_ ? footprint_.tables_read() : footprint_.tables_changed();
  number_parameters();
  id_after_ = apart && apart->select.empty();
  if (apart && !id_after_) row_after_ = std::make_unique<Statement>(connection, apart->select);
}

void Statement::number_parameters() {
  const int slots = sqlite3_bind_parameter_count(statement_.get());
  for (int slot = 1; slot <= slots; ++slot) {
    const char* name = sqlite3_bind_parameter_name(statement_.get(), slot);
    const std::string_view text = name == nullptr ? "" : name;
    std::size_t number = 0;
    if (text.starts_with('$')) std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (number == 0) throw StoreFailure("parameters are written $1, $2, …: " + sql_);
    parameter_of_slot_.push_back(number - 1);
    parameter_count_ = std::max(parameter_count_, number);
  }
}

void Statement::bind(int slot, const Value& value) {
  sqlite3_stmt* statement = statement_.get();
  int code = SQLITE_OK;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(statement, slot, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (text->contains('\0')) throw StoreFailure("a text holds a NUL character: " + sql_);
    const char* data = text->empty() ? "" : text->data();
    code = sqlite3_bind_text64(statement, slot, data, text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else if (const auto* bytes = std::get_if<ByteView>(&value)) {
    const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
    code = sqlite3_bind_blob64(statement, slot, data, bytes->size(), SQLITE_STATIC);
  } else {
    code = sqlite3_bind_null(statement, slot);
  }
  if (code != SQLITE_OK) throw_failure(connection_, sql_);
}

void Statement::bind_all(std::span<const Value> parameters) {
  if (parameters.size() < parameter_count_) {
    throw StoreFailure("more parameters in the statement than values given: " + sql_);
  }
  for (std::size_t i = 0; i < parameter_of_slot_.size(); ++i) {
    bind(static_cast<int>(i) + 1, parameters[parameter_of_slot_[i]]);
  }
}

std::optional<Answer> Statement::answer(std::span<const Value> parameters, std::size_t rows_max) {
  assert(!busy_ && read_only_);
  const Reset reset(statement_.get(), busy_);
  bind_all(parameters);
  const int columns = sqlite3_column_count(statement_.get());
  Answer all{.columns = static_cast<std::size_t>(columns), .values = {}};
  for (std::size_t rows = 0;; ++rows) {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_DONE) return all;
    if (code != SQLITE_ROW) throw_failure(connection_, sql_);
    if (rows == rows_max) return std::nullopt;
    for (int column = 0; column < columns; ++column) {
      all.values.push_back(value_of(statement_.get(), column));
    }
  }
}

std::int64_t Statement::run(std::span<const Value> parameters, const Tx::EachRow& each) {
  const std::int64_t changed = step_all(parameters, each);
  if (changed == 0 || !each) return changed;
  if (row_after_) row_after_->run(parameters, each);
  if (id_after_) each(IdRow(sqlite3_last_insert_rowid(connection_)));
  return changed;
}

std::int64_t Statement::step_all(std::span<const Value> parameters, const Tx::EachRow& each) {
  assert(!busy_);
  const Reset reset(statement_.get(), busy_);
  bind_all(parameters);
  const SqliteRow row(statement_.get());
  bool wanted = static_cast<bool>(each);
  for (;;) {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_DONE) return read_only_ ? 0 : sqlite3_changes64(connection_);
    if (code != SQLITE_ROW) throw_failure(connection_, sql_);
    if (wanted) wanted = each(row);
    // A changing statement is stepped to its end: only then do its count and its checks hold.
    if (!wanted && read_only_) return 0;
  }
}

void Statement::step_once() {
  const int code = sqlite3_step(statement_.get());
  sqlite3_reset(statement_.get());
  if (code != SQLITE_DONE && code != SQLITE_ROW) throw_failure(connection_, sql_);
}

}  // namespace geili::store::sqlite
