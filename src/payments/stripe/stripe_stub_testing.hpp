#pragma once
// The part of Stripe's API that is spoken here, as it is published: refuses what the real one would
// refuse, does each idempotency key once, and sends signed events.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "payments/json.hpp"
#include "payments/provider.hpp"
#include "payments/signature.hpp"
#include "payments/stripe/stripe.hpp"

namespace geili::payments {

inline const std::string kStripeWebhookSecret = "whsec_0123456789abcdef";

inline StripeProvider stripe_provider() {
  return *StripeProvider::make({.secret_key = Secret<std::string>("sk_test_1"),
                                .publishable_key = "pk_test_1",
                                .webhook_secrets = {Secret<std::string>("whsec_fedcba9876543210"),
                                                    Secret<std::string>(kStripeWebhookSecret)}});
}

inline Webhook signed_by_stripe(std::string body, Instant at,
                                const std::string& secret = kStripeWebhookSecret) {
  const std::string time = std::to_string(at.us / 1'000'000);
  const std::string hash = hmac_sha256_hex(Secret<std::string>(secret), time + "." + body);
  return {.body = std::move(body),
          .headers = {{"Stripe-Signature", "t=" + time + ",v1=" + hash + ",v0=00"}},
          .query = {}};
}

class StripeStub {
 public:
  struct Intent {
    std::string id;
    std::int64_t amount = 0;
    std::string currency;
    std::string type;
    std::string payment;  // metadata
    std::string status;
    std::int64_t received = 0;
    std::int64_t refunded = 0;
    std::string fee;    // the charge's balance transaction, as a look-up expands it; else its name
    std::string error;  // last_payment_error.decline_code
  };

  HttpAnswer serve(const HttpRequest& request) {
    if (!request.authorization.reveal().starts_with("Bearer sk_test_"))
      return error(401, "api_key");
    if (only_header(request.headers, "Stripe-Version") != kStripeVersion) {
      return error(400, "version");
    }
    constexpr std::string_view kBase = "https://api.stripe.com";
    if (!request.url.starts_with(kBase)) return error(404, "url");
    const std::string path = request.url.substr(kBase.size());
    if (request.method == "GET") return look_up(path);
    if (request.method != "POST") return error(405, "method");
    if (request.content_type != "application/x-www-form-urlencoded") return error(400, "type");
    const auto key = only_header(request.headers, "Idempotency-Key");
    if (!key || key->empty() || key->size() > 255) return error(400, "idempotency_key");
    const auto [known, fresh] = done_.try_emplace(std::string(*key));
    if (!fresh) {
      return known->second.first == path + request.body ? known->second.second
                                                        : error(400, "idempotency_error");
    }
    known->second = {path + request.body, post(path, request.body)};
    return known->second.second;
  }

  Intent& intent(const std::string& id) { return intents_.at(id); }
  std::size_t intents() const { return intents_.size(); }
  std::string newest() const { return "pi_" + std::to_string(intents_.size()); }

