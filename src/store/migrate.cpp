#include "store/migrate.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace geili::store {
namespace {

struct Applied {
  std::int64_t number;
  std::string name;
  std::int64_t checksum;
};

std::string label(const Migration& step) {
  return std::to_string(step.number) + " (" + std::string(step.name) + ")";
}

std::vector<Applied> applied_steps(Tx& tx) {
  std::vector<Applied> applied;
  tx.each(
      [&](const Row& row) { applied.push_back({row.integer(0), row.string(1), row.integer(2)}); },
      "SELECT number, name, checksum FROM schema_migration ORDER BY number");
  return applied;
}

void check(std::span<const Migration> steps, const std::vector<Applied>& applied) {
  if (applied.size() > steps.size()) {
    throw StoreFailure("The data was written by a newer Geili (schema step " +
                       std::to_string(applied.back().number) + " " + applied.back().name +
                       ", this program ends at " +
                       std::to_string(steps.empty() ? 0 : steps.back().number) +
                       "): start the newer program, or restore a backup made before the update.");
  }
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (applied[i].number == steps[i].number && applied[i].checksum == checksum(steps[i])) continue;
    throw StoreFailure("Schema step " + label(steps[i]) +
                       " is not the one this data was made with (" + applied[i].name +
                       "): use the program that made the data, or start with a new data file.");
  }
}

}  // namespace

std::int64_t checksum(const Migration& step) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : step.sql) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return static_cast<std::int64_t>(hash);
}

void migrate(std::span<const Migration> steps, const Dialect& dialect,
             const InTransaction& in_transaction) {
  std::vector<Applied> applied;
  in_transaction([&](Tx& tx) {
    tx.exec(
        render("CREATE TABLE IF NOT EXISTS schema_migration (number {{int}} PRIMARY KEY,"
               " name TEXT NOT NULL, checksum {{int}} NOT NULL) {{strict}}",
               dialect));
    applied = applied_steps(tx);
  });
  check(steps, applied);
  for (const Migration& step : steps.subspan(applied.size())) {
    in_transaction([&](Tx& tx) {
      for (const std::string& statement : split_statements(render(step.sql, dialect)))
        tx.exec(statement);
      tx.exec("INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)",
              step.number, step.name, checksum(step));
    });
  }
}

}  // namespace geili::store
