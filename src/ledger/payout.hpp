#pragma once
// Paying sellers out in batches: draft → approved → paid, or cancelled. The approval takes each
// line's amount out of its seller's balance, so nothing is paid twice; a line that fails puts it
// back. All functions run inside the caller's transaction.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "ledger/bank_account.hpp"
#include "ledger/entry.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

using PayoutBatchId = Id<struct PayoutBatchTag>;
using PayoutLineId = Id<struct PayoutLineTag>;

inline constexpr std::int64_t kPayoutLinesMax = 5'000;     // of a batch
inline constexpr std::int64_t kPayoutSellersMax = 20'000;  // with a balance in one currency
inline constexpr std::size_t kFailureMax = 200;            // code points

enum class BatchStatus : std::uint8_t { draft, approved, paid, cancelled };
std::string_view to_text(BatchStatus status);

enum class LineStatus : std::uint8_t { proposed, sent, paid, failed, cancelled };
std::string_view to_text(LineStatus status);

struct PayoutLine {
  PayoutLineId id;
  PayoutBatchId batch;
  ShopId shop;
  Money amount;
  LineStatus status = LineStatus::proposed;
  BankDetails to;         // as it was when the batch was opened; empty once it was erased
  std::string reference;  // on the bank's statement: "GEILI-12-7", batch and shop
  std::string failure;    // why it failed
  std::optional<EntryNumber> entry;  // the payout, once approved
  std::optional<Instant> settled_at;
};

struct PayoutBatch {
  PayoutBatchId id;
  Currency currency;
  BatchStatus status = BatchStatus::draft;
  Instant up_to;
  std::int64_t line_count = 0;
  Money total;
  Instant opened_at;
  std::optional<Instant> approved_at;
  std::optional<Instant> closed_at;
  std::vector<PayoutLine> lines;  // by shop; find_payout_batch alone fills them
};

// Why a seller with a balance is not in a batch.
enum class SkipReason : std::uint8_t {
  negative_balance,  // owes
  nothing_due,       // all of it came after `up_to`, or later entries took it
  below_minimum,
  no_bank_details,
  batch_full,  // comes with the next one
};
std::string_view to_text(SkipReason reason);

struct Skipped {
  ShopId shop;
  SkipReason reason;
  Money balance;
};

struct PayoutRequest {
  Currency currency;
  Instant up_to;  // what was posted before it is due; not in the future
  std::int64_t minimum_minor = 1;
  std::int64_t lines_max = kPayoutLinesMax;
};

struct PayoutDraft {
  std::optional<PayoutBatchId> batch;  // none: nobody is to be paid, and none was opened
  std::vector<Skipped> skipped;        // by shop; balances of 0 are not named
};

// A line for every seller with something due: the balance at `up_to`, less what later entries took.
// One draft a currency. Fails with invalid-field, payout-draft-exists (figure batch_id),
// payout-too-many-sellers.
Result<PayoutDraft> open_payout_batch(store::Tx& tx, const PayoutRequest& request, Instant now);

// Fails with payout-batch-not-found.
Result<PayoutBatch> find_payout_batch(store::Tx& tx, PayoutBatchId batch);
// Newest first, without lines. Fails with bad-cursor, invalid-field.
Result<Page<PayoutBatch>> list_payout_batches(store::Tx& tx, const PageRequest& page);

// Posts every line's payout. Repeating it changes nothing. Fails with payout-batch-not-found,
// payout-batch-status, payout-balance-changed (figures shop_id, due) or payout-account-changed
// (figure shop_id) when a seller has less due, or another account, than the draft says: cancel it
// and open another.
Result<PayoutBatch> approve_payout_batch(store::Tx& tx, PayoutBatchId batch, Instant now);

// From draft, or from approved while no line has been paid: every line returns to its balance.
// Repeating it changes nothing. Fails with payout-batch-not-found, payout-batch-status.
Result<PayoutBatch> cancel_payout_batch(store::Tx& tx, PayoutBatchId batch, Instant now);

// The bank has paid the line. The batch is paid when no line is open. False: it was paid before.
// Fails with payout-line-not-found, payout-line-status.
Result<bool> mark_line_paid(store::Tx& tx, PayoutLineId line, Instant now);
// The bank has refused the line, or sent the money back after it was paid: it returns to the
// balance. False: it had failed before. Fails likewise, and with invalid-field for a `failure` that
// is empty or too long.
Result<bool> mark_line_failed(store::Tx& tx, PayoutLineId line, std::string_view failure,
                              Instant now);
// Every line that is still open. Fails with payout-batch-not-found, payout-batch-status.
Result<PayoutBatch> mark_batch_paid(store::Tx& tx, PayoutBatchId batch, Instant now);

// What is handed to the bank: a header row, then a row a line that is sent or paid. Fails with
// payout-batch-status before the approval.
Result<std::string> payout_csv(const PayoutBatch& batch);

}  // namespace geili::ledger
