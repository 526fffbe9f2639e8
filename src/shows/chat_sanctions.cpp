#include "shows/chat_sanctions.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 3> kKinds{"timeout", "ban", "shadow"};
constexpr std::string_view kList = "chat-sanctions";

Sanction read_sanction(const store::Row& row) {
  return {.id = row.id<SanctionId>(0),
          .shop = row.id<ShopId>(1),
          .device = row.id<DeviceId>(2),
          .kind = *parse_sanction_kind(row.text(3)),
          .until = row.optional_instant(4),
          .show = row.id<ShowId>(5),
          .seq = row.integer(6),
          .author_name = row.string(7),
          .text = row.string(8),
          .made_at = row.instant(9),
          .made_by = row.id<PersonId>(10)};
}

}  // namespace

std::string_view to_text(SanctionKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<SanctionKind> parse_sanction_kind(std::string_view text) {
  const auto found = std::ranges::find(kKinds, text);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<SanctionKind>(found - kKinds.begin());
}

Result<Sanction> put_sanction(store::Tx& tx, Sanction sanction) {
  tx.exec("DELETE FROM chat_sanction WHERE shop_id = $1 AND (device_id = $2 OR until <= $3)",
          sanction.shop, sanction.device, sanction.made_at);
  if (*tx.integer("SELECT COUNT(*) FROM chat_sanction WHERE shop_id = $1", sanction.shop) >=
      kSanctionsMax) {
    return fail(ErrorKind::unprocessable, "chat-sanctions-limit",
                "The shop keeps as many quiet as it can: lift what is no longer needed.");
  }
  const auto id = tx.integer(
      "INSERT INTO chat_sanction (shop_id, device_id, kind, until, show_id, seq, author_name, text,"
      " made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
      sanction.shop, sanction.device, to_text(sanction.kind), sanction.until, sanction.show,
      sanction.seq, sanction.author_name, sanction.text, sanction.made_at, sanction.made_by);
  sanction.id = SanctionId{*id};
  return sanction;
}

Result<Sanction> find_sanction(store::Tx& tx, ShopId shop, SanctionId sanction, Instant now) {
  auto found =
      tx.one(read_sanction,
             "SELECT id, shop_id, device_id, kind, until, show_id, seq, author_name, text, made_at,"
             " made_by FROM chat_sanction WHERE id = $1 AND shop_id = $2"
             " AND (until IS NULL OR until > $3)",
             sanction, shop, now);
  if (!found) {
    return fail(ErrorKind::not_found, "sanction-not-found", "It was lifted, or is over.");
  }
  return *std::move(found);
}

Result<Sanction> lift_sanction(store::Tx& tx, ShopId shop, SanctionId sanction, Instant now) {
  auto found = find_sanction(tx, shop, sanction, now);
  if (found) tx.exec("DELETE FROM chat_sanction WHERE id = $1", sanction);
  return found;
}

Result<Page<Sanction>> list_sanctions(store::Tx& tx, ShopId shop, const PageRequest& page,
                                      Instant now) {
  auto start = page_start(kList, page, {std::numeric_limits<std::int64_t>::max()});
  if (!start) return fail_as(start);
  Page<Sanction> out;
  tx.each([&](const store::Row& row) { out.items.push_back(read_sanction(row)); },
          "SELECT id, shop_id, device_id, kind, until, show_id, seq, author_name, text, made_at,"
          " made_by FROM chat_sanction WHERE shop_id = $1 AND (until IS NULL OR until > $2)"
          " AND id < $3 ORDER BY id DESC LIMIT $4",
          shop, now, start->at(0), std::int64_t{page.limit} + 1);
  end_page(out, kList, page, [](const Sanction& one) { return std::array{one.id.value}; });
  return out;
}

std::vector<Sanction> sanctions_in_force(store::Tx& tx, ShopId shop, Instant now) {
  std::vector<Sanction> all;
  tx.each([&](const store::Row& row) { all.push_back(read_sanction(row)); },
          "SELECT id, shop_id, device_id, kind, until, show_id, seq, author_name, text, made_at,"
          " made_by FROM chat_sanction WHERE shop_id = $1 AND (until IS NULL OR until > $2)"
          " ORDER BY id LIMIT $3",
          shop, now, kSanctionsMax);
  return all;
}

void sweep_sanctions(store::Tx& tx, Instant now) {
  tx.exec("DELETE FROM chat_sanction WHERE until <= $1", now);
}

void erase_chat_of(store::Tx& tx, ShopId shop) {
  tx.exec("DELETE FROM chat_sanction WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM chat_rules WHERE shop_id = $1", shop);
}

}  // namespace geili::shows
