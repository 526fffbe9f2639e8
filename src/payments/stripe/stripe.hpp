#pragma once
// Stripe by PaymentIntents: cards in hosted fields, OXXO vouchers, SPEI transfers. The shapes are
// those of API version kStripeVersion.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "payments/provider.hpp"

namespace geili::payments {

inline constexpr std::string_view kStripeVersion = "2024-06-20";
inline constexpr std::chrono::seconds kStripeTolerance{300};
inline constexpr std::size_t kStripeSignaturesMax = 8;

struct StripeSettings {
  Secret<std::string> secret_key;                    // sk_… or rk_…
  std::string publishable_key;                       // pk_…
  std::vector<Secret<std::string>> webhook_secrets;  // whsec_…; two while one is replaced
  std::string base_url = "https://api.stripe.com";
};

class StripeProvider final : public Provider {
 public:
  // Fails with invalid-field at /secret_key, /publishable_key, /webhook_secrets, and where the two
  // keys are not both for test or both for real money.
  static Result<StripeProvider> make(StripeSettings settings);

  std::string_view name() const override { return "stripe"; }
  const Capabilities& capabilities() const override { return capabilities_; }
  // Besides: payment-amount-too-large (figure maximum_minor), payment-reference-missing.
  Result<Call> build(const Ask& ask) const override;
  Result<Answer> read(const Ask& ask, const HttpAnswer& answer) const override;
  Result<std::vector<Event>> read_webhook(const Webhook& webhook,
                                          const Clock& clock) const override;

  // `Stripe-Signature: t=…,v1=…`: an HMAC-SHA256 of time, '.' and body, by any of the secrets, not
  // more than kStripeTolerance old or ahead.
  Result<void> verify(const Webhook& webhook, Instant now) const;

 private:
  HttpRequest post(std::string_view path, std::string body, std::string_view key) const;
  HttpRequest get(std::string_view path) const;

  StripeSettings settings_;
  Capabilities capabilities_;
  bool live_ = false;
};

}  // namespace geili::payments
