#pragma once
// What a household reads: its account with the co-operative over a time, and what a show earned.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "ledger/entry.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

inline constexpr std::int64_t kStatementLinesMax = 20'000;

struct StatementLine {
  EntryNumber entry;
  EntryKind kind;
  Purpose purpose;
  std::string reference;  // the number of the sale, the reference of the payout
  std::string memo;
  Instant occurred_at;
  Instant posted_at;
  std::int64_t amount_minor = 0;   // above 0: to the household
  std::int64_t balance_minor = 0;  // after it
};

// Sums of the lines, signed like them; together they are closing less opening.
struct StatementTotals {
  std::int64_t sales_minor = 0;    // goods, and what the household keeps of shipping and tax
  std::int64_t refunds_minor = 0;  // of the same; clawbacks too
  std::int64_t commission_minor = 0;
  std::int64_t fees_minor = 0;
  std::int64_t cash_kept_minor = 0;  // taken from buyers by the household itself
  std::int64_t payouts_minor = 0;    // less those that came back
  std::int64_t other_minor = 0;      // payments by the household, adjustments
  std::int64_t sum_minor() const {
    return sales_minor + refunds_minor + commission_minor + fees_minor + cash_kept_minor +
           payouts_minor + other_minor;
  }
};

struct Statement {
  ShopId shop;
  Currency currency;
  Instant from;
  Instant to;
  std::int64_t opening_minor = 0;
  std::int64_t closing_minor = 0;
  std::vector<StatementLine> lines;  // in the order of posting
  StatementTotals totals;
  Head books;  // the last entry of all books before `to`: later proof that they were not changed
};

// What was posted from `from` on and before `to`: the closing balance is the opening balance of the
// statement that begins at `to`. Fails with invalid-field unless from <= to, and with
// statement-too-long (choose a shorter time).
Result<Statement> statement(store::Tx& tx, ShopId shop, Currency currency, Instant from,
                            Instant to);

// Header row, opening, lines, closing (RFC 4180); amounts with the currency's decimal point. What
// was paid in practice is no line of an account: where there is some, a last row of kind `practice`
// says so in its memo and has no amount, so that no sum of a column takes it for money.
std::string statement_csv(const Statement& statement, std::int64_t practice_minor);

// "You earned X after fees and shipping."
struct Earnings {
  Currency currency;
  std::int64_t orders = 0;
  std::int64_t units = 0;  // as the sales said
  // What buyers paid, tax and shipping included, and of it:
  std::int64_t gross_minor = 0;
  std::int64_t shipping_minor = 0;  // without tax
  std::int64_t tax_minor = 0;
  // What went back to buyers, and of it:
  std::int64_t refunds_minor = 0;
  std::int64_t shipping_back_minor = 0;
  std::int64_t tax_back_minor = 0;
  // Less what was given back.
  std::int64_t commission_minor = 0;
  std::int64_t provider_fees_minor = 0;  // borne by the household
  // What the household keeps of gross less refunds, cash it took itself included: without
  // commission, its fees, and the shipping and tax that are the co-operative's.
  std::int64_t net_minor = 0;
};

// Sales of the shop in the show, with all refunds, clawbacks and fees up to now. Zeros when there
// were none.
Earnings earnings(store::Tx& tx, ShopId shop, ShowId show, Currency currency);

}  // namespace geili::ledger
