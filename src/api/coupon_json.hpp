#pragma once
// Coupons as a screen sees them.

#include <boost/json.hpp>

#include "orders/coupon.hpp"

namespace geili::api {

// What everybody may know; `code` is for people of the shop.
boost::json::object to_json(const orders::Coupon& coupon);
boost::json::object seller_json(const orders::Coupon& coupon);
// What a device has taken; its `id` is spent with an order.
boost::json::object to_json(const orders::CouponClaim& claim);

}  // namespace geili::api
