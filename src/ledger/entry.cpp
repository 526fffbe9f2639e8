#include "ledger/entry.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "store/canon.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::ledger {
namespace {

using store::name_of;
using store::stored;

constexpr std::array<std::string_view, 13> kKinds{
    "sale",          "refund",     "clawback", "dispute", "dispute_won", "payout",  "payout_paid",
    "payout_return", "settlement", "fee",      "payment", "adjustment",  "reversal"};
constexpr std::array<std::string_view, 11> kPurposes{
    "goods",  "shipping",   "tax",     "commission", "provider_fee", "cash_kept",
    "payout", "settlement", "dispute", "payment",    "adjustment"};

struct HeadRow {
  std::int64_t last_number;
  Bytes last_hash;
  Instant last_posted_at;
};

Bytes bytes_of(const store::Row& row, int column) {
  if (row.is_null(column)) return {};
  const ByteView view = row.bytes(column);
  return {view.begin(), view.end()};
}

HeadRow head_row(store::Tx& tx) {
  return tx
      .one(
          [](const store::Row& row) {
            return HeadRow{row.integer(0), bytes_of(row, 1), row.instant(2)};
          },
          "SELECT last_number, last_hash, last_posted_at FROM ledger_head WHERE id = 1")
      .value_or(HeadRow{});
}

bool is_word(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void add_key(store::Canon& canon, const AccountKey& key) {
  canon.add(to_text(key.kind)).add(key.shop.value).add(key.provider);
}

Result<AccountId> add_to(store::Tx& tx, const AccountKey& key, std::string_view sql,
                         std::int64_t amount_minor, Instant now) {
  const AccountId account = open_account(tx, key, now).id;
  if (tx.exec(sql, account, amount_minor, kAccountMinorMax - amount_minor) == 0) {
    return fail(Error::make(ErrorKind::conflict, "ledger-account-full",
                            "An account of the books has reached its limit.")
                    .with("account_id", account.value));
  }
  return account;
}

// Carries the postings to the accounts' totals. Fails with ledger-account-full.
Result<void> insert_postings(store::Tx& tx, const Entry& entry) {
  std::int64_t position = 0;
  for (const Posting& posting : entry.postings) {
    auto debit = add_to(tx, posting.debit,
                        "UPDATE ledger_account SET debits_minor = debits_minor + $2"
                        " WHERE id = $1 AND debits_minor <= $3",
                        posting.amount_minor, entry.posted_at);
    if (!debit) return fail_as(debit);
    auto credit = add_to(tx, posting.credit,
                         "UPDATE ledger_account SET credits_minor = credits_minor + $2"
                         " WHERE id = $1 AND credits_minor <= $3",
                         posting.amount_minor, entry.posted_at);
    if (!credit) return fail_as(credit);
    tx.exec(
        "INSERT INTO ledger_posting (entry_number, position, purpose, currency, amount_minor,"
        " debit_account_id, credit_account_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        entry.number, position++, to_text(posting.purpose), entry.currency.code(),
        posting.amount_minor, *debit, *credit);
  }
  return {};
}

void insert_entry(store::Tx& tx, const Entry& entry) {
  std::int64_t total_minor = 0;
  for (const Posting& posting : entry.postings) total_minor += posting.amount_minor;
  std::optional<std::int64_t> previous;
  std::optional<Bytes> previous_hash;
  if (entry.number.value > 1) {
    previous = entry.number.value - 1;
    previous_hash = entry.previous_hash;
  }
  tx.exec(
      "INSERT INTO ledger_entry (number, kind, source_kind, source_id, request_hash, settles,"
      " show_id, currency, total_minor, posting_count, reference, memo, occurred_at, posted_at,"
      " previous_number, previous_hash, hash)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
      entry.number, to_text(entry.kind), entry.source.kind, entry.source.id, entry.request_hash,
      entry.settles, entry.show, entry.currency.code(), total_minor, entry.postings.size(),
      entry.reference, entry.memo, entry.occurred_at, entry.posted_at, previous, previous_hash,
      entry.hash);
}

Result<Entry> with_postings(store::Tx& tx, std::optional<Entry> found) {
  if (!found) {
    return fail(ErrorKind::not_found, "ledger-entry-not-found", "The books have no such entry.");
  }
  read_postings(tx, *found);
  return *std::move(found);
}

}  // namespace

std::string_view to_text(EntryKind kind) {
  return name_of(kKinds, kind);
}

std::string_view to_text(Purpose purpose) {
  return name_of(kPurposes, purpose);
}

EntryKind stored_entry_kind(std::string_view text) {
  return stored<EntryKind>(kKinds, text);
}

Purpose stored_purpose(std::string_view text) {
  return stored<Purpose>(kPurposes, text);
}

Bytes hash_of(const Entry& entry) {
  store::Canon canon;
  canon.add(entry.previous_hash).add(entry.number.value).add(to_text(entry.kind));
  canon.add(entry.source.kind).add(entry.source.id).add(entry.request_hash);
  canon.add(entry.settles.value_or(EntryNumber{}).value).add(entry.show.value_or(ShowId{}).value);
  canon.add(entry.currency.code()).add(entry.reference).add(entry.memo);
  canon.add(entry.occurred_at.us).add(entry.posted_at.us);
  canon.add(static_cast<std::int64_t>(entry.postings.size()));
  for (const Posting& posting : entry.postings) {
    canon.add(to_text(posting.purpose)).add(posting.amount_minor);
    add_key(canon, posting.debit);
    add_key(canon, posting.credit);
  }
  return canon.sha256();
}

Head head(store::Tx& tx) {
  HeadRow row = head_row(tx);
  return {EntryNumber{row.last_number}, std::move(row.last_hash)};
}

void lock_books(store::Tx& tx) {
  tx.exec(
      "INSERT INTO ledger_head (id, last_number, last_posted_at) VALUES (1, 0, 0)"
      " ON CONFLICT (id) DO UPDATE SET last_number = ledger_head.last_number");
}

Result<std::optional<Posted>> find_posted(store::Tx& tx, const Source& source,
                                          const Bytes& request_hash) {
  struct Before {
    EntryNumber number;
    Bytes request_hash;
  };
  const auto before = tx.one(
      [](const store::Row& row) { return Before{row.id<EntryNumber>(0), bytes_of(row, 1)}; },
      "SELECT number, request_hash FROM ledger_entry WHERE source_kind = $1 AND source_id = $2",
      source.kind, source.id);
  if (!before) return std::nullopt;
  if (before->request_hash != request_hash) {
    return fail(Error::make(ErrorKind::conflict, "ledger-source-reused",
                            "The books have another entry of the same source.")
                    .with("entry_number", before->number.value));
  }
  return Posted{before->number, false};
}

Result<Posted> post(store::Tx& tx, const NewEntry& entry, Instant now) {
  const HeadRow last = head_row(tx);
  Entry posted{.number = EntryNumber{last.last_number + 1},
               .kind = entry.kind,
               .source = entry.source,
               .request_hash = entry.request_hash,
               .settles = entry.settles,
               .show = entry.show,
               .currency = entry.currency,
               .reference = entry.reference,
               .memo = entry.memo,
               .occurred_at = entry.occurred_at,
               .posted_at = std::max(now, last.last_posted_at),
               .previous_hash = last.last_hash,
               .hash = {},
               .postings = {}};
  for (const Move& move : entry.moves) {
    assert(move.amount_minor >= 0);
    assert(move.debit.currency == entry.currency && move.credit.currency == entry.currency);
    if (move.amount_minor == 0) continue;
    posted.postings.push_back({move.purpose, move.debit, move.credit, move.amount_minor});
  }
  assert(posted.postings.size() <= kEntryPostingsMax);
  if (posted.postings.empty()) {
    return fail(ErrorKind::unprocessable, "ledger-nothing-to-post",
                "No amount of the entry is above 0.");
  }
  posted.hash = hash_of(posted);
  insert_entry(tx, posted);
  if (auto carried = insert_postings(tx, posted); !carried) return fail_as(carried);
  tx.exec(
      "INSERT INTO ledger_head (id, last_number, last_hash, last_posted_at) VALUES (1, $1, $2, $3)"
      " ON CONFLICT (id) DO UPDATE SET last_number = $1, last_hash = $2, last_posted_at = $3",
      posted.number, posted.hash, posted.posted_at);
  return Posted{posted.number, true};
}

Entry read_entry(const store::Row& row) {
  const auto settles = row.optional_integer(5);
  const auto show = row.optional_integer(6);
  return {.number = row.id<EntryNumber>(0),
          .kind = stored_entry_kind(row.text(1)),
          .source = {row.string(2), row.string(3)},
          .request_hash = bytes_of(row, 4),
          .settles = settles ? std::optional(EntryNumber{*settles}) : std::nullopt,
          .show = show ? std::optional(ShowId{*show}) : std::nullopt,
          .currency = store::stored_currency(row.text(7)),
          .reference = row.string(8),
          .memo = row.string(9),
          .occurred_at = row.instant(10),
          .posted_at = row.instant(11),
          .previous_hash = bytes_of(row, 12),
          .hash = bytes_of(row, 13),
          .postings = {}};
}

void read_postings(store::Tx& tx, Entry& entry) {
  const auto key = [&](const store::Row& row, int column) {
    return AccountKey{stored_account_kind(row.text(column)), row.id<ShopId>(column + 1),
                      row.string(column + 2), store::stored_currency(row.text(column + 3))};
  };
  tx.each(
      [&](const store::Row& row) {
        entry.postings.push_back(
            {stored_purpose(row.text(0)), key(row, 2), key(row, 6), row.integer(1)});
      },
      "SELECT p.purpose, p.amount_minor, d.kind, d.shop_id, d.provider, d.currency,"
      " c.kind, c.shop_id, c.provider, c.currency"
      " FROM ledger_posting p JOIN ledger_account d ON d.id = p.debit_account_id"
      " JOIN ledger_account c ON c.id = p.credit_account_id"
      " WHERE p.entry_number = $1 ORDER BY p.position",
      entry.number);
}

Result<Entry> find_entry(store::Tx& tx, EntryNumber number) {
  return with_postings(
      tx, tx.one(read_entry, "SELECT " GEILI_ENTRY_COLUMNS " FROM ledger_entry WHERE number = $1",
                 number));
}

Result<Entry> find_entry(store::Tx& tx, const Source& source) {
  return with_postings(tx, tx.one(read_entry,
                                  "SELECT " GEILI_ENTRY_COLUMNS
                                  " FROM ledger_entry WHERE source_kind = $1 AND source_id = $2",
                                  source.kind, source.id));
}

std::optional<EntryNumber> find_settling(store::Tx& tx, EntryNumber number) {
  return tx.one([](const store::Row& row) { return row.id<EntryNumber>(0); },
                "SELECT number FROM ledger_entry WHERE settles = $1", number);
}

void check_source(FieldErrors& errors, const Source& source, std::string_view path) {
  const bool kind_fits =
      !source.kind.empty() && source.kind.size() <= kSourceKindMax && is_word(source.kind);
  if (!kind_fits) errors.add(std::string(path) + "/kind", "is not a word of a-z, 0-9 and _");
  const bool id_fits = !source.id.empty() && source.id.size() <= kSourceIdMax &&
                       std::ranges::all_of(source.id, [](char c) { return c > ' ' && c < 0x7F; });
  if (!id_fits) errors.add(std::string(path) + "/id", "is not 1 to 100 printable characters");
}

void check_provider(FieldErrors& errors, std::string_view provider, std::string_view path) {
  if (provider.empty() || provider.size() > kProviderMax || !is_word(provider)) {
    errors.add(path, "is not a word of a-z, 0-9 and _");
  }
}

void check_amount(FieldErrors& errors, std::int64_t amount_minor, std::int64_t least,
                  std::string_view path) {
  if (amount_minor < least) {
    errors.add(path, "is less than " + std::to_string(least));
  } else if (amount_minor > kMoneyMinorMax) {
    errors.add(path, "is more than " + std::to_string(kMoneyMinorMax));
  }
}

}  // namespace geili::ledger
