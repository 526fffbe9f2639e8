#include "payments/stripe/stripe_form.hpp"

#include <algorithm>

namespace geili::payments {
namespace {

constexpr std::int64_t kUgxFactor = 100;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void append_encoded(std::string& text, std::string_view value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : value) {
    if (is_word(c) || c == '-' || c == '.' || c == '~') {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += '%';
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
}

}  // namespace

StripeForm& StripeForm::add(std::string_view name, std::string_view value) {
  if (!text_.empty()) text_ += '&';
  text_ += name;
  text_ += '=';
  append_encoded(text_, value);
  return *this;
}

StripeForm& StripeForm::add(std::string_view name, std::int64_t value) {
  return add(name, std::string_view(std::to_string(value)));
}

bool is_stripe_id(std::string_view text) {
  constexpr std::size_t kIdMax = 255;
  return !text.empty() && text.size() <= kIdMax && std::ranges::all_of(text, is_word);
}

Result<std::int64_t> to_stripe_amount(Money money) {
  if (money.currency.code() == "UGX") return money.minor * kUgxFactor;
  if (money.currency.exponent() == 3 && money.minor % 10 != 0) {
    return fail(ErrorKind::unprocessable, "payment-amount-not-whole",
                "The last digit of this currency must be zero.");
  }
  return money.minor;
}

std::optional<Money> from_stripe_amount(std::optional<std::int64_t> amount,
                                        std::string_view currency) {
  std::string code(currency);
  std::ranges::transform(code, code.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  const auto known = Currency::parse(code);
  if (!amount || !known) return std::nullopt;
  if (code != "UGX") return Money{*amount, *known};
  if (*amount % kUgxFactor != 0) return std::nullopt;
  return Money{*amount / kUgxFactor, *known};
}

}  // namespace geili::payments
