#pragma once
// What one unit of a currency costs in another, exactly: 18.7905 is {187905, 4}.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace geili::trade {

inline constexpr int kRateDigitsMax = 11;  // two rates and an amount still multiply in 128 bits
inline constexpr int kRateScaleMax = 10;   // digits after the point

// digits / 10^scale, above 0 and without a zero at its end, so that equal rates are equal.
struct DecimalRate {
  std::int64_t digits = 1;
  int scale = 0;
  friend bool operator==(const DecimalRate&, const DecimalRate&) = default;
};

// Why a text is no rate; to_text() says it to who typed it.
enum class RateFault : std::uint8_t { not_a_number, not_positive, too_many_digits, too_fine };
std::string_view to_text(RateFault fault);

// ASCII digits with at most one point between them: no sign, exponent, grouping or zero before
// others. Sets `fault` where it is none.
std::optional<DecimalRate> parse_rate(std::string_view text, RateFault& fault);
std::string to_text(const DecimalRate& rate);

}  // namespace geili::trade
