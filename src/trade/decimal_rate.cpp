#include "trade/decimal_rate.hpp"

#include <algorithm>
#include <charconv>

namespace geili::trade {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view to_text(RateFault fault) {
  switch (fault) {
    case RateFault::not_a_number:
      return "is not a decimal number such as 18.7905";
    case RateFault::not_positive:
      return "is not above 0";
    case RateFault::too_many_digits:
      return "has more than 11 digits";
    case RateFault::too_fine:
      return "has more than 10 digits after the point";
  }
  return "";
}

std::optional<DecimalRate> parse_rate(std::string_view text, RateFault& fault) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  fault = RateFault::not_a_number;
  if (!is_digits(whole) || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
  if (point != std::string_view::npos && !is_digits(fraction)) return std::nullopt;
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  std::string digits = std::string(whole) + std::string(fraction);
  digits.erase(0, digits.find_first_not_of('0'));
  fault = RateFault::not_positive;
  if (digits.empty()) return std::nullopt;
  fault = RateFault::too_fine;
  if (fraction.size() > static_cast<std::size_t>(kRateScaleMax)) return std::nullopt;
  fault = RateFault::too_many_digits;
  if (digits.size() > static_cast<std::size_t>(kRateDigitsMax)) return std::nullopt;
  DecimalRate rate{.digits = 0, .scale = static_cast<int>(fraction.size())};
  std::from_chars(digits.data(), digits.data() + digits.size(), rate.digits);
  return rate;
}

std::string to_text(const DecimalRate& rate) {
  const auto scale = static_cast<std::size_t>(rate.scale);
  std::string digits = std::to_string(rate.digits);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, ".");
  return digits;
}

}  // namespace geili::trade
