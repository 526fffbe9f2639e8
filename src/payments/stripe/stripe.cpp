#include "payments/stripe/stripe.hpp"

#include <algorithm>

#include "base/field_errors.hpp"
#include "payments/stripe/stripe_form.hpp"

namespace geili::payments {
namespace {

constexpr std::int64_t kOxxoMaxMinor = 1'000'000;  // 10,000 MXN a voucher
constexpr std::chrono::hours kDay{24};

std::vector<Money> minimums() {
  std::vector<Money> list;
  const std::pair<std::string_view, std::int64_t> known[] = {
      {"USD", 50},  {"EUR", 50},  {"GBP", 30},   {"CAD", 50},   {"AUD", 50},
      {"NZD", 50},  {"CHF", 50},  {"JPY", 50},   {"MXN", 1000}, {"HKD", 400},
      {"SGD", 50},  {"BRL", 50},  {"DKK", 250},  {"NOK", 300},  {"SEK", 300},
      {"PLN", 200}, {"MYR", 200}, {"THB", 1000}, {"INR", 50}};
  for (const auto& [code, minor] : known) list.push_back({minor, *Currency::parse(code)});
  return list;
}

std::string_view type_of(Method method) {
  if (method == Method::oxxo) return "oxxo";
  return method == Method::spei ? "customer_balance" : "card";
}

Result<void> check_method(const Ask& ask) {
  if (!is_voucher(ask.method)) return {};
  if (ask.amount->currency.code() != "MXN") {
    return fail(ErrorKind::unprocessable, "payment-currency-unsupported",
                "This method takes Mexican pesos alone.");
  }
  if (ask.method == Method::oxxo && ask.amount->minor > kOxxoMaxMinor) {
    return fail(Error::make(ErrorKind::unprocessable, "payment-amount-too-large",
                            "A voucher is for at most 10,000 pesos.")
                    .with("maximum_minor", kOxxoMaxMinor));
  }
  return {};
}

// Whole days, 1 to 7. The voucher ends at midnight of the last, which is never after pay_until by
// more than the day that was begun.
std::int64_t days(const Ask& ask) {
  if (!ask.pay_until) return 1;
  const auto time = *ask.pay_until - ask.made_at;
  return std::clamp<std::int64_t>(time / kDay, 1, 7);
}

std::string customer_body(const Ask& ask) {
  StripeForm form;
  if (!ask.purchase.buyer_name.empty()) form.add("name", ask.purchase.buyer_name);
  if (!ask.purchase.buyer_email.empty()) form.add("email", ask.purchase.buyer_email);
  return form.add("metadata[payment]", ask.reference).take();
}

std::string intent_body(const Ask& ask, std::int64_t amount, std::string currency) {
  std::ranges::transform(currency, currency.begin(),
                         [](char c) { return static_cast<char>(c - 'A' + 'a'); });
  StripeForm form;
  form.add("amount", amount)
      .add("currency", currency)
      .add("description", ask.purchase.description)
      .add("payment_method_types[]", type_of(ask.method))
      .add("metadata[payment]", ask.reference);
  if (!ask.purchase.buyer_email.empty()) form.add("receipt_email", ask.purchase.buyer_email);
  // Captured with the answer, so that the fee is known when the charge is.
  if (ask.method == Method::card) form.add("capture_method", "automatic");
  if (ask.method == Method::oxxo) {
    form.add("payment_method_options[oxxo][expires_after_days]", days(ask));
  }
  if (ask.method == Method::spei) {
    form.add("customer", ask.customer_reference)
        .add("payment_method_data[type]", "customer_balance")
        .add("payment_method_options[customer_balance][funding_type]", "bank_transfer")
        .add("payment_method_options[customer_balance][bank_transfer][type]", "mx_bank_transfer")
        .add("confirm", "true");
  }
  return form.take();
}

std::unexpected<Error> no_reference() {
  return fail(ErrorKind::conflict, "payment-reference-missing",
              "The provider has not named this payment.");
}

}  // namespace

Result<StripeProvider> StripeProvider::make(StripeSettings settings) {
  FieldErrors faults;
  const std::string& key = settings.secret_key.reveal();
  const bool live = key.starts_with("sk_live_") || key.starts_with("rk_live_");
  if (!live && !key.starts_with("sk_test_") && !key.starts_with("rk_test_")) {
    faults.add("/secret_key", "does not begin with sk_live_, rk_live_, sk_test_ or rk_test_");
  }
  if (!settings.publishable_key.starts_with(live ? "pk_live_" : "pk_test_")) {
    faults.add("/publishable_key", "does not belong to the secret key");
  }
  const auto& secrets = settings.webhook_secrets;
  if (secrets.empty() || !std::ranges::all_of(secrets, [](const Secret<std::string>& secret) {
        return secret.reveal().starts_with("whsec_") && secret.reveal().size() >= 16;
      })) {
    faults.add("/webhook_secrets", "has none, or one that does not begin with whsec_");
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  StripeProvider made;
  made.live_ = live;
  made.capabilities_ = {.methods = {Method::card, Method::oxxo, Method::spei},
                        .currencies = {},
                        .minimums = minimums(),
                        .hosted_fields_key = settings.publishable_key,
                        .signs_webhooks = true,
                        .makes_calls = true,
                        .moves_real_money = true};
  made.settings_ = std::move(settings);
  return made;
}

HttpRequest StripeProvider::post(std::string_view path, std::string body,
                                 std::string_view key) const {
  return {.method = "POST",
          .url = settings_.base_url + std::string(path),
          .headers = {{"Stripe-Version", std::string(kStripeVersion)},
                      {"Idempotency-Key", std::string(key)}},
          .authorization = Secret<std::string>("Bearer " + settings_.secret_key.reveal()),
          .content_type = "application/x-www-form-urlencoded",
          .body = std::move(body)};
}

HttpRequest StripeProvider::get(std::string_view path) const {
  return {.method = "GET",
          .url = settings_.base_url + std::string(path),
          .headers = {{"Stripe-Version", std::string(kStripeVersion)}},
          .authorization = Secret<std::string>("Bearer " + settings_.secret_key.reveal())};
}

Result<Call> StripeProvider::build(const Ask& ask) const {
  const std::string intent = "/v1/payment_intents/" + ask.provider_reference;
  switch (ask.kind) {
    case AskKind::create: {
      if (auto fits = check_ask(capabilities_, ask); !fits) return fail_as(fits);
      if (auto fits = check_method(ask); !fits) return fail_as(fits);
      const auto amount = to_stripe_amount(*ask.amount);
      if (!amount) return std::unexpected(amount.error());
      if (ask.method == Method::spei && ask.customer_reference.empty()) {
        return post("/v1/customers", customer_body(ask), ask.idempotency_key + "-customer");
      }
      return post("/v1/payment_intents",
                  intent_body(ask, *amount, std::string(ask.amount->currency.code())),
                  ask.idempotency_key);
    }
    case AskKind::resume:
    case AskKind::look_up:
      if (!is_stripe_id(ask.provider_reference)) return no_reference();
      return get(intent + "?expand[]=latest_charge.balance_transaction");
    case AskKind::cancel:
      if (!is_stripe_id(ask.provider_reference)) return no_reference();
      return post(intent + "/cancel", "cancellation_reason=abandoned", ask.idempotency_key);
    case AskKind::refund: {
      if (!is_stripe_id(ask.money_reference) || !ask.amount) return no_reference();
      const auto amount = to_stripe_amount(*ask.amount);
      if (!amount) return std::unexpected(amount.error());
      StripeForm form;
      form.add("payment_intent", ask.money_reference)
          .add("amount", *amount)
          .add("metadata[payment]", ask.reference)
          .add("metadata[refund]", ask.idempotency_key);
      return post("/v1/refunds", form.take(), ask.idempotency_key);
    }
  }
  return no_reference();
}

}  // namespace geili::payments
