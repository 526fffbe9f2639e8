#include "push/reminder.hpp"

#include <algorithm>
#include <string_view>

#include "push/subscription.hpp"

namespace geili::push {
namespace {

std::unexpected<Error> too_many() {
  return fail(Error::make(ErrorKind::conflict, "reminders-limit",
                          "The device asks for as many reminders as may be.")
                  .with("reminders_max", kRemindersMax));
}

// May ask for one more, of those that `count` counts.
Result<void> check_room(store::Tx& tx, DeviceId device, std::string_view count) {
  if (!language_of(tx, device)) {
    return fail(ErrorKind::conflict, "push-not-subscribed",
                "The device has not allowed to be told.");
  }
  if (tx.integer(count, device).value_or(0) >= kRemindersMax) return too_many();
  return {};
}

template <class IdType>
std::vector<IdType> ids(store::Tx& tx, std::string_view sql, DeviceId device) {
  std::vector<IdType> all;
  tx.each([&](const store::Row& row) { all.push_back(row.id<IdType>(0)); }, sql, device);
  return all;
}

}  // namespace

Result<void> remind_of(store::Tx& tx, DeviceId device, ShowId show, Instant now) {
  const auto known = shows_of(tx, device);
  if (language_of(tx, device) && std::ranges::find(known, show) != known.end()) return {};
  if (auto may = check_room(tx, device, "SELECT count(*) FROM show_reminder WHERE device_id = $1");
      !may) {
    return may;
  }
  tx.exec(
      "INSERT INTO show_reminder (device_id, show_id, asked_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (device_id, show_id) DO NOTHING",
      device, show, now);
  return {};
}

Result<void> remind_of(store::Tx& tx, DeviceId device, ShopId shop, Instant now) {
  const auto known = shops_of(tx, device);
  if (language_of(tx, device) && std::ranges::find(known, shop) != known.end()) return {};
  if (auto may = check_room(tx, device, "SELECT count(*) FROM shop_reminder WHERE device_id = $1");
      !may) {
    return may;
  }
  tx.exec(
      "INSERT INTO shop_reminder (device_id, shop_id, asked_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (device_id, shop_id) DO NOTHING",
      device, shop, now);
  return {};
}

void forget(store::Tx& tx, DeviceId device, ShowId show) {
  tx.exec("DELETE FROM show_reminder WHERE device_id = $1 AND show_id = $2", device, show);
}

void forget(store::Tx& tx, DeviceId device, ShopId shop) {
  tx.exec("DELETE FROM shop_reminder WHERE device_id = $1 AND shop_id = $2", device, shop);
}

std::vector<ShowId> shows_of(store::Tx& tx, DeviceId device) {
  return ids<ShowId>(tx, "SELECT show_id FROM show_reminder WHERE device_id = $1 ORDER BY show_id",
                     device);
}

std::vector<ShopId> shops_of(store::Tx& tx, DeviceId device) {
  return ids<ShopId>(tx, "SELECT shop_id FROM shop_reminder WHERE device_id = $1 ORDER BY shop_id",
                     device);
}

std::int64_t count_reminded(store::Tx& tx, ShowId show, ShopId shop) {
  return tx
      .integer(
          "SELECT count(*) FROM (SELECT a.device_id FROM"
          " (SELECT device_id FROM show_reminder WHERE show_id = $1"
          " UNION SELECT device_id FROM shop_reminder WHERE shop_id = $2) AS a"
          " JOIN push_subscription s ON s.device_id = a.device_id LIMIT $3) AS counted",
          show, shop, kRemindedCountedMax)
      .value_or(0);
}

std::vector<DeviceId> asked_after(store::Tx& tx, ShowId show, ShopId shop, bool with_shop,
                                  DeviceId after, std::int64_t count) {
  std::vector<DeviceId> devices;
  // Each wish by its own index, so that a chunk costs no more than its rows.
  tx.each([&](const store::Row& row) { devices.push_back(row.id<DeviceId>(0)); },
          "SELECT device_id FROM (SELECT device_id FROM show_reminder WHERE show_id = $1"
          " AND device_id > $3 ORDER BY device_id LIMIT $4) AS a"
          " UNION SELECT device_id FROM (SELECT device_id FROM shop_reminder WHERE shop_id = $2"
          " AND device_id > $3 ORDER BY device_id LIMIT $5) AS b"
          " ORDER BY device_id LIMIT $4",
          show, shop, after, count, with_shop ? count : 0);
  return devices;
}

void erase_shop_reminders(store::Tx& tx, ShopId shop) {
  tx.exec("DELETE FROM shop_reminder WHERE shop_id = $1", shop);
}

void erase_show_reminders(store::Tx& tx, ShowId show) {
  tx.exec("DELETE FROM show_reminder WHERE show_id = $1", show);
  tx.exec(
      "DELETE FROM push_delivery WHERE message_id IN"
      " (SELECT id FROM push_message WHERE show_id = $1)",
      show);
  tx.exec("DELETE FROM push_message WHERE show_id = $1", show);
}

}  // namespace geili::push
