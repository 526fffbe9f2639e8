#include "orders/coupon_rule.hpp"

#include <algorithm>

namespace geili::orders {

std::int64_t discount_minor(const CouponOff& off, std::int64_t goods_minor) {
  if (goods_minor < off.min_order_minor) return 0;
  std::int64_t minor = off.amount_minor;
  if (off.percent > 0) {
    // By parts, so that no product of two large numbers is needed.
    const std::int64_t share =
        goods_minor / 100 * off.percent + goods_minor % 100 * off.percent / 100;
    minor = std::min(minor, share);
  }
  return std::clamp<std::int64_t>(minor, 0, goods_minor);
}

std::int64_t paid_minor(std::int64_t unit_price, std::int64_t discount, std::int64_t goods) {
  if (discount <= 0 || goods <= 0) return unit_price;
  // 128 bits: price times discount may not fit into 64.
  const auto off = static_cast<__int128>(unit_price) * discount;
  const auto share = static_cast<std::int64_t>((off + goods - 1) / goods);
  return std::max<std::int64_t>(0, unit_price - share);
}

Result<std::string> coupon_code(std::string_view typed, std::string_view path) {
  while (!typed.empty() && typed.front() == ' ') typed.remove_prefix(1);
  while (!typed.empty() && typed.back() == ' ') typed.remove_suffix(1);
  std::string code;
  for (const char sign : typed.substr(0, kCouponCodeMax + 1)) {
    const bool is_small = sign >= 'a' && sign <= 'z';
    code += is_small ? static_cast<char>(sign - 'a' + 'A') : sign;
  }
  const bool fits =
      code.size() >= kCouponCodeMin && code.size() <= kCouponCodeMax &&
      std::ranges::all_of(code, [](char sign) {
        return (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') || sign == '-';
      });
  if (!fits)
    return fail(Error::invalid_field(std::string(path), "is not 4 to 20 letters, digits and -"));
  return code;
}

}  // namespace geili::orders
