#include "shipping/pickup_point.hpp"

#include <utility>

#include "base/field_errors.hpp"
#include "shipping/zone.hpp"

namespace geili::shipping {
namespace {

std::unexpected<Error> point_not_found() {
  return fail(ErrorKind::not_found, "pickup-point-not-found", "The shop has no such point.");
}

}  // namespace

Result<PickupPoint> save_pickup_point(store::Tx& tx, ShopId shop, const PickupPoint& point) {
  auto settings = find_settings(tx, shop);
  if (!settings) return fail_as(settings);
  FieldErrors errors;
  PickupPoint kept{
      .id = point.id,
      .name = errors.text(point.name, {.min_length = 1, .max_length = kNameMax}, "/name"),
      .address = errors.text(
          point.address,
          {.min_length = 1, .max_length = kPickupAddressMax, .lines = Lines::multiple}, "/address"),
      .hours = errors.text(point.hours, {.max_length = kPickupHoursMax, .lines = Lines::multiple},
                           "/hours"),
      .handling_days = point.handling_days};
  if (point.handling_days < 0 || point.handling_days > kHandlingDaysMax) {
    errors.add("/handling_days", "is not between 0 and " + std::to_string(kHandlingDaysMax));
  }
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  if (kept.id) {
    const auto changed = tx.exec(
        "UPDATE pickup_point SET name = $3, address = $4, hours = $5, handling_days = $6"
        " WHERE id = $1 AND shop_id = $2",
        kept.id, shop, kept.name, kept.address, kept.hours, kept.handling_days);
    if (changed == 0) return point_not_found();
  } else {
    const auto count = tx.integer("SELECT count(*) FROM pickup_point WHERE shop_id = $1", shop);
    if (*count >= static_cast<std::int64_t>(kPickupPointsMax)) {
      return fail(Error::make(ErrorKind::too_large, "shipping-too-many-pickup-points",
                              "The shop has as many points as it may have.")
                      .with("points_max", static_cast<std::int64_t>(kPickupPointsMax)));
    }
    kept.id.value = *tx.integer(
        "INSERT INTO pickup_point (shop_id, name, address, hours, handling_days)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
        shop, kept.name, kept.address, kept.hours, kept.handling_days);
  }
  touch_settings(tx, shop);
  return kept;
}

Result<void> delete_pickup_point(store::Tx& tx, ShopId shop, PickupPointId point) {
  if (tx.exec("DELETE FROM pickup_point WHERE id = $1 AND shop_id = $2", point, shop) == 0) {
    return point_not_found();
  }
  touch_settings(tx, shop);
  return {};
}

std::vector<PickupPoint> pickup_points(store::Tx& tx, ShopId shop) {
  std::vector<PickupPoint> points;
  tx.each(
      [&](const store::Row& row) {
        points.push_back({row.id<PickupPointId>(0), row.string(1), row.string(2), row.string(3),
                          row.integer(4)});
      },
      "SELECT id, name, address, hours, handling_days FROM pickup_point WHERE shop_id = $1"
      " ORDER BY id",
      shop);
  return points;
}

}  // namespace geili::shipping
