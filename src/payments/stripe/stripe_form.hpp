#pragma once
// How Stripe takes values and sums.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"
#include "base/result.hpp"

namespace geili::payments {

// application/x-www-form-urlencoded with brackets for nesting: `metadata[payment]=…`.
class StripeForm {
 public:
  StripeForm& add(std::string_view name, std::string_view value);
  StripeForm& add(std::string_view name, std::int64_t value);
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Whether it is a name that Stripe gives: letters, digits and '_', at most 255 of them. Nothing
// else may become part of an address.
bool is_stripe_id(std::string_view text);

// Stripe's smallest unit is ours, but for UGX, which it counts in hundredths that must be zero, and
// for currencies of three digits, of which the last must be zero. Fails with
// payment-amount-not-whole.
Result<std::int64_t> to_stripe_amount(Money money);
// `currency` in small letters.
std::optional<Money> from_stripe_amount(std::optional<std::int64_t> amount,
                                        std::string_view currency);

}  // namespace geili::payments
