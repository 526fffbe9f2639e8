#pragma once
// Who wants to hear of shows: devices that follow a shop, and those that asked to be reminded of
// one show. Shops learn how many, and never who.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::push {

inline constexpr std::int64_t kFollowedMax = 200;  // shops, by one device
inline constexpr std::int64_t kRemindersMax = 50;  // of shows that are to come, of one device
inline constexpr std::int64_t kFollowersCountedMax = 1'000'000;

// Following twice changes nothing. Fails with followed-limit.
Result<void> follow(store::Tx& tx, ShopId shop, DeviceId device, Instant now);
void unfollow(store::Tx& tx, ShopId shop, DeviceId device);
bool is_following(store::Tx& tx, ShopId shop, DeviceId device);
std::int64_t count_followers(store::Tx& tx, ShopId shop);
// Those followed last first; at most kFollowedMax.
std::vector<ShopId> followed_by(store::Tx& tx, DeviceId device);

// Asking twice changes nothing. Fails with reminders-limit.
Result<void> ask_reminder(store::Tx& tx, ShowId show, DeviceId device, Instant now);
void take_back_reminder(store::Tx& tx, ShowId show, DeviceId device);
bool is_reminded(store::Tx& tx, ShowId show, DeviceId device);

// For demo data that goes.
void erase_shop(store::Tx& tx, ShopId shop);
void erase_show(store::Tx& tx, ShowId show);

}  // namespace geili::push
