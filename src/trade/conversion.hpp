#pragma once
// An amount in another currency: about so much, exactly reckoned. The browser reckons by the same
// rule (web/src/lib/currency/conversion.ts); tests/golden/trade/conversions.csv holds both
// to it.

#include <cstdint>
#include <span>

#include "base/money.hpp"
#include "base/result.hpp"
#include "trade/decimal_rate.hpp"

namespace geili::trade {

// One unit of `base` costs `rate` units of `quote`.
struct Leg {
  Currency base;
  Currency quote;
  DecimalRate rate;
};

inline constexpr std::size_t kLegsMax = 2;
// Every integer up to here is one in a browser, too (2^53 - 1).
inline constexpr std::int64_t kConvertedMinorMax = 9'007'199'254'740'991;

// The amount over the legs, one after the other, each along its direction or against it; the legs
// lead from the amount's currency to `quote`, and there are at most kLegsMax. The product is exact
// and is rounded once, to the minor unit of `quote`; a half goes away from zero. Fails with
// amount-too-large (more than kMoneyMinorMax) and conversion-overflow (more than
// kConvertedMinorMax).
Result<Money> convert(Money amount, Currency quote, std::span<const Leg> legs);

}  // namespace geili::trade
