#include "store/postgres/failure.hpp"

#include <algorithm>
#include <array>

namespace geili::store::postgres {
namespace {

// serialization_failure, deadlock_detected, lock_not_available
constexpr std::array<std::string_view, 3> kContention{"40001", "40P01", "55P03"};

// query_canceled (a time-out), insufficient resources, an operator's intervention
bool is_unavailable(std::string_view sqlstate) {
  return sqlstate == "57014" || sqlstate.starts_with("53") || sqlstate.starts_with("57P0");
}

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string() : text;
}

}  // namespace

std::exception_ptr failure_of(const PGresult* result, std::string_view doing) {
  const std::string sqlstate = field(result, PG_DIAG_SQLSTATE);
  const std::string sentence = "postgres: " + field(result, PG_DIAG_MESSAGE_PRIMARY) + " [" +
                               sqlstate + "] (" + std::string(doing) + ")";
  if (std::ranges::find(kContention, sqlstate) != kContention.end()) {
    return std::make_exception_ptr(Contended(sentence));
  }
  if (is_unavailable(sqlstate)) return std::make_exception_ptr(StoreUnavailable(sentence));
  return std::make_exception_ptr(StoreFailure(sentence));
}

bool is_fatal(const PGresult* result) {
  const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity == "FATAL" || severity == "PANIC";
}

std::string one_line(std::string_view message) {
  std::string line;
  for (const char c : message) {
    const bool is_blank = c == '\n' || c == '\t' || c == ' ';
    if (!is_blank) line += c;
    if (is_blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace geili::store::postgres
