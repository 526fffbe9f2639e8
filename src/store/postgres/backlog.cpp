#include "store/postgres/backlog.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace geili::store::postgres {
namespace {

// What may wait in memory.
constexpr std::size_t kRowsMax = 4'000;
constexpr std::size_t kBytesMax = 1'000'000;
constexpr std::size_t kCountersMax = 512;
constexpr std::size_t kTextsMax = 1'000;

std::size_t size_of(const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return text->size();
  if (const auto* bytes = std::get_if<ByteView>(&value)) return bytes->size();
  return 8;
}

}  // namespace

class Backlog::Kept final : public Counters {
 public:
  Kept(Backlog& backlog, const CounterRow& row, std::span<const Value> key)
      : backlog_(backlog),
        row_(row),
        read_(backlog.texts_.for_update(row.read)),
        write_(backlog.texts_.of(row.write)) {
    for (const Value& value : key) key_.push_back(keep(value));
  }
  // False: there is no such row.
  bool read(Connection& connection) {
    connection.run(read_.sql(), parameters(), [&](const store::Row& found) {
      for (int i = 0; i < row_.count; ++i) numbers_.push_back(found.optional_integer(i));
      return false;
    });
    return !numbers_.empty();
  }
  void set(std::size_t i, std::int64_t number) override {
    backlog_.before_.push_back({this, i, numbers_[i]});
    ++backlog_.changes_of_job_;
    numbers_[i] = number;
    is_changed_ = true;
  }
  void restore(std::size_t i, std::optional<std::int64_t> number) { numbers_[i] = number; }
  bool is_of(const CounterRow& row, std::span<const Value> key) const {
    return &row_ == &row && std::ranges::equal(key_, key, is_same);
  }
  bool is_changed() const { return is_changed_; }
  // Whether the statement may see what is changed here alone.
  bool is_seen_by(const StatementText& statement) const {
    return statement.touches(write_.target(), write_.changed_columns());
  }
  // Whether the numbers may be others after it.
  bool rests_on_what(const StatementText& statement) const {
    return statement.kind() != StatementText::Kind::select && read_.rests_on_what(statement);
  }
  void write(Connection& connection) {
    if (std::exchange(is_changed_, false)) connection.run_later(write_.sql(), parameters());
  }

 private:
  std::vector<Value> parameters() const {
    std::vector<Value> all;
    for (const KeptValue& value : key_) all.push_back(view(value));
    for (const auto& number : numbers_) all.push_back(to_value(number));
    return all;
  }

  Backlog& backlog_;
  const CounterRow& row_;
  const StatementText& read_;
  const StatementText& write_;
  std::vector<KeptValue> key_;
  bool is_changed_ = false;
};

Backlog::Backlog(Connection& connection, Texts& texts, std::size_t jobs)
    : connection_(connection), texts_(texts), jobs_(jobs) {}

Backlog::~Backlog() = default;

void Backlog::begin_job() {
  ++job_;
  changes_of_job_ = 0;
  job_was_written_ = false;
  before_.clear();
}

bool Backlog::undo_job() {
  if (job_was_written_) return false;
  for (Table& table : tables_) {
    while (!table.rows.empty() && table.rows.back().job == job_) {
      for (const KeptValue& value : table.rows.back().values) bytes_total_ -= size_of(view(value));
      table.rows.pop_back();
      --rows_total_;
    }
  }
  while (!before_.empty()) {
    const Before& newest = before_.back();
    newest.counters->restore(newest.position, newest.number);
    before_.pop_back();
  }
  return true;
}

// None: the statement is not for arrays, or holds a value that its columns do not take.
Backlog::Table* Backlog::table_for(const StatementText& statement,
                                   std::span<const Value> parameters) {
  auto found = std::ranges::find(tables_, &statement, &Table::statement);
  if (found == tables_.end()) {
    std::vector<Oid> types = connection_.types_of(statement.sql());
    const std::string* of_many = texts_.of_many(statement, types);
    if (of_many == nullptr) return nullptr;
    found = tables_.insert(found, Table{&statement, of_many, std::move(types), {}});
  }
  if (parameters.size() < found->types.size()) return nullptr;
  for (std::size_t i = 0; i < found->types.size(); ++i) {
    if (!fits_in_array(found->types[i], parameters[i])) return nullptr;
  }
  return &*found;
}

