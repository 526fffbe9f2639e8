#include "base/money.hpp"

#include <algorithm>

namespace geili {
namespace {

struct Known {
  std::string_view code;
  int exponent;
};

constexpr std::array kKnown = {
    Known{"AUD", 2}, Known{"BHD", 3}, Known{"BRL", 2}, Known{"CAD", 2}, Known{"CHF", 2},
    Known{"CLP", 0}, Known{"CNY", 2}, Known{"COP", 2}, Known{"CZK", 2}, Known{"DKK", 2},
    Known{"EUR", 2}, Known{"GBP", 2}, Known{"HKD", 2}, Known{"HUF", 2}, Known{"IDR", 2},
    Known{"ILS", 2}, Known{"INR", 2}, Known{"ISK", 0}, Known{"JPY", 0}, Known{"KES", 2},
    Known{"KRW", 0}, Known{"KWD", 3}, Known{"MAD", 2}, Known{"MXN", 2}, Known{"MYR", 2},
    Known{"NGN", 2}, Known{"NOK", 2}, Known{"NZD", 2}, Known{"PEN", 2}, Known{"PHP", 2},
    Known{"PLN", 2}, Known{"RON", 2}, Known{"RWF", 0}, Known{"SEK", 2}, Known{"SGD", 2},
    Known{"THB", 2}, Known{"TND", 3}, Known{"TRY", 2}, Known{"TWD", 2}, Known{"UGX", 0},
    Known{"USD", 2}, Known{"VND", 0}, Known{"XAF", 0}, Known{"XOF", 0}, Known{"ZAR", 2},
};

}  // namespace

std::optional<Currency> Currency::parse(std::string_view code) {
  const auto* found = std::ranges::find(kKnown, code, &Known::code);
  if (found == kKnown.end()) return std::nullopt;
  return Currency(found->code, found->exponent);
}

std::string to_decimal(Money money) {
  const bool negative = money.minor < 0;
  const auto exponent = static_cast<std::size_t>(money.currency.exponent());
  std::string digits = std::to_string(money.minor).substr(negative ? 1 : 0);
  if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
  if (exponent > 0) digits.insert(digits.size() - exponent, ".");
  return (negative ? "-" : "") + digits;
}

std::string to_string(Money money) {
  return to_decimal(money) + " " + std::string(money.currency.code());
}

}  // namespace geili
