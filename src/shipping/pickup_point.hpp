#pragma once
// Where buyers may fetch what they bought, for nothing. All functions run inside the caller's
// transaction.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shipping {

using PickupPointId = Id<struct PickupPointTag>;

inline constexpr std::size_t kPickupPointsMax = 50;    // of a shop
inline constexpr std::size_t kPickupAddressMax = 300;  // code points, as for the next
inline constexpr std::size_t kPickupHoursMax = 200;

struct PickupPoint {
  PickupPointId id;  // 0 for a new one
  std::string name;
  std::string address;
  std::string hours;
  std::int64_t handling_days = 0;
};

// Makes one, or changes the one that `point` names. Fails with shipping-not-set-up, invalid-field,
// shipping-too-many-pickup-points, pickup-point-not-found.
Result<PickupPoint> save_pickup_point(store::Tx& tx, ShopId shop, const PickupPoint& point);
// Fails with pickup-point-not-found.
Result<void> delete_pickup_point(store::Tx& tx, ShopId shop, PickupPointId point);
// In order of making.
std::vector<PickupPoint> pickup_points(store::Tx& tx, ShopId shop);

}  // namespace geili::shipping