void Backlog::push(Table& table, std::span<const Value> parameters,
                   std::optional<std::int64_t> id) {
  Row row{.values = {}, .id = id, .job = job_};
  row.values.reserve(parameters.size());
  for (const Value& value : parameters) {
    bytes_total_ += size_of(value);
    row.values.push_back(keep(value));
  }
  table.rows.push_back(std::move(row));
  ++changes_of_job_;
  if (++rows_total_ >= kRowsMax || bytes_total_ >= kBytesMax) write_rows();
}

bool Backlog::add(const StatementText& statement, std::span<const Value> parameters) {
  if (!statement.row_insert() || statement.row_insert()->gives_id) return false;
  Table* table = table_for(statement, parameters);
  if (table == nullptr) return false;
  push(*table, parameters, std::nullopt);
  return true;
}

std::optional<std::int64_t> Backlog::add_with_id(const StatementText& statement,
                                                 std::span<const Value> parameters) {
  if (!statement.row_insert() || !statement.row_insert()->gives_id) return std::nullopt;
  Table* table = table_for(statement, parameters);
  if (table == nullptr) return std::nullopt;
  const std::int64_t id = next_id(statement.row_insert()->table);
  push(*table, parameters, id);
  return id;
}

// A block is drawn for one transaction: what comes later has the higher id, whoever writes it.
std::int64_t Backlog::next_id(const std::string& table) {
  std::deque<std::int64_t>& left = ids_[table];
  if (left.empty()) {
    const std::array<Value, 2> parameters{std::string_view(table),
                                          static_cast<std::int64_t>(jobs_)};
    connection_.run(
        "SELECT nextval((SELECT CAST(pg_get_serial_sequence($1, 'id') AS regclass)))"
        " FROM generate_series(1, $2)",
        parameters, [&](const store::Row& row) {
          left.push_back(row.integer(0));
          return true;
        });
  }
  const std::int64_t id = left.front();
  left.pop_front();
  return id;
}

Counters* Backlog::find_counters(const CounterRow& row, std::span<const Value> key) {
  for (const auto& known : counters_) {
    if (known->is_of(row, key)) return known.get();
  }
  if (counters_.size() >= kCountersMax) return nullptr;
  make_way_for(texts_.for_update(row.read), key);
  auto found = std::make_unique<Kept>(*this, row, key);
  if (!found->read(connection_)) return nullptr;
  return counters_.emplace_back(std::move(found)).get();
}

void Backlog::make_way_for(const StatementText& statement, std::span<const Value> parameters) {
  if (rows_total_ > 0 && sees_rows(statement, parameters)) write_rows();
  for (const auto& counters : counters_) {
    const bool is_seen = counters->is_seen_by(statement) || counters->rests_on_what(statement);
    if (is_seen) write_counters(*counters);
  }
  std::erase_if(counters_,
                [&](const auto& counters) { return counters->rests_on_what(statement); });
}

// An INSERT and a DELETE look for rows of other tables by constraints, too.
bool Backlog::sees_rows(const StatementText& statement, std::span<const Value> parameters) const {
  using enum StatementText::Kind;
  if (statement.kind() != select && statement.kind() != update) return true;
  return std::ranges::any_of(tables_, [&](const Table& table) {
    const RowInsert& insert = *table.statement->row_insert();
    if (table.rows.empty() || !statement.names(insert.table)) return false;
    return statement.only_table() != insert.table || may_fulfil(table, statement, parameters);
  });
}

