#include "payments/mercado_pago/mercado_pago.hpp"

#include <algorithm>
#include <array>

#include "base/field_errors.hpp"
#include "payments/json.hpp"
#include "payments/mercado_pago/mercado_pago_ids.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 5> kCurrencies{"BRL", "CLP", "COP", "MXN", "PEN"};

// The provider shows an offset, never a Z.
std::string date(Instant instant) {
  std::string text = to_rfc3339(instant);
  text.pop_back();
  return text + "+00:00";
}

// A whole number of pesos is all that it takes in Colombia.
Result<void> check_whole(Money amount) {
  if (amount.currency.code() == "COP" && amount.minor % 100 != 0) {
    return fail(ErrorKind::unprocessable, "payment-amount-not-whole",
                "The provider takes no hundredths of this currency.");
  }
  return {};
}

std::unexpected<Error> no_reference() {
  return fail(ErrorKind::conflict, "payment-reference-missing",
              "The provider has not named this payment.");
}

std::string address(std::string_view name, std::string_view url) {
  return json_string(name) + ":" + json_string(url);
}

}  // namespace

Result<MercadoPagoProvider> MercadoPagoProvider::make(MercadoPagoSettings settings) {
  FieldErrors faults;
  const std::string& token = settings.access_token.reveal();
  if (!token.starts_with("APP_USR-") && !token.starts_with("TEST-")) {
    faults.add("/access_token", "does not begin with APP_USR- or TEST-");
  }
  if (settings.webhook_secret.reveal().size() < 16) {
    faults.add("/webhook_secret", "is shorter than 16 characters");
  }
  if (std::ranges::find(kCurrencies, settings.currency) == kCurrencies.end()) {
    faults.add("/currency", "is not BRL, CLP, COP, MXN or PEN");
  }
  if (!settings.notification_url.starts_with("https://") ||
      settings.notification_url.size() > kUrlMax) {
    faults.add("/notification_url", "does not begin with https:// or is longer than 500 bytes");
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  MercadoPagoProvider made;
  made.capabilities_ = {.methods = {Method::checkout},
                        .currencies = {settings.currency},
                        .signs_webhooks = true,
                        .makes_calls = true,
                        .moves_real_money = true};
  made.settings_ = std::move(settings);
  return made;
}

HttpRequest MercadoPagoProvider::request(std::string_view method, std::string_view path,
                                         std::string body, std::string_view key) const {
  HttpRequest made{
      .method = std::string(method),
      .url = settings_.base_url + std::string(path),
      .headers = {},
      .authorization = Secret<std::string>("Bearer " + settings_.access_token.reveal())};
  if (!key.empty()) made.headers.emplace_back("X-Idempotency-Key", key);
  if (!body.empty()) made.content_type = "application/json";
  made.body = std::move(body);
  return made;
}

std::string MercadoPagoProvider::preference_body(const Ask& ask) const {
  std::string body = R"({"items":[{"title":)" + json_string(ask.purchase.description) +
                     R"(,"quantity":1,"currency_id":)" + json_string(ask.amount->currency.code()) +
                     R"(,"unit_price":)" + decimal_from_minor(*ask.amount) + "}]";
  body += R"(,"external_reference":)" + json_string(ask.reference);
  body += "," + address("notification_url", settings_.notification_url);
  if (!ask.purchase.buyer_email.empty()) {
    body += R"(,"payer":{"email":)" + json_string(ask.purchase.buyer_email) + "}";
  }
  if (!ask.purchase.return_url.empty()) {
    const std::string& url = ask.purchase.return_url;
    body += R"(,"back_urls":{)" + address("success", url) + "," + address("pending", url) + "," +
            address("failure", url) + "}";
  }
  if (ask.pay_until) {
    body += R"(,"expires":true,)" + address("expiration_date_to", date(*ask.pay_until));
  }
  // A ticket is paid days later: no deal has allowed that here.
  body += R"(,"payment_methods":{"excluded_payment_types":[{"id":"ticket"},{"id":"atm"}]})";
  return body + "}";
}

Result<Call> MercadoPagoProvider::build(const Ask& ask) const {
  switch (ask.kind) {
    case AskKind::create: {
      if (auto fits = check_ask(capabilities_, ask); !fits) return fail_as(fits);
      if (auto fits = check_whole(*ask.amount); !fits) return fail_as(fits);
      return request("POST", "/checkout/preferences", preference_body(ask), ask.idempotency_key);
    }
    case AskKind::resume:
      if (!is_preference_id(ask.provider_reference)) return no_reference();
      return request("GET", "/checkout/preferences/" + ask.provider_reference, "", "");
    case AskKind::look_up:
      if (is_payment_number(ask.money_reference)) {
        return request("GET", "/v1/payments/" + ask.money_reference, "", "");
      }
      if (!is_preference_id(ask.reference)) return no_reference();
      return request("GET", "/v1/payments/search?external_reference=" + ask.reference, "", "");
    case AskKind::cancel:
      if (!is_preference_id(ask.provider_reference)) return no_reference();
      return request("PUT", "/checkout/preferences/" + ask.provider_reference,
                     R"({"expires":true,)" + address("expiration_date_to", date(ask.made_at)) + "}",
                     ask.idempotency_key);
    case AskKind::refund:
      if (!is_payment_number(ask.money_reference) || !ask.amount) return no_reference();
      if (auto fits = check_whole(*ask.amount); !fits) return fail_as(fits);
      return request("POST", "/v1/payments/" + ask.money_reference + "/refunds",
                     R"({"amount":)" + decimal_from_minor(*ask.amount) + "}", ask.idempotency_key);
  }
  return no_reference();
}

}  // namespace geili::payments
