#pragma once
// Coupons of a shop. There are so many of one; taking one is a claim like one of stock: counted in
// the row that is changed first, and never more than there are. A claim is spent on one order, and
// is the buyer's again when that order is cancelled.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "orders/coupon_id.hpp"
#include "orders/coupon_rule.hpp"
#include "store/tx.hpp"

namespace geili::orders {

inline constexpr std::size_t kCouponTitleMax = 60;  // code points
inline constexpr std::int64_t kCouponUnitsMax = 1'000'000;
inline constexpr std::int64_t kCouponPerBuyerMax = 10;
inline constexpr std::chrono::hours kCouponLengthMax{24 * 366};
inline constexpr std::int64_t kCouponsPerShopMax = 200;  // whose time is not over
inline constexpr std::int64_t kCouponsListed = 300;
inline constexpr std::int64_t kCouponsHeldMax = 50;  // by a device, unspent, of one shop

struct Coupon {
  CouponId id;
  ShopId shop;
  std::optional<ShowId> show;  // for orders of this show alone
  std::string title;
  std::optional<std::string> code;  // taken by who knows it; without one by a tap
  CouponOff off;
  Currency currency;
  std::int64_t units = 1;
  std::int64_t taken = 0;
  std::int64_t per_buyer_max = 1;
  Instant valid_from;
  Instant valid_until;
  std::optional<Instant> withdrawn_at;
  bool is_packet =
      false;  // of a red packet: its claims are worth each its own, and no tap takes it

  // That somebody can still take; 0 of one that was withdrawn.
  std::int64_t left() const { return withdrawn_at ? 0 : units - taken; }
  bool is_valid(Instant now) const { return valid_from <= now && now < valid_until; }
};

struct NewCoupon {
  ShopId shop;
  std::optional<ShowId> show;
  std::string title;
  std::optional<std::string> code;
  CouponOff off;
  Currency currency;
  std::int64_t units = 1;
  std::int64_t per_buyer_max = 1;
  std::optional<Instant> valid_from;  // none: now
  Instant valid_until;
  bool is_packet = false;
  std::optional<std::string> key;  // of the request, among its shop's; none: no request asks for it
};
// What the same request has made before, as it is now; none where it has made none. Fails with
// idempotency-key-reused when its key was used for another.
Result<std::optional<Coupon>> find_made(store::Tx& tx, const NewCoupon& coupon);
// For who has asked find_made(). Fails with coupons-limit, coupon-code-taken, request-in-flight
// (the same is being made by another transaction), idempotency-key-reused, and invalid-field at
// /title, /code, /percent, /amount, /min_order, /units, /per_buyer_max, /valid_until.
Result<Coupon> make_coupon(store::Tx& tx, const NewCoupon& coupon, Instant now);
// No more of it is taken; again changes nothing. Fails with coupon-not-found, also for another
// shop's.
Result<Coupon> withdraw_coupon(store::Tx& tx, ShopId shop, CouponId coupon, Instant now);

// Newest first, without those of red packets; at most kCouponsListed.
std::vector<Coupon> coupons_of(store::Tx& tx, ShopId shop);
// What may be taken by a tap in a show of the shop now, newest first; at most kCouponsListed.
std::vector<Coupon> coupons_to_take(store::Tx& tx, ShopId shop, ShowId show, Instant now);
// Fails with coupon-not-found.
Result<Coupon> find_coupon(store::Tx& tx, CouponId coupon);

// A coupon that a device has taken.
struct CouponClaim {
  CouponClaimId id;
  DeviceId device;
  std::optional<OrderId> order;  // it was spent on
  Coupon coupon;
};
// One for the device. While it has one that is not spent, it gets that again. Fails with
// coupon-gone, coupon-over (not valid now, or withdrawn), coupon-limit (per_buyer_max),
// coupons-held-limit.
Result<CouponClaim> take_coupon(store::Tx& tx, const Coupon& coupon, DeviceId device, Instant now);
// What this claim takes off, whatever its coupon says.
void set_worth(store::Tx& tx, CouponClaim& claim, std::int64_t amount_minor);
// Fails with coupon-not-found where the shop has none of that code.
Result<Coupon> find_by_code(store::Tx& tx, ShopId shop, const std::string& code);

// What the device has of the shop, valid now and not spent, oldest first.
std::vector<CouponClaim> held_coupons(store::Tx& tx, ShopId shop, DeviceId device, Instant now);
std::optional<CouponClaim> find_coupon_claim(store::Tx& tx, CouponClaimId claim);

// Fails with coupon-used when it was spent meanwhile.
Result<void> spend_coupon(store::Tx& tx, CouponClaimId claim, OrderId order);
// It is the device's again.
void give_coupon_back(store::Tx& tx, CouponClaimId claim, OrderId order);

// Deletes a shop's coupons: for demo data that goes.
void erase_coupons(store::Tx& tx, ShopId shop);

}  // namespace geili::orders
