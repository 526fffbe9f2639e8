// What a shop takes: providers, their keys, and whether the keys work. A key goes in and never out.

#include <algorithm>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/payment_calls.hpp"
#include "api/routes.hpp"
#include "catalog/shop.hpp"
#include "payments/key_check.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using identity::Action;
using net::ObjectReader;
using net::Request;
using net::Response;
using payments::ShopProvider;

constexpr std::size_t kMethodsMax = 7;
constexpr std::size_t kBankTextMax = 80;
constexpr std::size_t kPublicKeyMax = 200;
constexpr std::size_t kSecretMax = 500;  // bytes

struct Entered {
  ShopProvider row;
  payments::NewKeys keys;
};

json::array methods_json(const ShopProvider& row) {
  json::array words;
  for (const auto method : row.methods) {
    words.push_back(json::string_view(payments::to_text(method)));
  }
  return words;
}

json::object row_json(const ShopProvider& row) {
  if (row.provider == "transfer") {
    return {{"bank_name", row.bank_name},
            {"account", row.account},
            {"account_holder", row.account_holder}};
  }
  json::object out;
  if (row.provider != "mercado_pago") out["methods"] = methods_json(row);
  if (row.provider == "stripe") {
    out["publishable_key"] = row.public_key;
    out["vouchers_per_show_max"] = row.vouchers_per_show_max;
  }
  if (row.provider == "stripe" || row.provider == "mercado_pago") {
    out["has_secret_key"] = !row.secret_key.empty();
    out["has_webhook_secret"] = !row.webhook_secret.empty();
  }
  return out;
}

json::object settings_json(const std::vector<ShopProvider>& rows, ShopId shop,
                           const payments::Site& site) {
  json::object out{{"stripe_webhook_url", payments::webhook_url(site, "stripe", shop)},
                   {"mercado_pago_webhook_url", payments::webhook_url(site, "mercado_pago", shop)}};
  for (const ShopProvider& row : rows) out[row.provider] = row_json(row);
  return out;
}

// Decoding

void read_methods(ObjectReader& body, ShopProvider& row,
                  std::initializer_list<payments::Method> allowed) {
  for (const std::string& word : body.words("methods", 1, kMethodsMax)) {
    const auto method = payments::parse_method(word);
    if (!method || std::ranges::find(allowed, *method) == allowed.end()) {
      body.fault("methods", "holds a word that is not one of the allowed");
    } else if (row.offers(*method)) {
      body.fault("methods", "holds a word twice");
    } else {
      row.methods.push_back(*method);
    }
  }
}

std::optional<Secret<std::string>> read_secret(ObjectReader& body, std::string_view name) {
  if (!body.has(name)) return std::nullopt;
  return Secret<std::string>(body.opaque(name, 1, kSecretMax));
}

void read_provider(ObjectReader& body, Entered& entered) {
  using enum payments::Method;
  ShopProvider& row = entered.row;
  const TextRule bank{.min_length = 1, .max_length = kBankTextMax};
  if (row.provider == "delivery") {
    read_methods(body, row, {on_delivery, at_pickup});
  } else if (row.provider == "sandbox") {
    read_methods(body, row, {card, checkout});
  } else if (row.provider == "transfer") {
    row.methods = {transfer};
    row.bank_name = body.text("bank_name", bank);
    row.account = body.text("account", bank);
    row.account_holder = body.text("account_holder", bank);
  } else if (row.provider == "stripe") {
    read_methods(body, row, {card, oxxo, spei});
    row.public_key = body.text("publishable_key", {.min_length = 1, .max_length = kPublicKeyMax});
    row.vouchers_per_show_max =
        body.optional_integer("vouchers_per_show_max", 0, payments::kVouchersPerShowMax)
            .value_or(0);
    entered.keys = {read_secret(body, "secret_key"), read_secret(body, "webhook_secret")};
  } else {
    row.methods = {checkout};
    entered.keys = {read_secret(body, "secret_key"), read_secret(body, "webhook_secret")};
  }
}

Result<std::vector<Entered>> decode_settings(const Request& request, ShopId shop) {
  std::vector<Entered> all;
  auto read = read_body(request, [&](ObjectReader& body) {
    for (const std::string_view name :
         {"delivery", "transfer", "sandbox", "stripe", "mercado_pago"}) {
      Entered entered{.row = {.shop = shop, .provider = std::string(name)}};
      const bool is_there =
          body.optional_object(name, [&](ObjectReader& inner) { read_provider(inner, entered); });
      if (is_there) all.push_back(std::move(entered));
    }
  });
  if (!read) return fail_as(read);
  return all;
}

// Running

