#pragma once
// Entries of the journal: append-only, balanced row by row, and chained by their hashes
// (docs/adr/0014-ledger.md). A correction is another entry. All functions run inside the caller's
// transaction, which an error leaves to be undone.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/field_errors.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "ledger/account.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

// Counted from 1 without a gap, in the order of posting.
using EntryNumber = Id<struct LedgerEntryTag>;

inline constexpr std::size_t kSourceKindMax = 32;  // bytes
inline constexpr std::size_t kSourceIdMax = 100;   // bytes
inline constexpr std::size_t kReferenceMax = 60;   // code points
inline constexpr std::size_t kMemoMax = 200;       // code points
inline constexpr std::size_t kEntryPostingsMax = 16;

enum class EntryKind : std::uint8_t {
  sale,
  refund,
  clawback,
  dispute,
  dispute_won,
  payout,
  payout_paid,
  payout_return,
  settlement,
  fee,
  payment,
  adjustment,
  reversal,
};
std::string_view to_text(EntryKind kind);
EntryKind stored_entry_kind(std::string_view text);

enum class Purpose : std::uint8_t {
  goods,
  shipping,
  tax,
  commission,
  provider_fee,
  cash_kept,
  payout,
  settlement,
  dispute,
  payment,
  adjustment,
};
std::string_view to_text(Purpose purpose);
Purpose stored_purpose(std::string_view text);

// What an entry was made from: ("order", "12"), ("refund", "re_8Kj"). Lower-case letters, digits
// and underscores; then printable ASCII without spaces.
struct Source {
  std::string kind;
  std::string id;
  template <class Tag>
  static Source of(std::string_view kind, Id<Tag> id) {
    return {std::string(kind), std::to_string(id.value)};
  }
  friend bool operator==(const Source&, const Source&) = default;
};

// An amount that goes from the credited account to the debited one.
struct Move {
  Purpose purpose;
  AccountKey debit;
  AccountKey credit;
  std::int64_t amount_minor = 0;
};

struct NewEntry {
  EntryKind kind;
  Source source;
  Bytes request_hash;  // see find_posted
  std::optional<EntryNumber> settles;
  std::optional<ShowId> show;
  Currency currency;
  std::string reference;
  std::string memo;
  Instant occurred_at;
  std::vector<Move> moves;  // of `currency` all; those of 0 are left out
};

struct Posting {
  Purpose purpose;
  AccountKey debit;
  AccountKey credit;
  std::int64_t amount_minor = 0;
};

struct Entry {
  EntryNumber number;
  EntryKind kind;
  Source source;
  Bytes request_hash;
  std::optional<EntryNumber> settles;
  std::optional<ShowId> show;
  Currency currency;
  std::string reference;
  std::string memo;
  Instant occurred_at;
  Instant posted_at;    // never before that of the entry before
  Bytes previous_hash;  // empty for the first
  Bytes hash;
  std::vector<Posting> postings;
};

// SHA-256 over the hash of the entry before and all of this one's own content.
Bytes hash_of(const Entry& entry);

struct Posted {
  EntryNumber number;
  bool is_new = true;  // false: the source had been posted before, and nothing was done
};

// The end of the chain: what to print, send or keep elsewhere, so that verify() can be held to it.
struct Head {
  EntryNumber number;  // 0 while the books are empty
  Bytes hash;
};
Head head(store::Tx& tx);

// Takes the books' lock for the rest of the transaction: one appends at a time. Every function that
// posts calls it before it reads what its entry depends on.
void lock_books(store::Tx& tx);

// The entry that this source has led to, if any. Fails with ledger-source-reused when it was made
// by another request: `request_hash` covers kind, parties and amounts, not time and memo.
Result<std::optional<Posted>> find_posted(store::Tx& tx, const Source& source,
                                          const Bytes& request_hash);

// Appends the entry. Its source must be new and its texts checked. Fails with
// ledger-nothing-to-post when no amount is above 0, ledger-account-full.
Result<Posted> post(store::Tx& tx, const NewEntry& entry, Instant now);

// Fail with ledger-entry-not-found.
Result<Entry> find_entry(store::Tx& tx, EntryNumber number);
Result<Entry> find_entry(store::Tx& tx, const Source& source);
// The entry that settles this one, if any.
std::optional<EntryNumber> find_settling(store::Tx& tx, EntryNumber number);

// For the functions that record: they note what does not fit.
void check_source(FieldErrors& errors, const Source& source, std::string_view path);
void check_provider(FieldErrors& errors, std::string_view provider, std::string_view path);
void check_amount(FieldErrors& errors, std::int64_t amount_minor, std::int64_t least,
                  std::string_view path);

// The columns that read_entry() takes, in their order.
#define GEILI_ENTRY_COLUMNS                                                                     \
  "number, kind, source_kind, source_id, request_hash, settles, show_id, currency, reference, " \
  "memo, occurred_at, posted_at, previous_hash, hash"
// Without postings.
Entry read_entry(const store::Row& row);
void read_postings(store::Tx& tx, Entry& entry);

}  // namespace geili::ledger
