#pragma once
// What a coupon takes off an order: pure functions, in minor units of its currency.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace geili::orders {

inline constexpr std::size_t kCouponCodeMin = 4;
inline constexpr std::size_t kCouponCodeMax = 20;

struct CouponOff {
  std::int64_t percent = 0;       // of the goods; 0: an amount
  std::int64_t amount_minor = 0;  // off, or the most that the percent takes off
  std::int64_t min_order_minor = 0;
};

// Of goods that cost `goods_minor` without shipping; 0 where they are fewer than the coupon asks
// for. A percentage is rounded down to the minor unit, and nothing takes off more than the goods
// cost.
std::int64_t discount_minor(const CouponOff& off, std::int64_t goods_minor);

// What is left of the price of one piece when `discount` is off goods of `goods`: its share,
// rounded down, so that what goes back for all pieces is never more than was paid for them.
std::int64_t paid_minor(std::int64_t unit_price, std::int64_t discount, std::int64_t goods);

// A code as it is kept: letters and digits of ASCII in capitals, and '-'; spaces around it and the
// case of its letters do not matter. Fails with invalid-field at `path`.
Result<std::string> coupon_code(std::string_view typed, std::string_view path);

}  // namespace geili::orders
