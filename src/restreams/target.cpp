#include "restreams/target.hpp"

#include <algorithm>
#include <array>

#include "store/names.hpp"

namespace geili::restreams {
namespace {

constexpr std::array<std::string_view, 2> kScopeNames{"all", "chosen"};
// Of a shorter key four characters would be too much of it.
constexpr std::size_t kKeyBytesToShowEnd = 12;

#define GEILI_TARGET_COLUMNS \
  "t.id, t.shop_id, t.name, t.server_url, t.enabled, t.all_shows, t.key_end, t.created_at"

Target read(const store::Row& row) {
  return {.id = row.id<TargetId>(0),
          .shop = row.id<ShopId>(1),
          .choice = {.name = row.string(2),
                     .server_url = row.string(3),
                     .is_enabled = row.integer(4) != 0,
                     .scope = row.integer(5) != 0 ? Scope::all : Scope::chosen},
          .key_end = row.string(6),
          .created_at = row.instant(7)};
}

std::unexpected<Error> not_found() {
  return fail(ErrorKind::not_found, "restream-not-found", "The shop has no such target.");
}

std::string place_of(TargetId target) {
  return std::to_string(target.value) + " restream key";
}

std::string end_of(const Secret<std::string>& key) {
  const std::string& text = key.reveal();
  return text.size() < kKeyBytesToShowEnd ? std::string() : text.substr(text.size() - kKeyEndBytes);
}

std::int64_t flag(bool value) {
  return value ? 1 : 0;
}

void set_key(store::Tx& tx, TargetId target, const Secret<std::string>& key,
             const crypto::Sealer& sealer) {
  tx.exec("UPDATE restream_target SET stream_key = $2, key_end = $3 WHERE id = $1", target,
          sealer.seal(key, place_of(target)), end_of(key));
}

}  // namespace

std::string_view to_text(Scope scope) {
  return store::name_of(kScopeNames, scope);
}

std::optional<Scope> parse_scope(std::string_view text) {
  return store::parse_name<Scope>(kScopeNames, text);
}

bool is_stream_key(std::string_view key) {
  return !key.empty() && key.size() <= kKeyBytesMax &&
         std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::vector<Target> list_targets(store::Tx& tx, ShopId shop) {
  std::vector<Target> all;
  tx.each([&](const store::Row& row) { all.push_back(read(row)); },
          "SELECT " GEILI_TARGET_COLUMNS
          " FROM restream_target t WHERE t.shop_id = $1 ORDER BY t.id",
          shop);
  return all;
}

Result<Target> find_target(store::Tx& tx, ShopId shop, TargetId target) {
  auto found = tx.one(read,
                      "SELECT " GEILI_TARGET_COLUMNS
                      " FROM restream_target t WHERE t.id = $1 AND t.shop_id = $2",
                      target, shop);
  if (!found) return not_found();
  return *std::move(found);
}

Result<Target> create_target(store::Tx& tx, ShopId shop, const TargetChoice& choice,
                             const Secret<std::string>& key, const crypto::Sealer& sealer,
                             Instant now) {
  const auto count =
      tx.integer("SELECT count(*) FROM restream_target WHERE shop_id = $1", shop).value_or(0);
  if (count >= static_cast<std::int64_t>(kTargetsPerShopMax)) {
    return fail(ErrorKind::conflict, "restreams-full",
                "A shop sends to five other platforms at most.");
  }
  const auto id = tx.integer(
      "INSERT INTO restream_target (shop_id, name, server_url, key_end, enabled, all_shows,"
      " created_at) VALUES ($1, $2, $3, '', $4, $5, $6) RETURNING id",
      shop, choice.name, choice.server_url, flag(choice.is_enabled),
      flag(choice.scope == Scope::all), now);
  const TargetId target{*id};
  set_key(tx, target, key, sealer);
  return find_target(tx, shop, target);
}

Result<Target> change_target(store::Tx& tx, ShopId shop, TargetId target,
                             const TargetChoice& choice,
                             const std::optional<Secret<std::string>>& key,
                             const crypto::Sealer& sealer) {
  const auto changed = tx.exec(
      "UPDATE restream_target SET name = $3, server_url = $4, enabled = $5, all_shows = $6"
      " WHERE id = $1 AND shop_id = $2",
      target, shop, choice.name, choice.server_url, flag(choice.is_enabled),
      flag(choice.scope == Scope::all));
  if (changed == 0) return not_found();
  if (key) set_key(tx, target, *key, sealer);
  return find_target(tx, shop, target);
}

Result<void> delete_target(store::Tx& tx, ShopId shop, TargetId target) {
  const auto deleted =
      tx.exec("DELETE FROM restream_target WHERE id = $1 AND shop_id = $2", target, shop);
  if (deleted == 0) return not_found();
  tx.exec("DELETE FROM restream_show WHERE target_id = $1", target);
  return {};
}

std::vector<ShowTarget> targets_of_show(store::Tx& tx, ShopId shop, ShowId show) {
  std::vector<ShowTarget> all;
  tx.each(
      [&](const store::Row& row) {
        const ByteView sealed = row.bytes(9);
        all.push_back({.target = read(row),
                       .is_chosen = row.optional_integer(8).has_value(),
                       .sealed_key = Bytes(sealed.begin(), sealed.end())});
      },
      "SELECT " GEILI_TARGET_COLUMNS
      ", c.show_id, t.stream_key FROM restream_target t LEFT JOIN restream_show c"
      " ON c.target_id = t.id AND c.show_id = $2 WHERE t.shop_id = $1 ORDER BY t.id",
      shop, show);
  return all;
}

Result<void> choose(store::Tx& tx, ShopId shop, ShowId show, TargetId target, bool is_chosen) {
  if (auto found = find_target(tx, shop, target); !found) return fail_as(found);
  if (is_chosen) {
    tx.exec(
        "INSERT INTO restream_show (show_id, target_id) VALUES ($1, $2)"
        " ON CONFLICT (show_id, target_id) DO NOTHING",
        show, target);
  } else {
    tx.exec("DELETE FROM restream_show WHERE show_id = $1 AND target_id = $2", show, target);
  }
  return {};
}

Result<Secret<std::string>> open_key(ByteView sealed, TargetId target,
                                     const crypto::Sealer& sealer) {
  return sealer.open(sealed, place_of(target));
}

void erase_shop_restreams(store::Tx& tx, ShopId shop) {
  tx.exec(
      "DELETE FROM restream_show WHERE target_id IN"
      " (SELECT id FROM restream_target WHERE shop_id = $1)",
      shop);
  tx.exec("DELETE FROM restream_target WHERE shop_id = $1", shop);
}

}  // namespace geili::restreams