Result<json::object> show_settings(store::Tx& tx, ShopId shop, const Caller& caller,
                                   const payments::Site& site) {
  const auto actor = caller.authorise(tx, Action::set_payments, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto found = catalog::find_shop(tx, shop);
  if (!found) return fail_as(found);
  return settings_json(payments::shop_providers(tx, shop), shop, site);
}

Result<json::object> change_settings(store::Tx& tx, ShopId shop, const std::vector<Entered>& all,
                                     const Caller& caller, const payments::Site& site) {
  const auto actor = caller.authorise(tx, Action::set_payments, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto found = catalog::find_shop(tx, shop);
  if (!found) return fail_as(found);
  const auto before = payments::shop_providers(tx, shop);
  std::vector<ShopProvider> rows;
  for (const Entered& entered : all) {
    ShopProvider row = entered.row;
    const auto old = std::ranges::find(before, row.provider, &ShopProvider::provider);
    if (old != before.end()) {
      row.secret_key = old->secret_key;
      row.webhook_secret = old->webhook_secret;
    }
    if (auto put = payments::put_keys(row, entered.keys, site); !put) return fail_as(put);
    rows.push_back(std::move(row));
  }
  auto set =
      payments::set_shop_providers(tx, shop, rows, found->currency, site, caller.clock->now());
  if (!set) return fail_as(set);
  std::string names;
  for (const ShopProvider& row : rows) names += (names.empty() ? "" : ", ") + row.provider;
  note_deed(tx, caller, shop, "payments-changed", identity::subject_of("shop", shop.value), names);
  return settings_json(rows, shop, site);
}

awaitable<Response> get_settings(const Context* context, Request request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) co_return problem(shop.error());
  auto job = [shop = *shop, caller = Caller::of(request, *context->clock),
              terms = context->payments](store::Tx& tx) {
    return show_settings(tx, shop, caller, terms->site);
  };
  const auto settings = co_await store::read(*context->database, job);
  if (!settings) co_return problem(settings.error());
  co_return json_response(*settings);
}

awaitable<Response> set_settings(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) co_return problem(shop.error());
  auto all = decode_settings(request, *shop);
  if (!all) co_return problem(all.error());
  auto job = [shop = *shop, all = *std::move(all), caller = Caller::of(request, *context->clock),
              terms = context->payments](store::Tx& tx) {
    return change_settings(tx, shop, all, caller, terms->site);
  };
  const auto settings = co_await store::write(*context->database, job);
  if (!settings) co_return problem(settings.error());
  co_return json_response(*settings);
}

// POST /shops/{shop_id}/payment-settings/check

using KeyCheckRequest = std::optional<payments::HttpRequest>;

Result<KeyCheckRequest> check_request(store::Tx& tx, ShopId shop, const std::string& provider,
                                      const Caller& caller, const payments::Site& site) {
  const auto actor = caller.authorise(tx, Action::set_payments, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto found = catalog::find_shop(tx, shop);
  if (!found) return fail_as(found);
  for (const ShopProvider& row : payments::shop_providers(tx, shop)) {
    if (row.provider == provider) return payments::key_check_request(row, found->currency, site);
  }
  return fail(ErrorKind::not_found, "provider-not-found", "The shop has no such provider.");
}

awaitable<Response> check_settings(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) co_return problem(shop.error());
  std::string provider;
  constexpr std::size_t kNameMax = 20;
  const auto read = read_body(request, [&](ObjectReader& body) {
    provider = body.text("provider", {.min_length = 1, .max_length = kNameMax});
  });
  if (!read) co_return problem(read.error());
  // A write: a session in use is kept alive.
  auto job = [shop = *shop, provider, caller = Caller::of(request, *context->clock),
              terms = context->payments](store::Tx& tx) {
    return check_request(tx, shop, provider, caller, terms->site);
  };
  auto asked = co_await store::write(*context->database, job);
  if (!asked) co_return problem(asked.error());
  auto result = payments::KeyCheck::works;
  if (*asked) result = payments::read_key_check(co_await send(context->transport, **asked));
  co_return json_response(json::object{{"result", json::string_view(payments::to_text(result))}});
}

net::Handler bound(const Context& context, awaitable<Response> (*run)(const Context*, Request)) {
  return [context = &context, run](Request request) { return run(context, std::move(request)); };
}

}  // namespace

void add_payment_settings_routes(net::Router& router, const Context& context) {
  using net::Method;
  const std::string path = "/api/v1/shops/{shop_id}/payment-settings";
  router.add({Method::get, path, "getPaymentSettings", bound(context, get_settings)});
  router.add({Method::put, path, "setPaymentSettings", bound(context, set_settings)});
  router.add(
      {Method::post, path + "/check", "checkPaymentSettings", bound(context, check_settings)});
}

}  // namespace geili::api
