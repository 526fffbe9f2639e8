#include "stock/claim_log.hpp"

#include <array>
#include <memory>
#include <span>
#include <utility>

#include "store/canon.hpp"
#include "store/names.hpp"

namespace geili::stock {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"held", "claimed", "confirmed", "released",
                                                 "expired"};
constexpr std::size_t kMarkBytes = 16;

struct InShow {
  ShowId show;
  Logged entry;
};

// The row of the chain is changed first: who else logs in this show waits here for the commit.
void append(store::Tx& tx, ShowId show, std::span<Logged> entries) {
  const auto count = static_cast<std::int64_t>(entries.size());
  Bytes hash;
  std::int64_t position = *tx.one(
      [&](const store::Row& row) {
        const ByteView head = row.bytes(1);
        hash.assign(head.begin(), head.end());
        return row.integer(0) - count;
      },
      "INSERT INTO claim_chain (show_id, position, hash) VALUES ($1, $2, $3)"
      " ON CONFLICT (show_id) DO UPDATE SET position = claim_chain.position + $2"
      " RETURNING position, hash",
      show, count, ByteView{});
  for (Logged& entry : entries) {
    entry.position = ++position;
    entry.hash = hash_of(hash, show, entry);
    hash = entry.hash;
    tx.later(
        "INSERT INTO claim_log"
        " (show_id, position, what, mark, product_id, quantity, logged_at, hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        show, entry.position, to_text(entry.what), entry.mark, entry.product, entry.quantity,
        entry.at, entry.hash);
  }
  tx.later("UPDATE claim_chain SET hash = $2 WHERE show_id = $1", show, hash);
}

void append_all(store::Tx& tx, std::span<const store::Tx::Item> items) {
  std::map<ShowId, std::vector<Logged>> by_show;
  for (const store::Tx::Item& item : items) {
    const auto& logged = *static_cast<const InShow*>(item.get());
    by_show[logged.show].push_back(logged.entry);
  }
  for (auto& [show, entries] : by_show) append(tx, show, entries);
}

}  // namespace

std::string_view to_text(LoggedKind kind) {
  return store::name_of(kKinds, kind);
}

std::string claim_mark(std::string_view token) {
  const Bytes hash = store::Canon{}.add(token).sha256();
  return to_hex(ByteView(hash).first(kMarkBytes));
}

Bytes hash_of(ByteView before, ShowId show, const Logged& entry) {
  return store::Canon{}
      .add(before)
      .add(show.value)
      .add(entry.position)
      .add(to_text(entry.what))
      .add(entry.mark)
      .add(entry.product.value)
      .add(entry.quantity)
      .add(entry.at.us)
      .sha256();
}

void log(store::Tx& tx, ShowId show, Logged entry) {
  tx.gather(&append_all, std::make_shared<const InShow>(show, std::move(entry)));
}

std::map<ProductId, LoggedSoFar> logged_so_far(store::Tx& tx, ShowId show, std::int64_t position) {
  std::map<ProductId, LoggedSoFar> so_far;
  tx.each(
      [&](const store::Row& row) {
        so_far[row.id<ProductId>(0)] = {row.integer(1), row.instant(2)};
      },
      "SELECT product_id, COUNT(*), MAX(logged_at) FROM claim_log"
      " WHERE show_id = $1 AND position <= $2 AND what IN ('held', 'claimed') GROUP BY product_id",
      show, position);
  return so_far;
}

std::map<ProductId, Fates> fates_of(store::Tx& tx, ShowId show) {
  std::map<ProductId, Fates> fates;
  constexpr std::array<std::int64_t Fates::*, kKinds.size()> kFields{
      &Fates::held, &Fates::claimed, &Fates::confirmed, &Fates::released, &Fates::expired};
  tx.each(
      [&](const store::Row& row) {
        const auto kind = store::stored<LoggedKind>(kKinds, row.text(1));
        fates[row.id<ProductId>(0)].*kFields.at(static_cast<std::size_t>(kind)) = row.integer(2);
      },
      "SELECT product_id, what, COUNT(*) FROM claim_log WHERE show_id = $1"
      " GROUP BY product_id, what",
      show);
  tx.each([&](const store::Row& row) { fates[row.id<ProductId>(0)].open = row.integer(1); },
          "SELECT product_id, COUNT(*) FROM claim WHERE show_id = $1 AND state = 'held'"
          " AND device_id IS NOT NULL GROUP BY product_id",
          show);
  tx.each(
      [&](const store::Row& row) {
        Fates& of = fates[row.id<ProductId>(0)];
        of.held -= row.integer(1);
        of.released -= row.integer(2);
        of.expired -= row.integer(3);
      },
      "SELECT product_id, COUNT(*), SUM(CASE WHEN state = 'released' THEN 1 ELSE 0 END),"
      " SUM(CASE WHEN state = 'expired' THEN 1 ELSE 0 END) FROM claim"
      " WHERE show_id = $1 AND device_id IS NULL AND held_until IS NOT NULL GROUP BY product_id",
      show);
  return fates;
}

std::vector<Logged> read_log(store::Tx& tx, ShowId show, std::int64_t after) {
  std::vector<Logged> entries;
  tx.each(
      [&](const store::Row& row) {
        const ByteView hash = row.bytes(6);
        entries.push_back({.position = row.integer(0),
                           .what = store::stored<LoggedKind>(kKinds, row.text(1)),
                           .mark = row.string(2),
                           .product = row.id<ProductId>(3),
                           .quantity = row.integer(4),
                           .at = row.instant(5),
                           .hash = Bytes(hash.begin(), hash.end())});
      },
      "SELECT position, what, mark, product_id, quantity, logged_at, hash FROM claim_log"
      " WHERE show_id = $1 AND position > $2 ORDER BY position LIMIT $3",
      show, after, kLogPageMax);
  return entries;
}

std::optional<std::int64_t> broken_at(ByteView before, ShowId show,
                                      const std::vector<Logged>& entries) {
  for (const Logged& entry : entries) {
    if (hash_of(before, show, entry) != entry.hash) return entry.position;
    before = entry.hash;
  }
  return std::nullopt;
}

}  // namespace geili::stock
