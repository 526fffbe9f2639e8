#pragma once
// What devices ask to be reminded of: one show, or every show of a shop they follow. Shops learn
// how many, and never who. All functions run inside the caller's transaction.

#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::push {

inline constexpr std::int64_t kRemindersMax = 100;  // of shows, and of shops, by one device
inline constexpr std::int64_t kRemindedCountedMax = 1'000'000;

// Asking twice changes nothing. Fail with push-not-subscribed, reminders-limit.
Result<void> remind_of(store::Tx& tx, DeviceId device, ShowId show, Instant now);
Result<void> remind_of(store::Tx& tx, DeviceId device, ShopId shop, Instant now);
void forget(store::Tx& tx, DeviceId device, ShowId show);
void forget(store::Tx& tx, DeviceId device, ShopId shop);

// By id.
std::vector<ShowId> shows_of(store::Tx& tx, DeviceId device);
std::vector<ShopId> shops_of(store::Tx& tx, DeviceId device);

// Devices that can be told of the show, by either wish; at most kRemindedCountedMax.
std::int64_t count_reminded(store::Tx& tx, ShowId show, ShopId shop);
// The next devices after `after` that asked for the show or, `with_shop`, for all of the shop's; at
// most `count`, by id.
std::vector<DeviceId> asked_after(store::Tx& tx, ShowId show, ShopId shop, bool with_shop,
                                  DeviceId after, std::int64_t count);

// For demo data that goes.
void erase_shop_reminders(store::Tx& tx, ShopId shop);
void erase_show_reminders(store::Tx& tx, ShowId show);

}  // namespace geili::push
