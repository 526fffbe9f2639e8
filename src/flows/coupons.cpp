#include "flows/coupons.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "catalog/shop.hpp"
#include "flows/outbox.hpp"
#include "shows/show.hpp"

namespace geili::flows {
namespace {

constexpr int kShowsTold = 20;  // of the shop, live at once

// A code is for those who were told it: no room hears of such a coupon.
void tell(store::Tx& tx, const orders::Coupon& coupon, Instant now) {
  if (coupon.code) return;
  const CouponTold told{.coupon = coupon.id, .left = coupon.left()};
  if (coupon.show) {
    append(tx, *coupon.show, told, now);
    return;
  }
  const auto live = shows::list_shows(tx, {.status = shows::ShowStatus::live, .shop = coupon.shop},
                                      {.limit = kShowsTold});
  if (!live) return;
  for (const shows::Show& show : live->items) append(tx, show.id, told, now);
}

Result<orders::CouponClaim> take(store::Tx& tx, const orders::Coupon& coupon, DeviceId device,
                                 const Clock& clock) {
  const Instant now = clock.now();
  auto claim = orders::take_coupon(tx, coupon, device, now);
  if (claim && claim->coupon.left() == 0 && coupon.left() > 0) tell(tx, claim->coupon, now);
  return claim;
}

std::unexpected<Error> unusable() {
  return fail(ErrorKind::conflict, "coupon-unusable", "The coupon does not fit this order.");
}

bool is_for(const orders::Coupon& coupon, const CouponUse& use) {
  return coupon.shop == use.shop && coupon.currency == use.goods.currency &&
         (!coupon.show || coupon.show == use.show);
}

}  // namespace

Result<orders::Coupon> make_coupon(store::Tx& tx, const orders::NewCoupon& coupon,
                                   const Clock& clock) {
  auto terms = catalog::find_shop_terms(tx, coupon.shop);
  if (!terms) return fail_as(terms);
  if (coupon.currency != terms->currency) {
    return fail(Error::invalid_field("/amount/currency", "is not the shop's"));
  }
  if (coupon.show) {
    const auto show = shows::find_show(tx, *coupon.show);
    if (!show || show->shop != coupon.shop || show->status == shows::ShowStatus::ended) {
      return fail(Error::invalid_field("/show_id", "is not a show of this shop that is to come"));
    }
  }
  auto made = orders::make_coupon(tx, coupon, clock.now());
  if (made) tell(tx, *made, clock.now());
  return made;
}

Result<orders::Coupon> withdraw_coupon(store::Tx& tx, ShopId shop, orders::CouponId id,
                                       const Clock& clock) {
  if (const auto found = orders::find_coupon(tx, id); found && found->is_packet) {
    return fail(ErrorKind::not_found, "coupon-not-found", "There is no such coupon.");
  }
  auto coupon = orders::withdraw_coupon(tx, shop, id, clock.now());
  if (coupon) tell(tx, *coupon, clock.now());
  return coupon;
}

Result<orders::CouponClaim> take_coupon(store::Tx& tx, orders::CouponId id, DeviceId device,
                                        const Clock& clock) {
  auto coupon = orders::find_coupon(tx, id);
  if (!coupon) return fail_as(coupon);
  if (coupon->code || coupon->is_packet) {
    return fail(ErrorKind::not_found, "coupon-not-found", "There is no such coupon.");
  }
  return take(tx, *coupon, device, clock);
}

Result<orders::CouponClaim> take_coupon(store::Tx& tx, ShopId shop, std::string_view code,
                                        DeviceId device, const Clock& clock) {
  auto read = orders::coupon_code(code, "/code");
  if (!read) return fail_as(read);
  auto coupon = orders::find_by_code(tx, shop, *read);
  if (!coupon) return fail_as(coupon);
  return take(tx, *coupon, device, clock);
}

std::vector<CouponOffer> coupon_offers(store::Tx& tx, const CouponUse& use, Instant now) {
  std::vector<CouponOffer> offers;
  for (orders::CouponClaim& claim : orders::held_coupons(tx, use.shop, use.device, now)) {
    if (!is_for(claim.coupon, use)) continue;
    const orders::CouponOff& off = claim.coupon.off;
    const std::int64_t missing_minor =
        std::max<std::int64_t>(0, off.min_order_minor - use.goods.minor);
    const std::int64_t minor = orders::discount_minor(off, use.goods.minor);
    offers.push_back({std::move(claim), minor, missing_minor});
  }
  std::ranges::sort(offers, [](const CouponOffer& a, const CouponOffer& b) {
    if (a.discount_minor != b.discount_minor) return a.discount_minor > b.discount_minor;
    return a.claim.id < b.claim.id;
  });
  return offers;
}

Result<orders::Discount> use_coupon(store::Tx& tx, orders::CouponClaimId id, const CouponUse& use,
                                    Instant now) {
  const auto claim = orders::find_coupon_claim(tx, id);
  if (!claim || claim->device != use.device || claim->order || !claim->coupon.is_valid(now) ||
      !is_for(claim->coupon, use)) {
    return unusable();
  }
  const std::int64_t minor = orders::discount_minor(claim->coupon.off, use.goods.minor);
  if (minor == 0) return unusable();
  return orders::Discount{.minor = minor, .title = claim->coupon.title, .coupon = id};
}

Result<void> spend_coupon(store::Tx& tx, const orders::Order& order) {
  if (!order.discount.coupon) return {};
  return orders::spend_coupon(tx, *order.discount.coupon, order.id);
}

void give_coupon_back(store::Tx& tx, const orders::Order& order) {
  if (order.discount.coupon) orders::give_coupon_back(tx, *order.discount.coupon, order.id);
}

bool has_coupon_still(store::Tx& tx, const orders::Order& order) {
  if (!order.discount.coupon) return true;
  const auto claim = orders::find_coupon_claim(tx, *order.discount.coupon);
  return claim && !claim->order;
}

void follow_goods(store::Tx& tx, orders::Order& order) {
  if (!order.discount.coupon) return;
  const auto claim = orders::find_coupon_claim(tx, *order.discount.coupon);
  if (claim) {
    order.discount.minor = orders::discount_minor(claim->coupon.off, orders::goods_minor(order));
  }
}

}  // namespace geili::flows