// Whether any of its rows may. A filter by what the rows do not tell is left out.
bool Backlog::may_fulfil(const Table& table, const StatementText& select,
                         std::span<const Value> parameters) {
  const RowInsert& insert = *table.statement->row_insert();
  std::vector<std::pair<std::size_t, const Value*>> wanted;  // by the parameters of the rows
  const Value* id = nullptr;
  for (const Filter& filter : select.filters()) {
    if (filter.parameter >= parameters.size()) continue;
    const Value& value = parameters[filter.parameter];
    if (filter.column == "id" && insert.gives_id) id = &value;
    const auto column = std::ranges::find(insert.columns, filter.column, &RowInsert::Column::name);
    if (column == insert.columns.end() || column->parameter == RowInsert::kNoParameter) continue;
    wanted.emplace_back(column->parameter, &value);
  }
  return std::ranges::any_of(table.rows, [&](const Row& row) {
    const bool has_id = id == nullptr || is_same(*row.id, *id);
    return has_id && std::ranges::all_of(wanted, [&](const auto& one) {
             return is_same(row.values[one.first], *one.second);
           });
  });
}

void Backlog::write() {
  write_rows();
  for (const auto& counters : counters_) write_counters(*counters);
}

void Backlog::write_counters(Kept& counters) {
  if (!counters.is_changed()) return;
  if (changes_of_job_ > 0) job_was_written_ = true;
  counters.write(connection_);
}

// All of them, since one may refer to another.
void Backlog::write_rows() {
  if (rows_total_ == 0) return;
  if (changes_of_job_ > 0) job_was_written_ = true;
  rows_total_ = 0;
  bytes_total_ = 0;
  for (Table& table : tables_) {
    const std::vector<Row> rows = std::exchange(table.rows, {});
    if (!rows.empty()) write_table(table, rows);
  }
}

void Backlog::write_table(const Table& table, const std::vector<Row>& rows) {
  const RowInsert& insert = *table.statement->row_insert();
  std::vector<Value> parameters;
  if (rows.size() == 1 && !insert.gives_id) {
    for (const KeptValue& value : rows.front().values) parameters.push_back(view(value));
    return connection_.run_later(table.statement->sql(), parameters);
  }
  const std::vector<Oid>& types = table.types;
  std::vector<std::string> arrays;
  for (std::size_t i = 0; i < types.size(); ++i) {
    ArrayWriter array(types[i], rows.size());
    for (const Row& row : rows) array.add(view(row.values[i]));
    arrays.push_back(std::move(array).take());
  }
  if (insert.gives_id) {
    ArrayWriter array(kInt8, rows.size());
    for (const Row& row : rows) array.add(to_value(row.id));
    arrays.push_back(std::move(array).take());
  }
  for (const std::string& array : arrays) parameters.emplace_back(as_bytes(array));
  connection_.run_later(*table.of_many, parameters);
}

const StatementText& Backlog::Texts::of(std::string_view sql) {
  if (const auto found = by_text_.find(sql); found != by_text_.end()) return *found->second;
  auto made = std::make_unique<StatementText>(std::string(sql));
  const StatementText& text = *made;
  by_text_.emplace(text.sql(), std::move(made));
  return text;
}

const std::string* Backlog::Texts::of_many(const StatementText& statement,
                                           std::span<const Oid> types) {
  if (const auto found = of_many_.find(&statement); found != of_many_.end()) return &found->second;
  std::vector<std::string_view> names;
  for (const Oid type : types) {
    names.push_back(name_in_array(type));
    if (names.back().empty()) return nullptr;
  }
  return &of_many_.emplace(&statement, insert_of_many(*statement.row_insert(), names))
              .first->second;
}

const StatementText& Backlog::Texts::for_update(std::string_view select) {
  const StatementText& plain = of(select);
  const auto found = for_update_.find(&plain);
  if (found != for_update_.end()) return *found->second;
  return *for_update_.emplace(&plain, &of(select_for_update(select))).first->second;
}

void Backlog::Texts::tidy() {
  if (by_text_.size() < kTextsMax) return;
  of_many_.clear();
  for_update_.clear();
  by_text_.clear();
}

}  // namespace geili::store::postgres
