#include "ledger/payout_row.hpp"

#include <algorithm>
#include <array>

#include "ledger/balance.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::ledger {
namespace {

using store::name_of;
using store::stored;

constexpr std::array<std::string_view, 4> kBatchStatuses{"draft", "approved", "paid", "cancelled"};
constexpr std::array<std::string_view, 5> kLineStatuses{"proposed", "sent", "paid", "failed",
                                                        "cancelled"};
constexpr std::array<std::string_view, 5> kReasons{
    "negative_balance", "nothing_due", "below_minimum", "no_bank_details", "batch_full"};

#define GEILI_BATCH_COLUMNS \
  "id, currency, status, up_to, line_count, total_minor, opened_at, approved_at, closed_at"
#define GEILI_LINE_COLUMNS                                                             \
  "l.id, l.batch_id, l.shop_id, l.amount_minor, b.currency, l.status, l.beneficiary, " \
  "l.scheme, l.account, l.bank, l.reference, l.failure, l.entry_number, l.settled_at"

PayoutBatch read_batch(const store::Row& row) {
  const Currency currency = store::stored_currency(row.text(1));
  return {.id = row.id<PayoutBatchId>(0),
          .currency = currency,
          .status = stored<BatchStatus>(kBatchStatuses, row.text(2)),
          .up_to = row.instant(3),
          .line_count = row.integer(4),
          .total = {row.integer(5), currency},
          .opened_at = row.instant(6),
          .approved_at = row.optional_instant(7),
          .closed_at = row.optional_instant(8),
          .lines = {}};
}

PayoutLine read_line(const store::Row& row) {
  const auto entry = row.optional_integer(12);
  return {.id = row.id<PayoutLineId>(0),
          .batch = row.id<PayoutBatchId>(1),
          .shop = row.id<ShopId>(2),
          .amount = {row.integer(3), store::stored_currency(row.text(4))},
          .status = stored<LineStatus>(kLineStatuses, row.text(5)),
          .to = {row.string(6), stored_account_scheme(row.text(7)), row.string(8), row.string(9)},
          .reference = row.string(10),
          .failure = row.string(11),
          .entry = entry ? std::optional(EntryNumber{*entry}) : std::nullopt,
          .settled_at = row.optional_instant(13)};
}

}  // namespace

std::string_view to_text(BatchStatus status) {
  return name_of(kBatchStatuses, status);
}

std::string_view to_text(LineStatus status) {
  return name_of(kLineStatuses, status);
}

std::string_view to_text(SkipReason reason) {
  return name_of(kReasons, reason);
}

Result<PayoutBatch> find_batch_row(store::Tx& tx, PayoutBatchId batch) {
  auto found =
      tx.one(read_batch, "SELECT " GEILI_BATCH_COLUMNS " FROM payout_batch WHERE id = $1", batch);
  if (!found) {
    return fail(ErrorKind::not_found, "payout-batch-not-found", "There is no such payout.");
  }
  return *std::move(found);
}

Result<PayoutLine> find_line(store::Tx& tx, PayoutLineId line) {
  auto found = tx.one(read_line,
                      "SELECT " GEILI_LINE_COLUMNS
                      " FROM payout_line l JOIN payout_batch b ON b.id = l.batch_id"
                      " WHERE l.id = $1",
                      line);
  if (!found) {
    return fail(ErrorKind::not_found, "payout-line-not-found", "There is no such payout line.");
  }
  return *std::move(found);
}

std::vector<PayoutLine> lines_of(store::Tx& tx, PayoutBatchId batch) {
  std::vector<PayoutLine> lines;
  tx.each([&](const store::Row& row) { lines.push_back(read_line(row)); },
          "SELECT " GEILI_LINE_COLUMNS
          " FROM payout_line l JOIN payout_batch b ON b.id = l.batch_id"
          " WHERE l.batch_id = $1 ORDER BY l.shop_id",
          batch);
  return lines;
}

Result<Page<PayoutBatch>> list_payout_batches(store::Tx& tx, const PageRequest& page) {
  constexpr std::string_view kList = "payout-batches";
  auto start = page_start(kList, page, {INT64_MAX});
  if (!start) return fail_as(start);
  Page<PayoutBatch> found;
  tx.each([&](const store::Row& row) { found.items.push_back(read_batch(row)); },
          "SELECT " GEILI_BATCH_COLUMNS
          " FROM payout_batch WHERE id < $1 ORDER BY id DESC LIMIT $2",
          start->front(), page.limit + 1);
  end_page(found, kList, page, [](const PayoutBatch& batch) { return std::array{batch.id.value}; });
  return found;
}

void set_batch_status(store::Tx& tx, PayoutBatchId batch, BatchStatus status, Instant now) {
  if (status == BatchStatus::approved) {
    tx.exec("UPDATE payout_batch SET status = 'approved', approved_at = $2 WHERE id = $1", batch,
            now);
    return;
  }
  tx.exec("UPDATE payout_batch SET status = $2, closed_at = $3 WHERE id = $1", batch,
          to_text(status), now);
}

void set_line_status(store::Tx& tx, PayoutLineId line, LineStatus status, std::string_view failure,
                     std::optional<Instant> settled_at) {
  tx.exec("UPDATE payout_line SET status = $2, failure = $3, settled_at = $4 WHERE id = $1", line,
          to_text(status), failure, settled_at);
}

std::int64_t due_minor(store::Tx& tx, AccountId payable, EntryNumber up_to) {
  const auto taken = tx.integer(
      "SELECT CAST(COALESCE(SUM(net), 0) AS BIGINT) FROM ("
      " SELECT leg.entry_number, SUM(leg.amount) AS net FROM ("
      "  SELECT entry_number, amount_minor AS amount FROM ledger_posting"
      "  WHERE credit_account_id = $1 AND entry_number > $2"
      "  UNION ALL"
      "  SELECT entry_number, -amount_minor AS amount FROM ledger_posting"
      "  WHERE debit_account_id = $1 AND entry_number > $2) leg"
      " WHERE NOT EXISTS (SELECT 1 FROM payout_line l WHERE l.entry_number = leg.entry_number"
      "  AND l.status IN ('failed', 'cancelled'))"
      " GROUP BY leg.entry_number) entry WHERE net < 0",
      payable, up_to);
  return std::max<std::int64_t>(credit_balance_at(tx, payable, up_to) + *taken, 0);
}

std::unexpected<Error> wrong_status(BatchStatus status) {
  return fail(ErrorKind::conflict, "payout-batch-status",
              "A payout that is " + std::string(to_text(status)) + " does not allow it.");
}

}  // namespace geili::ledger
