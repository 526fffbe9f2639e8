#pragma once
// Whether the books are whole. What the database's own constraints hold (rows that balance, one
// currency an entry, a chain without fork or gap, sources once) is not looked at again; what it
// cannot hold is.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ledger/entry.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

inline constexpr std::size_t kFindingsMax = 1'000;

struct Finding {
  std::string fault;    // kebab-case, see verify()
  std::string subject;  // "account 3", "entry 12", "payout line 4"
  friend bool operator==(const Finding&, const Finding&) = default;
};

// Every inconsistency, at most kFindingsMax of them (then the last is "too-many-findings"):
//   account-totals    an account's sums are not those of its postings
//   currency-sum      the balances of a currency's accounts do not add up to 0
//   entry-totals      an entry's postings are not those it counted, or it has none
//   entry-hash        an entry, its postings or their accounts are not what was posted
//   entry-time        an entry was posted before the one before it
//   chain-link        an entry does not name the hash of the one before it
//   chain-end         the head is not the last entry
//   anchor            the entry that `anchor` names is gone or has another hash
//   sale-row          a sale has no row of its parts, or parts that its postings do not have
//   sale-refunds      what went back of a sale is not the sum of its refunds
//   payout-line       a line's state is not what the books say of it
//   payout-batch      a batch's count or total is not that of its lines
//   payout-transit    payouts in transit are not the sum of the lines at the bank
// `anchor` is a head that was kept elsewhere, on a printed statement for example: without one, a
// chain that was rewritten from some entry on with all its hashes looks whole. Reads all entries.
std::vector<Finding> verify(store::Tx& tx, const std::optional<Head>& anchor = std::nullopt);

}  // namespace geili::ledger
