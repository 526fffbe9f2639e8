#pragma once
// Mercado Pago by Checkout Pro: a preference is made, the buyer pays it on the provider's page, and
// a notification names a payment that is then looked up.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "payments/provider.hpp"

namespace geili::payments {

// A notification is sent again for days, and does no more than ask for a look-up.
inline constexpr std::chrono::hours kMercadoPagoOldest{5 * 24};
inline constexpr std::chrono::minutes kMercadoPagoAhead{5};

struct MercadoPagoSettings {
  Secret<std::string> access_token;
  Secret<std::string> webhook_secret;
  std::string currency;          // of the account's country: BRL, CLP, COP, MXN or PEN
  std::string notification_url;  // https
  std::string base_url = "https://api.mercadopago.com";
};

class MercadoPagoProvider final : public Provider {
 public:
  // Fails with invalid-field at /access_token, /webhook_secret, /currency, /notification_url.
  static Result<MercadoPagoProvider> make(MercadoPagoSettings settings);

  std::string_view name() const override { return "mercado_pago"; }
  const Capabilities& capabilities() const override { return capabilities_; }
  // A look-up asks for one payment when its number is known, else for all of our reference.
  // Besides: payment-reference-missing.
  Result<Call> build(const Ask& ask) const override;
  Result<Answer> read(const Ask& ask, const HttpAnswer& answer) const override;
  Result<std::vector<Event>> read_webhook(const Webhook& webhook,
                                          const Clock& clock) const override;

  // `x-signature: ts=…,v1=…`: an HMAC-SHA256 of `id:<data.id>;request-id:<x-request-id>;ts:<ts>;`,
  // in which what did not come is left out and the id is in small letters. Returns the id.
  Result<std::string> verify(const Webhook& webhook, Instant now) const;

 private:
  HttpRequest request(std::string_view method, std::string_view path, std::string body,
                      std::string_view key) const;
  std::string preference_body(const Ask& ask) const;

  MercadoPagoSettings settings_;
  Capabilities capabilities_;
};

}  // namespace geili::payments
