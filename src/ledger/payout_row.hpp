#pragma once
// Rows of payout_batch and payout_line, and what is due to a seller; shared by the payout files.

#include "ledger/payout.hpp"

namespace geili::ledger {

// Without lines. Fails with payout-batch-not-found.
Result<PayoutBatch> find_batch_row(store::Tx& tx, PayoutBatchId batch);
// Fails with payout-line-not-found.
Result<PayoutLine> find_line(store::Tx& tx, PayoutLineId line);
std::vector<PayoutLine> lines_of(store::Tx& tx, PayoutBatchId batch);

void set_batch_status(store::Tx& tx, PayoutBatchId batch, BatchStatus status, Instant now);
void set_line_status(store::Tx& tx, PayoutLineId line, LineStatus status, std::string_view failure,
                     std::optional<Instant> settled_at);

// What of the account's balance at `up_to` no later entry has taken; payouts that came back count
// as never made. Never more than the balance of now, and never below 0.
std::int64_t due_minor(store::Tx& tx, AccountId payable, EntryNumber up_to);

std::unexpected<Error> wrong_status(BatchStatus status);

}  // namespace geili::ledger
