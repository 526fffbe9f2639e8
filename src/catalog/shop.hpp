#pragma once
// Shops. All functions run inside the caller's transaction; an error leaves nothing changed once
// that is undone.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "catalog/photo.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

// Lengths in code points.
inline constexpr std::size_t kShopNameMax = 80;
inline constexpr std::size_t kVillageMax = 120;
inline constexpr std::size_t kShopDescriptionMax = 2000;
inline constexpr std::size_t kPickupMax = 300;

struct Shop {
  ShopId id;
  std::string name;
  std::string village;
  std::string description;
  std::string pickup;  // where and when goods can be picked up; empty where they cannot
  Currency currency;   // of every price in the shop; never changes
  std::optional<Photo> cover;
  bool demo = false;
  std::int64_t version = 1;  // grows with every change, the cover's included
};

struct NewShop {
  std::string name;
  std::string village;
  std::string description;
  std::string pickup;
  Currency currency;
  bool demo = false;
};

// What is absent stays.
struct ShopChange {
  std::optional<std::string> name;
  std::optional<std::string> village;
  std::optional<std::string> description;
  std::optional<std::string> pickup;
};

// Fails with invalid-field. `parent` is put before the fields' paths: "/shop" gives "/shop/name".
Result<Shop> create_shop(store::Tx& tx, const NewShop& shop, const Clock& clock,
                         std::string_view parent = "");
// Fails with shop-not-found.
Result<Shop> find_shop(store::Tx& tx, ShopId shop);
// Fails with shop-not-found, version-mismatch, invalid-field.
Result<Shop> change_shop(store::Tx& tx, ShopId shop, const ShopChange& change,
                         std::int64_t expected_version);
// Fails with shop-not-found.
Result<Shop> set_shop_cover(store::Tx& tx, ShopId shop, const Picture& picture);
// In order of opening. Fails with bad-cursor, invalid-field.
Result<Page<Shop>> list_shops(store::Tx& tx, const PageRequest& page);

// What a sale must know of a shop; cheaper than find_shop. Fails with shop-not-found.
struct ShopTerms {
  Currency currency;
  bool offers_pickup = false;
  bool demo = false;
};
Result<ShopTerms> find_shop_terms(store::Tx& tx, ShopId shop);
// Says that find_shop_terms() will be asked (store::Tx::ahead).
void foresee_shop_terms(store::Tx& tx, ShopId shop);

}  // namespace geili::catalog
