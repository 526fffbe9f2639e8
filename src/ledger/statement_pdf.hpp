#pragma once
// A statement on paper, for a household.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "ledger/statement.hpp"
#include "ledger/statement_words.hpp"
#include "paper/document.hpp"

namespace geili::ledger {

struct StatementPaper {
  std::string cooperative;  // its name, above the title
  std::string shop;         // the shop's name
  Language language = Language::en;
  paper::PageSize size = paper::PageSize::a4;
  std::chrono::minutes utc_offset{0};  // of the place, for the days that are printed
  std::optional<Instant> created_at;   // none: the file tells no time
  std::int64_t practice_minor = 0;     // paid in practice meanwhile, which is said and not counted
};

// One row an entry, and the sums above. Fails like paper::to_pdf; a pure function, thread-safe.
Result<Bytes> statement_pdf(const Statement& statement, const StatementPaper& paper);

using paper::money_text;

}  // namespace geili::ledger
