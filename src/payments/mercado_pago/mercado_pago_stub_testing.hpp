#pragma once
// The part of Mercado Pago's API that is spoken here, as it is published: refuses what the real one
// would refuse, does each idempotency key once, and sends signed notifications.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "payments/json.hpp"
#include "payments/mercado_pago/mercado_pago.hpp"
#include "payments/mercado_pago/mercado_pago_ids.hpp"
#include "payments/provider.hpp"
#include "payments/signature.hpp"

namespace geili::payments {

inline const std::string kMercadoPagoSecret = "0123456789abcdef0123";

inline MercadoPagoProvider mercado_pago_provider() {
  return *MercadoPagoProvider::make({.access_token = Secret<std::string>("TEST-1"),
                                     .webhook_secret = Secret<std::string>(kMercadoPagoSecret),
                                     .currency = "MXN",
                                     .notification_url = "https://shop.example/hook"});
}

inline Webhook signed_by_mercado_pago(const std::string& id, const std::string& body, Instant at,
                                      const std::string& secret = kMercadoPagoSecret) {
  const std::string time = std::to_string(at.us / 1'000);
  const std::string hash = hmac_sha256_hex(Secret<std::string>(secret),
                                           "id:" + id + ";request-id:req-1;ts:" + time + ";");
  return {.body = body,
          .headers = {{"x-signature", "ts=" + time + ",v1=" + hash}, {"x-request-id", "req-1"}},
          .query = {{"data.id", id}, {"type", "payment"}}};
}

inline std::string notification(const std::string& id, int number,
                                std::string_view type = "payment") {
  return R"({"id":)" + std::to_string(number) + R"(,"live_mode":true,"type":")" +
         std::string(type) + R"(","action":"payment.updated","data":{"id":")" + id + R"("}})";
}

class MercadoPagoStub {
 public:
  struct Paid {
    std::string number;
    std::string reference;
    std::string status = "approved";
    std::string amount;  // as it is written
    std::string refunded = "0";
    std::string fees = "[]";
    std::string currency = "MXN";
  };

  HttpAnswer serve(const HttpRequest& request) {
    if (!request.authorization.reveal().starts_with("Bearer TEST-")) return error(401);
    constexpr std::string_view kBase = "https://api.mercadopago.com";
    if (!request.url.starts_with(kBase)) return error(404);
    const std::string path = request.url.substr(kBase.size());
    if (request.method == "GET") return get(path);
    if (request.content_type != "application/json") return error(415);
    const auto key = only_header(request.headers, "X-Idempotency-Key");
    if (!key || key->empty()) return error(400);
    const auto body = parse_json(request.body);
    if (!body) return error(400);
    const auto [known, fresh] = done_.try_emplace(std::string(*key));
    if (fresh) known->second = change(request.method, path, *body);
    return known->second;
  }

  // The buyer pays on the provider's page.
  Paid& pay(const std::string& reference, const std::string& amount) {
    const std::string number = std::to_string(1'000'000'001 + payments_.size());
    payments_[number] = {.number = number, .reference = reference, .amount = amount};
    return payments_[number];
  }
  std::size_t preferences() const { return preferences_.size(); }

 private:
  static HttpAnswer error(int status) {
    return {.status = status, .body = R"({"message":"no","error":"bad_request","status":400})"};
  }
  static std::string json_of(const Paid& paid) {
    return R"({"id":)" + paid.number + R"(,"status":")" + paid.status +
           R"(","status_detail":"accredited","external_reference":")" + paid.reference +
           R"(","currency_id":")" + paid.currency + R"(","transaction_amount":)" + paid.amount +
           R"(,"transaction_amount_refunded":)" + paid.refunded + R"(,"fee_details":)" + paid.fees +
           "}";
  }
  HttpAnswer get(const std::string& path) {
    constexpr std::string_view kSearch = "/v1/payments/search?external_reference=";
    constexpr std::string_view kPayments = "/v1/payments/";
    if (path.starts_with(kSearch)) {
      std::string results;
      for (const auto& [number, paid] : payments_) {
        if (paid.reference != path.substr(kSearch.size())) continue;
        results += (results.empty() ? "" : ",") + json_of(paid);
      }
      return {.status = 200, .body = R"({"paging":{},"results":[)" + results + "]}"};
    }
    constexpr std::string_view kPreferences = "/checkout/preferences/";
    if (path.starts_with(kPreferences)) {
      const std::string id = path.substr(kPreferences.size());
      return preferences_.contains(id) ? preference(id) : error(404);
    }
    if (!path.starts_with(kPayments)) return error(404);
    const auto found = payments_.find(path.substr(kPayments.size()));
    return found == payments_.end() ? error(404)
                                    : HttpAnswer{.status = 200, .body = json_of(found->second)};
  }
  HttpAnswer change(std::string_view method, const std::string& path, const JsonValue& body) {
    if (method == "POST" && path == "/checkout/preferences") return prefer(body);
    if (method == "PUT" && path.starts_with("/checkout/preferences/")) {
      const std::string id = path.substr(22);
      if (!preferences_.contains(id) || !body.at("expires").is_true()) return error(400);
      return preference(id);
    }
    constexpr std::string_view kPayments = "/v1/payments/";
    if (method != "POST" || !path.starts_with(kPayments) || !path.ends_with("/refunds")) {
      return error(404);
    }
    const auto found =
        payments_.find(path.substr(kPayments.size(), path.size() - kPayments.size() - 8));
    const Currency currency = *Currency::parse("MXN");
    const auto amount = minor_from_decimal(body.at("amount").text, currency);
    if (found == payments_.end() || body.at("amount").kind != JsonValue::Kind::number || !amount) {
      return error(400);
    }
    const std::int64_t before = *minor_from_decimal(found->second.refunded, currency);
    if (before + *amount > *minor_from_decimal(found->second.amount, currency)) return error(400);
    found->second.refunded = decimal_from_minor({before + *amount, currency});
    return {.status = 201,
            .body = R"({"id":77,"payment_id":)" + found->first + R"(,"amount":)" +
                    body.at("amount").text + R"(,"status":"approved"})"};
  }
  HttpAnswer prefer(const JsonValue& body) {
    const JsonValue& items = body.at("items");
    if (items.kind != JsonValue::Kind::array || items.members.size() != 1) return error(400);
    const JsonValue& item = items.members[0].value;
    const std::string& price = item.at("unit_price").text;
    // At most two decimal places, as a number; a sum in hundredths would be a hundred times too
    // much.
    if (item.at("unit_price").kind != JsonValue::Kind::number || price.size() < 4 ||
        price[price.size() - 3] != '.' || item.at("quantity").integer() != 1 ||
        item.at("title").string().empty() || item.at("currency_id").string() != "MXN" ||
        !body.at("notification_url").string().starts_with("https://") ||
        body.at("expiration_date_to").string().find('Z') != std::string::npos) {
      return error(400);
    }
    const std::string id = "123-pref-" + std::to_string(preferences_.size() + 1);
    preferences_[id] = body.at("external_reference").string();
    HttpAnswer answer = preference(id);
    answer.status = 201;
    return answer;
  }
  HttpAnswer preference(const std::string& id) {
    return {.status = 200,
            .body = R"({"id":")" + id + R"(","external_reference":")" + preferences_[id] +
                    R"(","init_point":"https://www.mercadopago.com.mx/checkout?pref_id=)" + id +
                    R"("})"};
  }

  std::map<std::string, std::string> preferences_;  // id → external_reference
  std::map<std::string, Paid> payments_;
  std::map<std::string, HttpAnswer> done_;
};

}  // namespace geili::payments
