#pragma once
// Shipping as screens see it, gathered inside one store job, and its JSON.

#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "base/result.hpp"
#include "orders/order.hpp"
#include "shipping/parcel.hpp"
#include "shipping/pickup_point.hpp"
#include "shipping/tracking.hpp"
#include "shipping/zone.hpp"
#include "store/tx.hpp"

namespace geili::api {

// What a shop has set, or would begin with where it has set nothing.
struct ShippingView {
  bool is_set_up = false;
  shipping::ShopShipping shipping;
  std::vector<shipping::PickupPoint> pickup_points;
  std::vector<shipping::Carrier> carriers;
};
// Fails with shop-not-found.
Result<ShippingView> shipping_view(store::Tx& tx, ShopId shop);
// A sender's country and language for who has told neither, by the currency.
shipping::Settings first_settings(Currency currency);

// A parcel as its shop sees it.
struct ParcelView {
  shipping::Parcel parcel;
  std::vector<orders::Order> orders;  // as parcel.orders
  std::vector<OrderId> unpaid;        // prepaid, and the money is not there: they cannot be packed
  std::optional<std::string> tracking_url;
  std::vector<shipping::PostageLeft> postage_left;
};
Result<ParcelView> parcel_view(store::Tx& tx, shipping::Parcel parcel);

boost::json::value to_json(const ShippingView& view);
boost::json::value to_json(const shipping::PickupPoint& point);
boost::json::value to_json(const ParcelView& view);

}  // namespace geili::api
