#pragma once
// Money is an integer count of a currency's minor units (ISO 4217): 12.50 CNY is {1250, CNY}.

#include <array>
#include <cassert>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace geili {

// An ISO 4217 alphabetic code that the program knows the minor unit of.
class Currency {
 public:
  // None when the code is not in the table of money.cpp.
  static std::optional<Currency> parse(std::string_view code);
  std::string_view code() const { return {code_.data(), code_.size()}; }
  // Digits after the decimal point: JPY 0, CNY 2, KWD 3.
  int exponent() const { return exponent_; }
  friend bool operator==(const Currency&, const Currency&) = default;

 private:
  Currency(std::string_view code, int exponent) : exponent_(exponent) {
    assert(code.size() == code_.size());
    for (std::size_t i = 0; i < code_.size(); ++i) code_[i] = code[i];
  }
  std::array<char, 3> code_{};
  int exponent_ = 2;
};

struct Money {
  std::int64_t minor = 0;
  Currency currency;
  friend bool operator==(const Money&, const Money&) = default;
};

// No price and no order total may pass this many minor units; sums of kLimits of them stay in
// int64.
inline constexpr std::int64_t kMoneyMinorMax = 1'000'000'000'000;

inline Money operator+(Money a, Money b) {
  assert(a.currency == b.currency);
  return {a.minor + b.minor, a.currency};
}
inline Money operator*(Money price, std::int64_t quantity) {
  return {price.minor * quantity, price.currency};
}

// 1250 minor units of CNY as "12.50": the point by the currency's exponent, no grouping.
std::string to_decimal(Money money);
// "1250 CNY" as "12.50 CNY": for logs and plain documents; screens format by Intl.
std::string to_string(Money money);

}  // namespace geili
