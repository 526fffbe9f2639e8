#pragma once
// The ways to pay.

#include <cstdint>
#include <optional>
#include <string_view>

namespace geili::payments {

enum class Method : std::uint8_t {
  card,         // hosted fields in our page
  checkout,     // a page of the provider
  oxxo,         // cash voucher, confirmed the next business day
  spei,         // Mexican bank transfer to a CLABE of the provider
  transfer,     // bank transfer that the seller confirms
  on_delivery,  // cash at the door
  at_pickup,    // cash at the stall
};
std::string_view to_text(Method method);
std::optional<Method> parse_method(std::string_view text);

// Paid hours or days later by somebody who may also not: needs a quota (voucher_quota.hpp).
constexpr bool is_voucher(Method method) {
  return method == Method::oxxo || method == Method::spei;
}

}  // namespace geili::payments
