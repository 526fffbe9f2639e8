#include "ledger/payout.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/csv.hpp"
#include "base/field_errors.hpp"
#include "ledger/balance.hpp"
#include "ledger/payout_row.hpp"
#include "ledger/sale_row.hpp"
#include "store/canon.hpp"

namespace geili::ledger {
namespace {

struct Seller {
  AccountId payable;
  ShopId shop;
  std::int64_t balance_minor;
};

std::vector<Seller> sellers_with_balance(store::Tx& tx, Currency currency) {
  std::vector<Seller> sellers;
  tx.each(
      [&](const store::Row& row) {
        sellers.push_back({row.id<AccountId>(0), row.id<ShopId>(1), row.integer(2)});
      },
      "SELECT id, shop_id, credits_minor - debits_minor FROM ledger_account"
      " WHERE kind = 'seller_payable' AND currency = $1 AND credits_minor <> debits_minor"
      " ORDER BY shop_id LIMIT $2",
      currency.code(), kPayoutSellersMax + 1);
  return sellers;
}

struct Proposal {
  ShopId shop;
  std::int64_t amount_minor;
  BankDetails to;
};

Result<void> check_request(const PayoutRequest& request, Instant now) {
  FieldErrors errors;
  check_amount(errors, request.minimum_minor, 1, "/minimum_minor");
  if (request.up_to > now) errors.add("/up_to", "is in the future");
  if (request.lines_max < 1 || request.lines_max > kPayoutLinesMax) {
    errors.add("/lines_max", "is not between 1 and " + std::to_string(kPayoutLinesMax));
  }
  return std::move(errors).check();
}

PayoutBatchId insert_batch(store::Tx& tx, const PayoutRequest& request,
                           const std::vector<Proposal>& proposals, Instant now) {
  std::int64_t total_minor = 0;
  for (const Proposal& proposal : proposals) total_minor += proposal.amount_minor;
  const PayoutBatchId batch{*tx.integer(
      "INSERT INTO payout_batch (currency, status, up_to, line_count, total_minor, opened_at)"
      " VALUES ($1, 'draft', $2, $3, $4, $5) RETURNING id",
      request.currency.code(), request.up_to, proposals.size(), total_minor, now)};
  for (const Proposal& proposal : proposals) {
    tx.exec(
        "INSERT INTO payout_line (batch_id, shop_id, amount_minor, status, beneficiary, scheme,"
        " account, bank, reference) VALUES ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8)",
        batch, proposal.shop, proposal.amount_minor, proposal.to.beneficiary,
        to_text(proposal.to.scheme), proposal.to.account, proposal.to.bank,
        "GEILI-" + std::to_string(batch.value) + "-" + std::to_string(proposal.shop.value));
  }
  return batch;
}

// Whether the seller is paid, and how much; else why not.
std::expected<Proposal, SkipReason> propose(store::Tx& tx, const PayoutRequest& request,
                                            EntryNumber up_to, const Seller& seller) {
  if (seller.balance_minor < 0) return std::unexpected(SkipReason::negative_balance);
  const std::int64_t amount_minor = due_minor(tx, seller.payable, up_to);
  if (amount_minor == 0) return std::unexpected(SkipReason::nothing_due);
  if (amount_minor < request.minimum_minor) return std::unexpected(SkipReason::below_minimum);
  auto to = find_bank_details(tx, seller.shop, request.currency);
  if (!to) return std::unexpected(SkipReason::no_bank_details);
  return Proposal{seller.shop, std::min(amount_minor, kMoneyMinorMax), *std::move(to)};
}

NewEntry line_entry(EntryKind kind, const PayoutLine& line, AccountKey debit, AccountKey credit,
                    Instant now) {
  const std::string_view name = to_text(kind);
  return {
      .kind = kind,
      .source = Source::of(name, line.id),
      .request_hash = store::Canon{}.add(name).add(line.id.value).add(line.amount.minor).sha256(),
      .settles = std::nullopt,
      .show = std::nullopt,
      .currency = line.amount.currency,
      .reference = line.reference,
      .memo = "",
      .occurred_at = now,
      .moves = {{Purpose::payout, std::move(debit), std::move(credit), line.amount.minor}}};
}

AccountKey in_transit(const PayoutLine& line) {
  return cooperative_account(AccountKind::payouts_in_transit, line.amount.currency);
}

AccountKey bank_of(const PayoutLine& line) {
  return cooperative_account(AccountKind::bank, line.amount.currency);
}

AccountKey payable_of(const PayoutLine& line) {
  return payable_account(line.shop, line.amount.currency);
}

Result<void> send(store::Tx& tx, const PayoutBatch& batch, const PayoutLine& line,
                  EntryNumber up_to, Instant now) {
  const auto account = find_account(tx, payable_of(line));
  const std::int64_t due = account ? due_minor(tx, account->id, up_to) : 0;
  if (due < line.amount.minor) {
    return fail(Error::make(ErrorKind::conflict, "payout-balance-changed",
                            "A seller has less due than the draft says.")
                    .with("shop_id", line.shop.value)
                    .with("due", due));
  }
  if (find_bank_details(tx, line.shop, batch.currency) != line.to) {
    return fail(Error::make(ErrorKind::conflict, "payout-account-changed",
                            "A seller has another bank account than the draft says.")
                    .with("shop_id", line.shop.value));
  }
  auto posted =
      post(tx, line_entry(EntryKind::payout, line, payable_of(line), in_transit(line), now), now);
  if (!posted) return fail_as(posted);
  tx.exec("UPDATE payout_line SET status = 'sent', entry_number = $2 WHERE id = $1", line.id,
          posted->number);
  return {};
}

// Puts a line's amount back: out of transit, or from the bank when it had been paid.
Result<Posted> give_line_back(store::Tx& tx, const PayoutLine& line, Instant now) {
  const bool was_paid = line.status == LineStatus::paid;
  NewEntry entry = line_entry(EntryKind::payout_return, line,
                              was_paid ? bank_of(line) : in_transit(line), payable_of(line), now);
  entry.settles = was_paid ? find_settling(tx, *line.entry) : line.entry;
  return post(tx, entry, now);
}

void close_when_settled(store::Tx& tx, PayoutBatchId batch, Instant now) {
  const auto open =
      tx.integer("SELECT count(*) FROM payout_line WHERE batch_id = $1 AND status = 'sent'", batch);
  if (*open == 0) set_batch_status(tx, batch, BatchStatus::paid, now);
}

std::unexpected<Error> wrong_line_status(LineStatus status) {
  return fail(ErrorKind::conflict, "payout-line-status",
              "A payout line that is " + std::string(to_text(status)) + " does not allow it.");
}

}  // namespace

Result<PayoutDraft> open_payout_batch(store::Tx& tx, const PayoutRequest& request, Instant now) {
  if (auto checked = check_request(request, now); !checked) return fail_as(checked);
  lock_books(tx);
  if (const auto draft =
          tx.integer("SELECT id FROM payout_batch WHERE currency = $1 AND status = 'draft'",
                     request.currency.code())) {
    return fail(Error::make(ErrorKind::conflict, "payout-draft-exists",
                            "A payout of this currency is being prepared.")
                    .with("batch_id", *draft));
  }
  const std::vector<Seller> sellers = sellers_with_balance(tx, request.currency);
  if (std::ssize(sellers) > kPayoutSellersMax) {
    return fail(ErrorKind::conflict, "payout-too-many-sellers",
                "More sellers have a balance than a payout can look at.");
  }
  const EntryNumber up_to = last_before(tx, request.up_to);
  PayoutDraft draft;
  std::vector<Proposal> proposals;
  for (const Seller& seller : sellers) {
    auto proposal = propose(tx, request, up_to, seller);
    if (proposal && std::ssize(proposals) == request.lines_max) {
      proposal = std::unexpected(SkipReason::batch_full);
    }
    if (proposal) {
      proposals.push_back(*std::move(proposal));
    } else {
      draft.skipped.push_back(
          {seller.shop, proposal.error(), {seller.balance_minor, request.currency}});
    }
  }
  if (!proposals.empty()) draft.batch = insert_batch(tx, request, proposals, now);
  return draft;
}

Result<PayoutBatch> find_payout_batch(store::Tx& tx, PayoutBatchId batch) {
  auto found = find_batch_row(tx, batch);
  if (found) found->lines = lines_of(tx, batch);
  return found;
}

Result<PayoutBatch> approve_payout_batch(store::Tx& tx, PayoutBatchId id, Instant now) {
  lock_books(tx);
  auto batch = find_payout_batch(tx, id);
  if (!batch || batch->status == BatchStatus::approved) return batch;
  if (batch->status != BatchStatus::draft) return wrong_status(batch->status);
  const EntryNumber up_to = last_before(tx, batch->up_to);
  for (const PayoutLine& line : batch->lines) {
    if (auto sent = send(tx, *batch, line, up_to, now); !sent) return fail_as(sent);
  }
  set_batch_status(tx, id, BatchStatus::approved, now);
  return find_payout_batch(tx, id);
}

Result<PayoutBatch> cancel_payout_batch(store::Tx& tx, PayoutBatchId id, Instant now) {
  lock_books(tx);
  auto batch = find_payout_batch(tx, id);
  if (!batch || batch->status == BatchStatus::cancelled) return batch;
  if (batch->status == BatchStatus::paid) return wrong_status(batch->status);
  for (const PayoutLine& line : batch->lines) {
    if (line.status == LineStatus::paid) return wrong_status(batch->status);
  }
  for (const PayoutLine& line : batch->lines) {
    if (line.status == LineStatus::failed) continue;
    if (line.status == LineStatus::sent) {
      if (auto back = give_line_back(tx, line, now); !back) return fail_as(back);
    }
    set_line_status(tx, line.id, LineStatus::cancelled, "", now);
  }
  set_batch_status(tx, id, BatchStatus::cancelled, now);
  return find_payout_batch(tx, id);
}

Result<bool> mark_line_paid(store::Tx& tx, PayoutLineId id, Instant now) {
  lock_books(tx);
  auto line = find_line(tx, id);
  if (!line) return fail_as(line);
  if (line->status == LineStatus::paid) return false;
  if (line->status != LineStatus::sent) return wrong_line_status(line->status);
  NewEntry entry =
      line_entry(EntryKind::payout_paid, *line, in_transit(*line), bank_of(*line), now);
  entry.settles = line->entry;
  if (auto posted = post(tx, entry, now); !posted) return fail_as(posted);
  set_line_status(tx, id, LineStatus::paid, "", now);
  close_when_settled(tx, line->batch, now);
  return true;
}

Result<bool> mark_line_failed(store::Tx& tx, PayoutLineId id, std::string_view failure,
                              Instant now) {
  auto why = checked_text(failure, {.min_length = 1, .max_length = kFailureMax}, "/failure");
  if (!why) return fail_as(why);
  lock_books(tx);
  auto line = find_line(tx, id);
  if (!line) return fail_as(line);
  if (line->status == LineStatus::failed) return false;
  const bool was_paid = line->status == LineStatus::paid;
  if (!was_paid && line->status != LineStatus::sent) return wrong_line_status(line->status);
  if (auto back = give_line_back(tx, *line, now); !back) return fail_as(back);
  set_line_status(tx, id, LineStatus::failed, *why, now);
  if (!was_paid) close_when_settled(tx, line->batch, now);
  return true;
}

Result<PayoutBatch> mark_batch_paid(store::Tx& tx, PayoutBatchId id, Instant now) {
  auto batch = find_payout_batch(tx, id);
  if (!batch || batch->status == BatchStatus::paid) return batch;
  if (batch->status != BatchStatus::approved) return wrong_status(batch->status);
  for (const PayoutLine& line : batch->lines) {
    if (line.status != LineStatus::sent) continue;
    if (auto paid = mark_line_paid(tx, line.id, now); !paid) return fail_as(paid);
  }
  return find_payout_batch(tx, id);
}

Result<std::string> payout_csv(const PayoutBatch& batch) {
  if (batch.status != BatchStatus::approved && batch.status != BatchStatus::paid) {
    return wrong_status(batch.status);
  }
  CsvWriter csv(CsvReader::program);  // of a bank
  csv.header({"beneficiary", "scheme", "account", "bank", "amount", "currency", "reference"});
  for (const PayoutLine& line : batch.lines) {
    if (line.status != LineStatus::sent && line.status != LineStatus::paid) continue;
    csv.text(line.to.beneficiary).plain(to_text(line.to.scheme)).text(line.to.account);
    csv.text(line.to.bank).money(line.amount).plain(line.amount.currency.code());
    csv.text(line.reference);
    csv.end_row();
  }
  return std::move(csv).take();
}

}  // namespace geili::ledger
