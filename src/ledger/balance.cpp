#include "ledger/balance.hpp"

namespace geili::ledger {

EntryNumber last_before(store::Tx& tx, Instant until) {
  return EntryNumber{tx.integer("SELECT number FROM ledger_entry WHERE posted_at < $1"
                                " ORDER BY posted_at DESC, number DESC LIMIT 1",
                                until)
                         .value_or(0)};
}

std::int64_t credit_balance_at(store::Tx& tx, AccountId account, EntryNumber last) {
  const auto credits = tx.integer(
      "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM ledger_posting"
      " WHERE credit_account_id = $1 AND entry_number <= $2",
      account, last);
  const auto debits = tx.integer(
      "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM ledger_posting"
      " WHERE debit_account_id = $1 AND entry_number <= $2",
      account, last);
  return *credits - *debits;
}

}  // namespace geili::ledger