  static std::string intent_json(const Intent& intent) {
    std::string text = R"({"id":")" + intent.id + R"(","object":"payment_intent","amount":)" +
                       std::to_string(intent.amount) + R"(,"amount_received":)" +
                       std::to_string(intent.received) + R"(,"currency":")" + intent.currency +
                       R"(","client_secret":")" + intent.id +
                       R"(_secret_1","livemode":false,"metadata":{"payment":")" + intent.payment +
                       R"("},"payment_method_types":[")" + intent.type + R"("],"status":")" +
                       intent.status + R"(","last_payment_error":)";
    text += intent.error.empty()
                ? "null"
                : R"({"code":"card_declined","decline_code":")" + intent.error + R"("})";
    if (intent.type == "oxxo") {
      text += R"(,"next_action":{"type":"oxxo_display_details","oxxo_display_details":{)"
              R"("number":"12345678901234657890123456789012","expires_after":1617944399,)"
              R"("hosted_voucher_url":"https://payments.stripe.com/oxxo/voucher/1"}})";
    } else if (intent.type == "customer_balance") {
      text += R"(,"next_action":{"type":"display_bank_transfer_instructions",)"
              R"("display_bank_transfer_instructions":{"amount_remaining":)" +
              std::to_string(intent.amount) +
              R"(,"currency":"mxn","financial_addresses":[{"type":"spei","supported_networks":)"
              R"(["spei"],"spei":{"bank_code":"002","bank_name":"BANAMEX","clabe":)"
              R"("002180650612345670"}}],"reference":"9392","type":"mx_bank_transfer"}})";
    }
    if (intent.received > 0) text += R"(,"latest_charge":)" + charge_json(intent);
    return text + "}";
  }
  static std::string charge_json(const Intent& intent) {
    return R"({"id":"ch_1","object":"charge","amount":)" + std::to_string(intent.amount) +
           R"(,"amount_refunded":)" + std::to_string(intent.refunded) +
           R"(,"balance_transaction":)" + (intent.fee.empty() ? R"("txn_1")" : intent.fee) +
           R"(,"currency":")" + intent.currency + R"(","payment_intent":")" + intent.id +
           R"(","metadata":{"payment":")" + intent.payment + R"("}})";
  }
  // An event that tells how an object is now.
  std::string event(std::string_view type, const std::string& object_json) {
    return R"({"id":"evt_)" + std::to_string(++events_) +
           R"(","object":"event","api_version":"2024-06-20","livemode":false,"type":")" +
           std::string(type) + R"(","data":{"object":)" + object_json + "}}";
  }

 private:
  using Form = std::map<std::string, std::string>;

  static HttpAnswer ok(std::string body) { return {.status = 200, .body = std::move(body)}; }
  static HttpAnswer error(int status, const std::string& code) {
    return {.status = status,
            .body = R"({"error":{"type":"invalid_request_error","code":")" + code + R"("}})"};
  }
  static std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%' && i + 2 < text.size()) {
        plain += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else {
        plain += text[i] == '+' ? ' ' : text[i];
      }
    }
    return plain;
  }
  static std::optional<Form> form_of(std::string_view body, const std::set<std::string>& known) {
    Form form;
    while (!body.empty()) {
      const std::string_view pair = body.substr(0, body.find('&'));
      body = pair.size() == body.size() ? "" : body.substr(pair.size() + 1);
      const std::string name = decoded(pair.substr(0, pair.find('=')));
      if (!known.contains(name) || form.contains(name)) return std::nullopt;
      form[name] = decoded(pair.substr(pair.find('=') + 1));
    }
    return form;
  }
  static bool is_amount(const std::string& text) {
    return !text.empty() && text.size() <= 8 && text[0] != '0' &&
           text.find_first_not_of("0123456789") == std::string::npos;
  }

  HttpAnswer look_up(const std::string& path) {
    constexpr std::string_view kIntents = "/v1/payment_intents/";
    if (!path.starts_with(kIntents)) return error(404, "path");
    const auto found =
        intents_.find(path.substr(kIntents.size(), path.find('?') - kIntents.size()));
    return found == intents_.end() ? error(404, "resource_missing")
                                   : ok(intent_json(found->second));
  }
  HttpAnswer post(const std::string& path, const std::string& body) {
    if (path == "/v1/customers") {
      return form_of(body, {"name", "email", "metadata[payment]"})
                 ? ok(R"({"id":"cus_1","object":"customer"})")
                 : error(400, "parameter_unknown");
    }
    if (path == "/v1/payment_intents") return create(body);
    if (path == "/v1/refunds") return refund(body);
    constexpr std::string_view kIntents = "/v1/payment_intents/";
    const auto cut = path.rfind("/cancel");
    if (!path.starts_with(kIntents) || cut == std::string::npos) return error(404, "path");
    const auto found = intents_.find(path.substr(kIntents.size(), cut - kIntents.size()));
    if (found == intents_.end()) return error(404, "resource_missing");
    if (found->second.status == "succeeded") {
      return error(400, "payment_intent_unexpected_state");
    }
    found->second.status = "canceled";
    return ok(intent_json(found->second));
  }
  HttpAnswer create(const std::string& body) {
    auto form = form_of(
        body,
        {"amount", "currency", "description", "payment_method_types[]", "metadata[payment]",
         "receipt_email", "payment_method_options[oxxo][expires_after_days]", "customer",
         "payment_method_data[type]", "payment_method_options[customer_balance][funding_type]",
         "payment_method_options[customer_balance][bank_transfer][type]", "confirm",
         "capture_method"});
    if (!form) return error(400, "parameter_unknown");
    Form& in = *form;
    if (!is_amount(in["amount"])) return error(400, "parameter_invalid_integer");
    if (in["currency"].size() != 3 || in["currency"][0] < 'a') return error(400, "currency");
    const std::string type = in["payment_method_types[]"];
    if (type != "card" && type != "oxxo" && type != "customer_balance") return error(400, "type");
    if (type != "card" && in["currency"] != "mxn") return error(400, "currency");
    if (type == "oxxo") {
      const std::string days = in["payment_method_options[oxxo][expires_after_days]"];
      if (days.size() != 1 || days[0] < '1' || days[0] > '7') return error(400, "days");
    }
    if (type == "customer_balance" &&
        (in["customer"] != "cus_1" || in["confirm"] != "true" ||
         in["payment_method_data[type]"] != "customer_balance" ||
         in["payment_method_options[customer_balance][funding_type]"] != "bank_transfer" ||
         in["payment_method_options[customer_balance][bank_transfer][type]"] !=
             "mx_bank_transfer")) {
      return error(400, "parameter_missing");
    }
    const std::string id = "pi_" + std::to_string(intents_.size() + 1);
    intents_[id] = {
        .id = id,
        .amount = std::stoll(in["amount"]),
        .currency = in["currency"],
        .type = type,
        .payment = in["metadata[payment]"],
        .status = type == "customer_balance" ? "requires_action" : "requires_payment_method"};
    return ok(intent_json(intents_[id]));
  }
  HttpAnswer refund(const std::string& body) {
    auto form =
        form_of(body, {"payment_intent", "amount", "metadata[payment]", "metadata[refund]"});
    if (!form) return error(400, "parameter_unknown");
    const auto found = intents_.find((*form)["payment_intent"]);
    if (found == intents_.end()) return error(404, "resource_missing");
    if (!is_amount((*form)["amount"])) return error(400, "parameter_invalid_integer");
    const std::int64_t amount = std::stoll((*form)["amount"]);
    if (found->second.refunded + amount > found->second.received) {
      return error(400, "charge_already_refunded");
    }
    found->second.refunded += amount;
    return ok(R"({"id":"re_)" + std::to_string(++refunds_) + R"(","object":"refund","amount":)" +
              (*form)["amount"] + R"(,"payment_intent":")" + found->first +
              R"(","status":"succeeded","metadata":{"refund":")" + (*form)["metadata[refund]"] +
              R"("}})");
  }

  std::map<std::string, Intent> intents_;
  std::map<std::string, std::pair<std::string, HttpAnswer>> done_;
  int events_ = 0;
  int refunds_ = 0;
};

}  // namespace geili::payments
