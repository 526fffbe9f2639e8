#include "ledger/verify.hpp"

#include <utility>

namespace geili::ledger {
namespace {

class Findings {
 public:
  void add(std::string_view fault, std::string subject) {
    if (all_.size() >= kFindingsMax) return;
    if (all_.size() == kFindingsMax - 1) {
      all_.push_back({"too-many-findings", ""});
      return;
    }
    all_.push_back({std::string(fault), std::move(subject)});
  }
  std::vector<Finding> take() && { return std::move(all_); }

 private:
  std::vector<Finding> all_;
};

// One statement finds all that sums can tell.
constexpr std::string_view kSums =
    // Accounts against their postings.
    "SELECT 'account-totals' AS fault, 'account' AS noun, a.id AS number FROM ledger_account a"
    " LEFT JOIN (SELECT debit_account_id AS id, SUM(amount_minor) AS total FROM ledger_posting"
    "  GROUP BY debit_account_id) d ON d.id = a.id"
    " LEFT JOIN (SELECT credit_account_id AS id, SUM(amount_minor) AS total FROM ledger_posting"
    "  GROUP BY credit_account_id) c ON c.id = a.id"
    " WHERE a.debits_minor <> COALESCE(d.total, 0) OR a.credits_minor <> COALESCE(c.total, 0)"
    // Currencies.
    " UNION ALL SELECT 'currency-sum', 'currency of account', MIN(id) FROM ledger_account"
    " GROUP BY currency HAVING SUM(debits_minor - credits_minor) <> 0"
    // Entries against their postings.
    " UNION ALL SELECT 'entry-totals', 'entry', e.number FROM ledger_entry e"
    " LEFT JOIN (SELECT entry_number, count(*) AS postings, SUM(amount_minor) AS total"
    "  FROM ledger_posting GROUP BY entry_number) p ON p.entry_number = e.number"
    " WHERE e.posting_count <> COALESCE(p.postings, 0) OR e.total_minor <> COALESCE(p.total, 0)"
    // Sales against their postings: what was paid, commission and fee.
    " UNION ALL SELECT 'sale-row', 'entry', e.number FROM ledger_entry e"
    " LEFT JOIN ledger_sale s ON s.entry_number = e.number"
    " LEFT JOIN (SELECT entry_number,"
    "  SUM(CASE WHEN purpose IN ('goods', 'shipping', 'tax') THEN amount_minor ELSE 0 END) AS paid,"
    "  SUM(CASE WHEN purpose = 'commission' THEN amount_minor ELSE 0 END) AS commission,"
    "  SUM(CASE WHEN purpose = 'provider_fee' THEN amount_minor ELSE 0 END) AS fee"
    "  FROM ledger_posting GROUP BY entry_number) p ON p.entry_number = e.number"
    " WHERE e.kind = 'sale' AND (s.entry_number IS NULL OR s.goods_minor + s.goods_tax_minor"
    "  + s.shipping_minor + s.shipping_tax_minor <> p.paid"
    "  OR s.commission_minor <> p.commission OR s.fee_minor <> p.fee"
    "  OR COALESCE(s.show_id, 0) <> COALESCE(e.show_id, 0))"
    // Sales against their refunds.
    " UNION ALL SELECT 'sale-refunds', 'entry', s.entry_number FROM ledger_sale s"
    " LEFT JOIN (SELECT sale_number, SUM(goods_minor) AS goods, SUM(goods_tax_minor) AS goods_tax,"
    "  SUM(shipping_minor) AS shipping, SUM(shipping_tax_minor) AS shipping_tax,"
    "  SUM(commission_minor) AS commission, SUM(fee_minor) AS fee"
    "  FROM ledger_refund GROUP BY sale_number) r ON r.sale_number = s.entry_number"
    " WHERE s.goods_back_minor <> COALESCE(r.goods, 0)"
    "  OR s.goods_tax_back_minor <> COALESCE(r.goods_tax, 0)"
    "  OR s.shipping_back_minor <> COALESCE(r.shipping, 0)"
    "  OR s.shipping_tax_back_minor <> COALESCE(r.shipping_tax, 0)"
    "  OR s.commission_back_minor <> COALESCE(r.commission, 0)"
    "  OR s.fee_back_minor <> COALESCE(r.fee, 0)"
    // Refunds against their postings.
    " UNION ALL SELECT 'sale-refunds', 'entry', e.number FROM ledger_entry e"
    " LEFT JOIN ledger_refund r ON r.entry_number = e.number"
    " LEFT JOIN (SELECT entry_number,"
    "  SUM(CASE WHEN purpose IN ('goods', 'shipping', 'tax') THEN amount_minor ELSE 0 END) AS paid"
    "  FROM ledger_posting GROUP BY entry_number) p ON p.entry_number = e.number"
    " WHERE e.kind IN ('refund', 'clawback') AND (r.entry_number IS NULL OR r.goods_minor"
    "  + r.goods_tax_minor + r.shipping_minor + r.shipping_tax_minor <> p.paid)"
    // Payout lines against their entries: the payout, what settled it, and what settled that.
    " UNION ALL SELECT 'payout-line', 'payout line', l.id FROM payout_line l"
    " JOIN payout_batch b ON b.id = l.batch_id"
    " LEFT JOIN ledger_entry e ON e.number = l.entry_number"
    " LEFT JOIN ledger_entry f ON f.settles = e.number"
    " LEFT JOIN ledger_entry g ON g.settles = f.number"
    " WHERE (e.number IS NOT NULL AND (e.kind <> 'payout' OR e.total_minor <> l.amount_minor"
    "   OR e.currency <> b.currency))"
    "  OR l.status <> (CASE WHEN e.number IS NULL AND b.status = 'draft' THEN 'proposed'"
    "   WHEN e.number IS NULL THEN 'cancelled' WHEN f.number IS NULL THEN 'sent'"
    "   WHEN g.number IS NOT NULL THEN 'failed' WHEN f.kind = 'payout_paid' THEN 'paid'"
    "   WHEN b.status = 'cancelled' AND l.failure = '' THEN 'cancelled' ELSE 'failed' END)"
    // Payout entries without a line.
    " UNION ALL SELECT 'payout-line', 'entry', e.number FROM ledger_entry e"
    " LEFT JOIN payout_line l ON l.entry_number = e.number"
    " WHERE e.kind = 'payout' AND l.id IS NULL"
    // Batches against their lines.
    " UNION ALL SELECT 'payout-batch', 'payout batch', b.id FROM payout_batch b"
    " LEFT JOIN (SELECT batch_id, count(*) AS lines, SUM(amount_minor) AS total FROM payout_line"
    "  GROUP BY batch_id) l ON l.batch_id = b.id"
    " WHERE b.line_count <> COALESCE(l.lines, 0) OR b.total_minor <> COALESCE(l.total, 0)"
    // What is in transit.
    " UNION ALL SELECT 'payout-transit', 'account', a.id FROM ledger_account a"
    " LEFT JOIN (SELECT b.currency, SUM(l.amount_minor) AS total FROM payout_line l"
    "  JOIN payout_batch b ON b.id = l.batch_id WHERE l.status = 'sent' GROUP BY b.currency) t"
    "  ON t.currency = a.currency"
    " WHERE a.kind = 'payouts_in_transit'"
    "  AND a.credits_minor - a.debits_minor <> COALESCE(t.total, 0)"
    " LIMIT $1";

std::string entry_name(EntryNumber number) {
  return "entry " + std::to_string(number.value);
}

// Some entries after `last`, in their order.
std::vector<Entry> next_entries(store::Tx& tx, EntryNumber last) {
  constexpr int kAtOnce = 500;
  std::vector<Entry> entries;
  tx.each([&](const store::Row& row) { entries.push_back(read_entry(row)); },
          "SELECT " GEILI_ENTRY_COLUMNS
          " FROM ledger_entry WHERE number > $1 ORDER BY number LIMIT $2",
          last, kAtOnce);
  for (Entry& entry : entries) read_postings(tx, entry);
  return entries;
}

void check_link(const Entry& entry, const Head& last, Instant last_posted_at, Findings& findings) {
  if (entry.number.value != last.number.value + 1 || entry.previous_hash != last.hash) {
    findings.add("chain-link", entry_name(entry.number));
  }
  if (hash_of(entry) != entry.hash) findings.add("entry-hash", entry_name(entry.number));
  if (entry.posted_at < last_posted_at) findings.add("entry-time", entry_name(entry.number));
}

void check_chain(store::Tx& tx, const std::optional<Head>& anchor, Findings& findings) {
  Head last;
  Instant last_posted_at{INT64_MIN};
  bool anchored = !anchor || anchor->number.value == 0;
  for (auto entries = next_entries(tx, last.number); !entries.empty();
       entries = next_entries(tx, last.number)) {
    for (const Entry& entry : entries) {
      check_link(entry, last, last_posted_at, findings);
      if (anchor && anchor->number == entry.number) anchored = anchor->hash == entry.hash;
      last_posted_at = entry.posted_at;
      last = {entry.number, entry.hash};
    }
  }
  const Head end = head(tx);
  if (end.number != last.number || end.hash != last.hash) {
    findings.add("chain-end", entry_name(end.number));
  }
  if (!anchored) findings.add("anchor", entry_name(anchor->number));
}

}  // namespace

std::vector<Finding> verify(store::Tx& tx, const std::optional<Head>& anchor) {
  Findings findings;
  tx.each(
      [&](const store::Row& row) {
        findings.add(row.text(0), row.string(1) + " " + std::to_string(row.integer(2)));
      },
      kSums, static_cast<std::int64_t>(kFindingsMax));
  check_chain(tx, anchor, findings);
  return std::move(findings).take();
}

}  // namespace geili::ledger
