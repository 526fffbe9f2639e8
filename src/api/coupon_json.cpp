#include "api/coupon_json.hpp"

#include "api/encode.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;

json::object terms_json(const orders::Coupon& coupon) {
  json::object out{{"shop_id", id_json(coupon.shop)},
                   {"title", coupon.title},
                   {"percent", coupon.off.percent},
                   {"amount", to_json(Money{coupon.off.amount_minor, coupon.currency})},
                   {"min_order", to_json(Money{coupon.off.min_order_minor, coupon.currency})},
                   {"valid_from", instant_json(coupon.valid_from)},
                   {"valid_until", instant_json(coupon.valid_until)}};
  if (coupon.show) out["show_id"] = id_json(*coupon.show);
  return out;
}

}  // namespace

json::object to_json(const orders::Coupon& coupon) {
  json::object out = terms_json(coupon);
  out["id"] = id_json(coupon.id);
  out["units"] = coupon.units;
  out["left"] = coupon.left();
  out["per_buyer_max"] = coupon.per_buyer_max;
  return out;
}

json::object seller_json(const orders::Coupon& coupon) {
  json::object out = to_json(coupon);
  if (coupon.code) out["code"] = *coupon.code;
  out["taken"] = coupon.taken;
  out["withdrawn"] = coupon.withdrawn_at.has_value();
  return out;
}

json::object to_json(const orders::CouponClaim& claim) {
  json::object out = terms_json(claim.coupon);
  out["id"] = id_json(claim.id);
  out["offer_id"] = id_json(claim.coupon.id);
  out["left"] = claim.coupon.left();
  return out;
}

}  // namespace geili::api
