#pragma once
// What an account came to at a point of the books; shared by the files of this room.

#include <cstdint>

#include "base/clock.hpp"
#include "ledger/account.hpp"
#include "ledger/entry.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

// The last entry posted before `until`; 0 when there is none.
EntryNumber last_before(store::Tx& tx, Instant until);

// Credits less debits of the entries up to and with `last`.
std::int64_t credit_balance_at(store::Tx& tx, AccountId account, EntryNumber last);

}  // namespace geili::ledger
