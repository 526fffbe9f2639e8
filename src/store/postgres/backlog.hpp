#pragma once
// What the jobs of a transaction have changed in memory alone: rows that travel together, a
// statement a table, and rows of counters, which are read once and written once. Whatever may see
// them is preceded by their writing.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/postgres/connection.hpp"
#include "store/postgres/statement_text.hpp"

namespace geili::store::postgres {

class Backlog {
 public:
  // `texts` outlives it, as does the connection. `jobs` is how many the transaction has at most.
  class Texts;
  Backlog(Connection& connection, Texts& texts, std::size_t jobs);
  Backlog(const Backlog&) = delete;
  Backlog& operator=(const Backlog&) = delete;
  ~Backlog();

  // What undo() goes back to.
  void begin_job();
  // False: some of what the job changed has been written already.
  bool undo_job();

  // False: the statement is not an INSERT of one row, or is given what its columns do not take.
  bool add(const StatementText& statement, std::span<const Value> parameters);
  // The id that its row will have; none as above.
  std::optional<std::int64_t> add_with_id(const StatementText& statement,
                                          std::span<const Value> parameters);
  Counters* find_counters(const CounterRow& row, std::span<const Value> key);

  // To be said before a statement is asked or run.
  void make_way_for(const StatementText& statement, std::span<const Value> parameters);
  // Sends everything; failures come with a later answer.
  void write();

 private:
  struct Row {
    std::vector<KeptValue> values;
    std::optional<std::int64_t> id;
    std::uint64_t job = 0;
  };
  struct Table {
    const StatementText* statement;
    const std::string* of_many;
    std::vector<Oid> types;  // of its parameters
    std::vector<Row> rows;
  };
  class Kept;

  Table* table_for(const StatementText& statement, std::span<const Value> parameters);
  void push(Table& table, std::span<const Value> parameters, std::optional<std::int64_t> id);
  std::int64_t next_id(const std::string& table);
  bool sees_rows(const StatementText& statement, std::span<const Value> parameters) const;
  static bool may_fulfil(const Table& table, const StatementText& select,
                         std::span<const Value> parameters);
  void write_rows();
  void write_table(const Table& table, const std::vector<Row>& rows);
  void write_counters(Kept& counters);

  Connection& connection_;
  Texts& texts_;
  const std::size_t jobs_;
  std::uint64_t job_ = 0;
  std::size_t changes_of_job_ = 0;
  bool job_was_written_ = false;
  std::vector<Table> tables_;  // in the order in which each was first written to
  std::size_t rows_total_ = 0;
  std::size_t bytes_total_ = 0;
  std::map<std::string, std::deque<std::int64_t>> ids_;  // by table
  std::vector<std::unique_ptr<Kept>> counters_;
  struct Before {
    Kept* counters;
    std::size_t position;
    std::optional<std::int64_t> number;
  };
  std::vector<Before> before_;  // what the job has set
};

// What is known of the texts of statements, and the texts that are made of them. Kept from one
// transaction to the next.
class Backlog::Texts {
 public:
  const StatementText& of(std::string_view sql);
  // For rows of these types; none where one is of a type that does not travel in arrays.
  const std::string* of_many(const StatementText& statement, std::span<const Oid> types);
  const StatementText& for_update(std::string_view select);
  // To be said between two transactions: forgets all when there are too many.
  void tidy();

 private:
  std::unordered_map<std::string_view, std::unique_ptr<StatementText>> by_text_;
  std::unordered_map<const StatementText*, std::string> of_many_;
  std::unordered_map<const StatementText*, const StatementText*> for_update_;
};

}  // namespace geili::store::postgres
