#include "catalog/follow.hpp"

namespace geili::catalog {

Result<void> follow(store::Tx& tx, ShopId shop, DeviceId device, Instant now) {
  if (is_following(tx, shop, device)) return {};
  const auto count =
      tx.integer("SELECT COUNT(*) FROM shop_follower WHERE device_id = $1", device).value_or(0);
  if (count >= kFollowedMax) {
    return fail(Error::make(ErrorKind::conflict, "followed-limit",
                            "The device follows as many shops as may be.")
                    .with("followed_max", kFollowedMax));
  }
  tx.exec(
      "INSERT INTO shop_follower (shop_id, device_id, followed_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (device_id, shop_id) DO NOTHING",
      shop, device, now);
  return {};
}

void unfollow(store::Tx& tx, ShopId shop, DeviceId device) {
  tx.exec("DELETE FROM shop_follower WHERE device_id = $1 AND shop_id = $2", device, shop);
}

bool is_following(store::Tx& tx, ShopId shop, DeviceId device) {
  return tx
      .integer("SELECT 1 FROM shop_follower WHERE device_id = $1 AND shop_id = $2", device, shop)
      .has_value();
}

std::int64_t count_followers(store::Tx& tx, ShopId shop) {
  return tx
      .integer(
          "SELECT COUNT(*) FROM (SELECT 1 FROM shop_follower WHERE shop_id = $1 LIMIT $2) AS "
          "counted",
          shop, kFollowersCountedMax)
      .value_or(0);
}

std::vector<ShopId> followed_by(store::Tx& tx, DeviceId device) {
  std::vector<ShopId> shops;
  tx.each([&](const store::Row& row) { shops.push_back(row.id<ShopId>(0)); },
          "SELECT shop_id FROM shop_follower WHERE device_id = $1"
          " ORDER BY followed_at DESC, shop_id DESC LIMIT $2",
          device, kFollowedMax);
  return shops;
}

void erase_followers(store::Tx& tx, ShopId shop) {
  tx.exec("DELETE FROM shop_follower WHERE shop_id = $1", shop);
}

}  // namespace geili::catalog
