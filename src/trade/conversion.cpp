#include "trade/conversion.hpp"

#include <cassert>

namespace geili::trade {
namespace {

__int128 power_of_ten(int exponent) {
  __int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

Result<Money> convert(Money amount, Currency quote, std::span<const Leg> legs) {
  assert(legs.size() <= kLegsMax);
  const bool is_negative = amount.minor < 0;
  if (amount.minor > kMoneyMinorMax || amount.minor < -kMoneyMinorMax) {
    return fail(ErrorKind::unprocessable, "amount-too-large",
                "An amount of money has at most 10^12 minor units.");
  }
  // At most 10^12 * (10^11)^2 * 10^3 over (10^11)^2 * 10^3: both fit.
  __int128 above = is_negative ? -amount.minor : amount.minor;
  __int128 below = 1;
  Currency at = amount.currency;
  for (const Leg& leg : legs) {
    const __int128 scale = power_of_ten(leg.rate.scale);
    const bool is_along = leg.base == at;
    assert(is_along || leg.quote == at);
    above *= is_along ? leg.rate.digits : scale;
    below *= is_along ? scale : leg.rate.digits;
    at = is_along ? leg.quote : leg.base;
  }
  assert(at == quote);
  above *= power_of_ten(quote.exponent());
  below *= power_of_ten(amount.currency.exponent());
  const __int128 rounded = above / below + (above % below * 2 >= below ? 1 : 0);
  if (rounded > kConvertedMinorMax) {
    return fail(ErrorKind::unprocessable, "conversion-overflow",
                "The amount is too large in the other currency.");
  }
  const auto minor = static_cast<std::int64_t>(rounded);
  return Money{is_negative ? -minor : minor, quote};
}

}  // namespace geili::trade
