#include "orders/coupon.hpp"

#include <utility>

#include "base/field_errors.hpp"
#include "base/text.hpp"
#include "store/canon.hpp"
#include "store/currency.hpp"

namespace geili::orders {
namespace {

#define GEILI_COUPON_COLUMNS                                                             \
  "c.id, c.shop_id, c.show_id, c.title, c.code, c.percent, c.amount_minor, c.currency, " \
  "c.min_order_minor, c.units, c.taken, c.per_buyer_max, c.valid_from, c.valid_until, "  \
  "c.withdrawn_at, c.is_packet"
constexpr int kColumns = 16;

Coupon read_coupon(const store::Row& row) {
  return {.id = row.id<CouponId>(0),
          .shop = row.id<ShopId>(1),
          .show = row.optional_id<ShowId>(2),
          .title = row.string(3),
          .code = row.optional_string(4),
          .off = {.percent = row.integer(5),
                  .amount_minor = row.integer(6),
                  .min_order_minor = row.integer(8)},
          .currency = store::stored_currency(row.text(7)),
          .units = row.integer(9),
          .taken = row.integer(10),
          .per_buyer_max = row.integer(11),
          .valid_from = row.instant(12),
          .valid_until = row.instant(13),
          .withdrawn_at = row.optional_instant(14),
          .is_packet = row.integer(15) != 0};
}

CouponClaim read_claim(const store::Row& row) {
  CouponClaim claim{.id = row.id<CouponClaimId>(kColumns),
                    .device = row.id<DeviceId>(kColumns + 1),
                    .order = row.optional_id<OrderId>(kColumns + 2),
                    .coupon = read_coupon(row)};
  if (const auto worth = row.optional_integer(kColumns + 3)) claim.coupon.off.amount_minor = *worth;
  return claim;
}

#define GEILI_CLAIMED_COUPON                        \
  "SELECT " GEILI_COUPON_COLUMNS                    \
  ", k.id, k.device_id, k.order_id, k.amount_minor" \
  " FROM coupon_claim k JOIN coupon c ON c.id = k.coupon_id"

std::unexpected<Error> no_coupon() {
  return fail(ErrorKind::not_found, "coupon-not-found", "There is no such coupon.");
}

void check_number(FieldErrors& faults, std::int64_t number, std::int64_t min, std::int64_t max,
                  std::string_view path) {
  if (number >= min && number <= max) return;
  faults.add(std::string(path),
             "is not between " + std::to_string(min) + " and " + std::to_string(max));
}

// Cleaned.
Result<NewCoupon> checked(NewCoupon coupon, Instant now) {
  FieldErrors faults;
  coupon.title =
      faults.text(coupon.title, {.min_length = 1, .max_length = kCouponTitleMax}, "/title");
  if (coupon.code) {
    auto code = coupon_code(*coupon.code, "/code");
    if (code) {
      coupon.code = *std::move(code);
    } else {
      faults.add("/code", code.error().fields.front().message);
    }
  }
  check_number(faults, coupon.off.percent, 0, 100, "/percent");
  check_number(faults, coupon.off.amount_minor, 1, kMoneyMinorMax, "/amount");
  check_number(faults, coupon.off.min_order_minor, 0, kMoneyMinorMax, "/min_order");
  check_number(faults, coupon.units, 1, kCouponUnitsMax, "/units");
  check_number(faults, coupon.per_buyer_max, 1, kCouponPerBuyerMax, "/per_buyer_max");
  const Instant from = coupon.valid_from.value_or(now);
  coupon.valid_from = from;
  if (coupon.valid_until <= from || coupon.valid_until <= now) {
    faults.add("/valid_until", "is over before it begins");
  } else if (coupon.valid_until > from + kCouponLengthMax) {
    faults.add("/valid_until", "is more than 366 days after its begin");
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  return coupon;
}

// Of what is asked for, as it is asked: what was left out stays so.
Bytes hash_of(const NewCoupon& coupon) {
  store::Canon canon;
  canon.add(coupon.show.value_or(ShowId{}).value)
      .add(coupon.title)
      .add(coupon.code.value_or(""))
      .add(coupon.off.percent)
      .add(coupon.off.amount_minor)
      .add(coupon.off.min_order_minor)
      .add(coupon.currency.code())
      .add(coupon.units)
      .add(coupon.per_buyer_max)
      .add(coupon.valid_from.value_or(Instant{}).us)
      .add(coupon.valid_until.us);
  return canon.sha256();
}

// Why a coupon could not be written down.
std::unexpected<Error> not_made(store::Tx& tx, const NewCoupon& coupon) {
  const auto other = find_made(tx, coupon);
  if (!other) return std::unexpected(other.error());
  if (*other) {
    return fail(ErrorKind::conflict, "request-in-flight",
                "The same coupon is being made just now.");
  }
  return fail(ErrorKind::conflict, "coupon-code-taken", "The shop has a coupon of this code.");
}

// Why none was taken.
std::unexpected<Error> refused(const Coupon& coupon, Instant now) {
  if (coupon.withdrawn_at || !coupon.is_valid(now)) {
    return fail(ErrorKind::conflict, "coupon-over", "The coupon is not given out now.");
  }
  return fail(ErrorKind::conflict, "coupon-gone", "All of these coupons are taken.");
}

}  // namespace

Result<std::optional<Coupon>> find_made(store::Tx& tx, const NewCoupon& coupon) {
  if (!coupon.key) return std::nullopt;
  bool is_same = false;
  auto made = tx.one(
      [&](const store::Row& row) {
        is_same = row.boolean(kColumns);
        return read_coupon(row);
      },
      "SELECT " GEILI_COUPON_COLUMNS
      ", CASE WHEN c.request_hash = $3 THEN 1 ELSE 0 END"
      " FROM coupon c WHERE c.shop_id = $1 AND c.idempotency_key = $2",
      coupon.shop, *coupon.key, hash_of(coupon));
  if (made && !is_same) {
    return fail(ErrorKind::unprocessable, "idempotency-key-reused",
                "The key was used for another coupon.");
  }
  return made;
}

Result<Coupon> make_coupon(store::Tx& tx, const NewCoupon& wanted, Instant now) {
  auto coupon = checked(wanted, now);
  if (!coupon) return fail_as(coupon);
  const auto open = tx.integer(
      "SELECT COUNT(*) FROM coupon WHERE shop_id = $1 AND valid_until > $2"
      " AND withdrawn_at IS NULL",
      coupon->shop, now);
  if (*open >= kCouponsPerShopMax) {
    return fail(ErrorKind::conflict, "coupons-limit", "The shop has 200 coupons that are valid.");
  }
  auto made = tx.one(
      read_coupon,
      "INSERT INTO coupon (shop_id, show_id, title, code, percent, amount_minor, currency,"
      " min_order_minor, units, per_buyer_max, valid_from, valid_until, is_packet,"
      " idempotency_key, request_hash)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
      " ON CONFLICT DO NOTHING RETURNING id, shop_id, show_id, title, code, percent, amount_minor,"
      " currency, min_order_minor, units, taken, per_buyer_max, valid_from, valid_until,"
      " withdrawn_at, is_packet",
      coupon->shop, coupon->show, coupon->title, coupon->code, coupon->off.percent,
      coupon->off.amount_minor, coupon->currency.code(), coupon->off.min_order_minor, coupon->units,
      coupon->per_buyer_max, *coupon->valid_from, coupon->valid_until,
      std::int64_t{coupon->is_packet ? 1 : 0}, coupon->key,
      coupon->key ? std::optional(hash_of(wanted)) : std::nullopt);
  if (!made) return not_made(tx, wanted);
  return *std::move(made);
}

Result<Coupon> withdraw_coupon(store::Tx& tx, ShopId shop, CouponId id, Instant now) {
  auto coupon = find_coupon(tx, id);
  if (!coupon) return coupon;
  if (coupon->shop != shop) return no_coupon();
  if (coupon->withdrawn_at) return coupon;
  tx.exec("UPDATE coupon SET withdrawn_at = $2 WHERE id = $1", id, now);
  coupon->withdrawn_at = now;
  return coupon;
}

std::vector<Coupon> coupons_of(store::Tx& tx, ShopId shop) {
  std::vector<Coupon> list;
  tx.each([&](const store::Row& row) { list.push_back(read_coupon(row)); },
          "SELECT " GEILI_COUPON_COLUMNS
          " FROM coupon c WHERE c.shop_id = $1 AND c.is_packet = 0 ORDER BY c.id DESC LIMIT $2",
          shop, kCouponsListed);
  return list;
}

std::vector<Coupon> coupons_to_take(store::Tx& tx, ShopId shop, ShowId show, Instant now) {
  std::vector<Coupon> list;
  tx.each([&](const store::Row& row) { list.push_back(read_coupon(row)); },
          "SELECT " GEILI_COUPON_COLUMNS
          " FROM coupon c WHERE c.shop_id = $1 AND (c.show_id IS NULL OR c.show_id = $2)"
          " AND c.code IS NULL AND c.is_packet = 0 AND c.withdrawn_at IS NULL AND c.taken < c.units"
          " AND c.valid_from <= $3 AND c.valid_until > $3 ORDER BY c.id DESC LIMIT $4",
          shop, show, now, kCouponsListed);
  return list;
}

Result<Coupon> find_coupon(store::Tx& tx, CouponId coupon) {
  auto found =
      tx.one(read_coupon, "SELECT " GEILI_COUPON_COLUMNS " FROM coupon c WHERE c.id = $1", coupon);
  if (!found) return no_coupon();
  return *std::move(found);
}

Result<Coupon> find_by_code(store::Tx& tx, ShopId shop, const std::string& code) {
  auto found =
      tx.one(read_coupon,
             "SELECT " GEILI_COUPON_COLUMNS " FROM coupon c WHERE c.shop_id = $1 AND c.code = $2",
             shop, code);
  if (!found) return no_coupon();
  return *std::move(found);
}

Result<CouponClaim> take_coupon(store::Tx& tx, const Coupon& coupon, DeviceId device, Instant now) {
  const auto before = tx.one(read_claim,
                             GEILI_CLAIMED_COUPON
                             " WHERE k.coupon_id = $1 AND k.device_id = $2 AND k.order_id IS NULL"
                             " ORDER BY k.id LIMIT 1",
                             coupon.id, device);
  if (before && now < before->coupon.valid_until) return *before;
  // The coupon's row is changed before anything is counted: who else takes one waits here for the
  // commit, also another tap of the same device. A refusal below undoes it.
  if (tx.exec("UPDATE coupon SET taken = taken + 1 WHERE id = $1 AND taken < units"
              " AND withdrawn_at IS NULL AND valid_from <= $2 AND valid_until > $2",
              coupon.id, now) == 0) {
    auto why = find_coupon(tx, coupon.id);
    if (!why) return fail_as(why);
    return refused(*why, now);
  }
  const auto taken =
      tx.integer("SELECT COUNT(*) FROM coupon_claim WHERE coupon_id = $1 AND device_id = $2",
                 coupon.id, device);
  if (*taken >= coupon.per_buyer_max) {
    return fail(ErrorKind::conflict, "coupon-limit", "No buyer gets more of this coupon.");
  }
  if (std::ssize(held_coupons(tx, coupon.shop, device, now)) >= kCouponsHeldMax) {
    return fail(ErrorKind::conflict, "coupons-held-limit",
                "A buyer holds at most 50 coupons of a shop.");
  }
  CouponClaim claim{.id = {}, .device = device, .order = {}, .coupon = coupon};
  claim.id = CouponClaimId{
      *tx.insert("INSERT INTO coupon_claim (coupon_id, device_id, claimed_at) VALUES ($1, $2, $3)"
                 " RETURNING id",
                 coupon.id, device, now)};
  claim.coupon.taken = *tx.integer("SELECT taken FROM coupon WHERE id = $1", coupon.id);
  return claim;
}

void set_worth(store::Tx& tx, CouponClaim& claim, std::int64_t amount_minor) {
  tx.exec("UPDATE coupon_claim SET amount_minor = $2 WHERE id = $1", claim.id, amount_minor);
  claim.coupon.off.amount_minor = amount_minor;
}

std::vector<CouponClaim> held_coupons(store::Tx& tx, ShopId shop, DeviceId device, Instant now) {
  std::vector<CouponClaim> list;
  tx.each([&](const store::Row& row) { list.push_back(read_claim(row)); },
          GEILI_CLAIMED_COUPON
          " WHERE k.device_id = $1 AND k.order_id IS NULL AND c.shop_id = $2"
          " AND c.valid_from <= $3 AND c.valid_until > $3 ORDER BY k.id LIMIT $4",
          device, shop, now, kCouponsHeldMax);
  return list;
}

std::optional<CouponClaim> find_coupon_claim(store::Tx& tx, CouponClaimId claim) {
  return tx.one(read_claim, GEILI_CLAIMED_COUPON " WHERE k.id = $1", claim);
}

Result<void> spend_coupon(store::Tx& tx, CouponClaimId claim, OrderId order) {
  if (tx.exec("UPDATE coupon_claim SET order_id = $2 WHERE id = $1 AND order_id IS NULL", claim,
              order) == 0) {
    return fail(ErrorKind::conflict, "coupon-used", "The coupon is spent already.");
  }
  return {};
}

void give_coupon_back(store::Tx& tx, CouponClaimId claim, OrderId order) {
  tx.exec("UPDATE coupon_claim SET order_id = NULL WHERE id = $1 AND order_id = $2", claim, order);
}

void erase_coupons(store::Tx& tx, ShopId shop) {
  tx.exec(
      "DELETE FROM coupon_claim"
      " WHERE coupon_id IN (SELECT id FROM coupon WHERE shop_id = $1)",
      shop);
  tx.exec("DELETE FROM coupon WHERE shop_id = $1", shop);
}

}  // namespace geili::orders
