#pragma once
// Coupons where they meet shows and orders: who may take one, what it takes off, and what becomes
// of it with its order. Rules of the coupon itself are those of orders/coupon.hpp.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "orders/coupon.hpp"
#include "orders/order.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// A coupon for a show is for one of the shop's own that has not ended; its currency is the shop's.
// The rooms that may take it by a tap hear of it. Fails as orders::make_coupon(), and with
// invalid-field at /show_id and /amount/currency.
Result<orders::Coupon> make_coupon(store::Tx& tx, const orders::NewCoupon& coupon,
                                   const Clock& clock);
// Fails as orders::withdraw_coupon().
Result<orders::Coupon> withdraw_coupon(store::Tx& tx, ShopId shop, orders::CouponId coupon,
                                       const Clock& clock);

// By a tap; a coupon with a code is not found this way. The rooms hear when the last one is taken.
// Fails as orders::take_coupon(), and with coupon-not-found.
Result<orders::CouponClaim> take_coupon(store::Tx& tx, orders::CouponId coupon, DeviceId device,
                                        const Clock& clock);
// By its code. Fails likewise, and with invalid-field at /code.
Result<orders::CouponClaim> take_coupon(store::Tx& tx, ShopId shop, std::string_view code,
                                        DeviceId device, const Clock& clock);

// What an order would be made of.
struct CouponUse {
  ShopId shop;
  std::optional<ShowId> show;
  DeviceId device;
  Money goods;
};
// What each coupon that the device holds of the shop would take off, the most first; those that
// are for more goods or another show take off nothing.
struct CouponOffer {
  orders::CouponClaim claim;
  std::int64_t discount_minor = 0;
  std::int64_t missing_minor = 0;  // of goods, until it takes something off
};
std::vector<CouponOffer> coupon_offers(store::Tx& tx, const CouponUse& use, Instant now);

// What the order's coupon takes off. Fails with coupon-unusable: it is not the device's, is spent,
// is over, or is not for these goods.
Result<orders::Discount> use_coupon(store::Tx& tx, orders::CouponClaimId claim,
                                    const CouponUse& use, Instant now);
// Nothing for an order without one. Fails with coupon-used when another order was faster.
Result<void> spend_coupon(store::Tx& tx, const orders::Order& order);
// The order is cancelled: its coupon may be spent again, while it is valid.
void give_coupon_back(store::Tx& tx, const orders::Order& order);
// Whether a cancelled order could have its coupon again, which another may have spent meanwhile.
bool has_coupon_still(store::Tx& tx, const orders::Order& order);
// What the coupon takes off the goods that the order has now.
void follow_goods(store::Tx& tx, orders::Order& order);

}  // namespace geili::flows
