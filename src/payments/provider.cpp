#include "payments/provider.hpp"

#include <algorithm>

namespace geili::payments {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

Result<void> check_purchase(const Purchase& purchase) {
  if (purchase.description.empty() || purchase.description.size() > kDescriptionMax) {
    return fail(Error::invalid_field("/purchase/description", "is not 1 to 200 bytes"));
  }
  if (purchase.buyer_name.size() > kBuyerFieldMax || purchase.buyer_email.size() > kBuyerFieldMax) {
    return fail(Error::invalid_field("/purchase/buyer", "is longer than 200 bytes"));
  }
  if (purchase.return_url.size() > kUrlMax) {
    return fail(Error::invalid_field("/purchase/return_url", "is longer than 500 bytes"));
  }
  return {};
}

}  // namespace

Result<void> check_ask(const Capabilities& capabilities, const Ask& ask) {
  if (std::ranges::find(capabilities.methods, ask.method) == capabilities.methods.end()) {
    return fail(ErrorKind::unprocessable, "payment-method-unsupported",
                "The provider does not take this method.");
  }
  if (!ask.amount || ask.idempotency_key.empty()) {
    return fail(Error::invalid_field("/amount", "is missing"));
  }
  const auto& currencies = capabilities.currencies;
  if (!currencies.empty() &&
      std::ranges::find(currencies, ask.amount->currency.code()) == currencies.end()) {
    return fail(ErrorKind::unprocessable, "payment-currency-unsupported",
                "The provider does not take this currency.");
  }
  for (const Money& minimum : capabilities.minimums) {
    if (minimum.currency == ask.amount->currency && ask.amount->minor < minimum.minor) {
      return fail(Error::make(ErrorKind::unprocessable, "payment-amount-too-small",
                              "The provider takes no sum so small.")
                      .with("minimum_minor", minimum.minor));
    }
  }
  return check_purchase(ask.purchase);
}

std::optional<std::string_view> only_header(const Headers& headers, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [key, value] : headers) {
    if (!same_name(key, name)) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

Result<Providers> Providers::make(std::vector<std::unique_ptr<Provider>> providers) {
  bool practice = false;
  bool real = false;
  for (std::size_t i = 0; i < providers.size(); ++i) {
    practice = practice || providers[i]->capabilities().is_practice;
    real = real || providers[i]->capabilities().moves_real_money;
    for (std::size_t j = 0; j < i; ++j) {
      if (providers[i]->name() == providers[j]->name()) {
        return fail(ErrorKind::conflict, "provider-twice", "A provider is configured twice.");
      }
    }
  }
  if (practice && real) {
    return fail(ErrorKind::conflict, "sandbox-with-real-provider",
                "The sandbox may not stand beside a provider that moves real money.");
  }
  Providers made;
  made.providers_ = std::move(providers);
  return made;
}

const Provider* Providers::find(std::string_view name) const {
  for (const auto& provider : providers_) {
    if (provider->name() == name) return provider.get();
  }
  return nullptr;
}

}  // namespace geili::payments
