#pragma once
// The words of a printed statement, in the languages of the product.

#include <array>
#include <string_view>

#include "ledger/entry.hpp"
#include "paper/language.hpp"

namespace geili::ledger {

using paper::Language;
using paper::parse_language;

struct StatementWords {
  std::string_view title;
  std::string_view opening;
  std::string_view sales;
  std::string_view refunds;
  std::string_view commission;
  std::string_view fees;
  std::string_view cash_kept;
  std::string_view payouts;
  std::string_view other;
  std::string_view closing;
  std::string_view you_are_owed;  // "{}" stands for the amount
  std::string_view you_owe;       // likewise
  std::string_view practice;      // likewise
  std::string_view nothing;
  std::string_view date;
  std::string_view entry;
  std::string_view column_sales;
  std::string_view column_costs;
  std::string_view column_paid;
  std::string_view balance;
  std::string_view in_cash;                // after the name of an entry
  std::string_view proof;                  // "{}" stands for the number of the entry
  std::array<std::string_view, 13> kinds;  // by EntryKind
};
const StatementWords& statement_words(Language language);

}  // namespace geili::ledger
