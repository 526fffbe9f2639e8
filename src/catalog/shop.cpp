#include "catalog/shop.hpp"

#include <algorithm>
#include <array>

#include "base/field_errors.hpp"
#include "store/currency.hpp"

namespace geili::catalog {
namespace {

constexpr std::string_view kList = "shops";

constexpr TextRule kName{.min_length = 1, .max_length = kShopNameMax};
constexpr TextRule kVillage{.max_length = kVillageMax};
constexpr TextRule kDescription{.max_length = kShopDescriptionMax, .lines = Lines::multiple};
constexpr TextRule kPickup{.max_length = kPickupMax, .lines = Lines::multiple};

Shop read_shop(const store::Row& row) {
  return {.id = row.id<ShopId>(0),
          .name = row.string(1),
          .village = row.string(2),
          .description = row.string(3),
          .pickup = row.string(4),
          .currency = store::stored_currency(row.text(5)),
          .cover = std::nullopt,
          .demo = row.boolean(6),
          .version = row.integer(7)};
}

std::unexpected<Error> no_shop() {
  return fail(ErrorKind::not_found, "shop-not-found", "There is no such shop.");
}

std::optional<std::string> checked(FieldErrors& faults, const std::optional<std::string>& text,
                                   const TextRule& rule, std::string_view path) {
  if (!text) return std::nullopt;
  return faults.text(*text, rule, path);
}

}  // namespace

Result<Shop> create_shop(store::Tx& tx, const NewShop& shop, const Clock& clock,
                         std::string_view parent) {
  const std::string base(parent);
  FieldErrors faults;
  Shop kept{.id = {},
            .name = faults.text(shop.name, kName, base + "/name"),
            .village = faults.text(shop.village, kVillage, base + "/village"),
            .description = faults.text(shop.description, kDescription, base + "/description"),
            .pickup = faults.text(shop.pickup, kPickup, base + "/pickup"),
            .currency = shop.currency,
            .cover = std::nullopt,
            .demo = shop.demo,
            .version = 1};
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  kept.id = ShopId{*tx.integer(
      "INSERT INTO shop (name, village, description, pickup, currency, demo, created_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      kept.name, kept.village, kept.description, kept.pickup, kept.currency.code(), kept.demo,
      clock.now())};
  return kept;
}

Result<Shop> find_shop(store::Tx& tx, ShopId shop) {
  auto found = tx.one(read_shop,
                      "SELECT id, name, village, description, pickup, currency, demo, version"
                      " FROM shop WHERE id = $1",
                      shop);
  if (!found) return no_shop();
  found->cover = first_photo(tx, PhotoOwner::of(shop));
  return *std::move(found);
}

Result<Shop> change_shop(store::Tx& tx, ShopId shop, const ShopChange& change,
                         std::int64_t expected_version) {
  FieldErrors faults;
  const auto name = checked(faults, change.name, kName, "/name");
  const auto village = checked(faults, change.village, kVillage, "/village");
  const auto description = checked(faults, change.description, kDescription, "/description");
  const auto pickup = checked(faults, change.pickup, kPickup, "/pickup");
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  const auto changed = tx.exec(
      "UPDATE shop SET name = COALESCE($3, name), village = COALESCE($4, village),"
      " description = COALESCE($5, description), pickup = COALESCE($6, pickup),"
      " version = version + 1 WHERE id = $1 AND version = $2",
      shop, expected_version, name, village, description, pickup);
  auto now = find_shop(tx, shop);
  if (now && changed == 0) {
    return fail(ErrorKind::precondition, "version-mismatch", "The shop has changed since.");
  }
  return now;
}

Result<Shop> set_shop_cover(store::Tx& tx, ShopId shop, const Picture& picture) {
  if (tx.exec("UPDATE shop SET version = version + 1 WHERE id = $1", shop) == 0) return no_shop();
  replace_photo(tx, PhotoOwner::of(shop), picture);
  return find_shop(tx, shop);
}

Result<Page<Shop>> list_shops(store::Tx& tx, const PageRequest& page) {
  auto start = page_start(kList, page, {0});
  if (!start) return fail_as(start);
  Page<Shop> found;
  tx.each([&](const store::Row& row) { found.items.push_back(read_shop(row)); },
          "SELECT id, name, village, description, pickup, currency, demo, version"
          " FROM shop WHERE id > $1 ORDER BY id LIMIT $2",
          start->front(), page.limit + 1);
  end_page(found, kList, page, [](const Shop& shop) { return std::array{shop.id.value}; });
  for (Shop& shop : found.items) shop.cover = first_photo(tx, PhotoOwner::of(shop.id));
  return found;
}

constexpr std::string_view kFindTerms = "SELECT currency, pickup, demo FROM shop WHERE id = $1";

void foresee_shop_terms(store::Tx& tx, ShopId shop) {
  tx.ahead_of_many(kFindTerms, shop);
}

Result<ShopTerms> find_shop_terms(store::Tx& tx, ShopId shop) {
  auto found = tx.one(
      [](const store::Row& row) {
        return ShopTerms{store::stored_currency(row.text(0)), !row.text(1).empty(), row.boolean(2)};
      },
      kFindTerms, shop);
  if (!found) return no_shop();
  return *found;
}

}  // namespace geili::catalog
