#pragma once
// Devices that follow a shop. Shops learn how many, and never who.

#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

inline constexpr std::int64_t kFollowedMax = 200;  // shops, by one device
inline constexpr std::int64_t kFollowersCountedMax = 1'000'000;

// Following twice changes nothing. Fails with followed-limit.
Result<void> follow(store::Tx& tx, ShopId shop, DeviceId device, Instant now);
void unfollow(store::Tx& tx, ShopId shop, DeviceId device);
bool is_following(store::Tx& tx, ShopId shop, DeviceId device);
std::int64_t count_followers(store::Tx& tx, ShopId shop);
// Those followed last first; at most kFollowedMax.
std::vector<ShopId> followed_by(store::Tx& tx, DeviceId device);

// For demo data that goes.
void erase_followers(store::Tx& tx, ShopId shop);

}  // namespace geili::catalog
