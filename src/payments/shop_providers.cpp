#include "payments/shop_providers.hpp"

#include <algorithm>

#include "payments/delivery/delivery.hpp"
#include "payments/mercado_pago/mercado_pago.hpp"
#include "payments/sandbox/sandbox.hpp"
#include "payments/stripe/stripe.hpp"
#include "payments/transfer/transfer.hpp"

namespace geili::payments {
namespace {

constexpr std::string_view kSelect =
    "SELECT shop_id, provider, methods, bank_name, account, account_holder, public_key, secret_key,"
    " webhook_secret, vouchers_per_show_max FROM shop_payment_provider WHERE shop_id = $1"
    " ORDER BY provider";

std::string words_of(const std::vector<Method>& methods) {
  std::string words;
  for (const Method method : methods) {
    if (!words.empty()) words += ' ';
    words += to_text(method);
  }
  return words;
}

std::vector<Method> methods_of(std::string_view words) {
  std::vector<Method> methods;
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    if (const auto method = parse_method(words.substr(0, space))) methods.push_back(*method);
    words = space == std::string_view::npos ? "" : words.substr(space + 1);
  }
  return methods;
}

Bytes bytes_of(const store::Row& row, int column) {
  if (row.is_null(column)) return {};
  const ByteView bytes = row.bytes(column);
  return {bytes.begin(), bytes.end()};
}

ShopProvider read(const store::Row& row) {
  return {.shop = row.id<ShopId>(0),
          .provider = row.string(1),
          .methods = methods_of(row.text(2)),
          .bank_name = row.string(3),
          .account = row.string(4),
          .account_holder = row.string(5),
          .public_key = row.string(6),
          .secret_key = bytes_of(row, 7),
          .webhook_secret = bytes_of(row, 8),
          .vouchers_per_show_max = row.integer(9)};
}

std::string place_of(const ShopProvider& row, std::string_view column) {
  return std::to_string(row.shop.value) + " " + row.provider + " " + std::string(column);
}

std::unexpected<Error> no_key_file() {
  return fail(ErrorKind::unavailable, "payment-keys-unreadable",
              "This installation has no key file to keep keys with.");
}

Result<Secret<std::string>> opened(const ShopProvider& row, const Bytes& sealed,
                                   std::string_view column, const Site& site) {
  if (sealed.empty()) return Secret<std::string>();
  if (site.sealer == nullptr) return no_key_file();
  auto text = site.sealer->open(sealed, place_of(row, column));
  if (text) return text;
  return fail(ErrorKind::conflict, "payment-keys-unreadable",
              "The keys cannot be read with this installation's key file; enter them again.");
}

// The fields of an error as those of the provider's settings; a shop has one webhook secret.
Error placed_under(const std::string& provider, Error error) {
  for (FieldError& field : error.fields) {
    if (field.path == "/webhook_secrets") field.path = "/webhook_secret";
    if (field.path == "/access_token") field.path = "/secret_key";
    field.path = "/" + provider + field.path;
  }
  return error;
}

template <class Made>
Result<std::unique_ptr<Provider>> boxed(Result<Made> made) {
  if (!made) return fail_as(made);
  return std::unique_ptr<Provider>(std::make_unique<Made>(*std::move(made)));
}

std::optional<Bytes> null_if_empty(const Bytes& bytes) {
  return bytes.empty() ? std::nullopt : std::optional(bytes);
}

}  // namespace

bool ShopProvider::offers(Method method) const {
  return std::ranges::find(methods, method) != methods.end();
}

std::vector<ShopProvider> shop_providers(store::Tx& tx, ShopId shop) {
  std::vector<ShopProvider> rows;
  tx.each([&](const store::Row& row) { rows.push_back(read(row)); }, kSelect, shop);
  if (rows.empty()) {
    rows.push_back({.shop = shop,
                    .provider = "delivery",
                    .methods = {Method::on_delivery, Method::at_pickup}});
  }
  return rows;
}

void foresee_shop_providers(store::Tx& tx, ShopId shop) {
  tx.ahead_of_many(kSelect, shop);
}

Result<std::unique_ptr<Provider>> make_provider(const ShopProvider& row, Currency currency,
                                                const Site& site) {
  if (row.provider == "delivery") return std::make_unique<DeliveryProvider>();
  if (row.provider == "sandbox") return std::make_unique<SandboxProvider>("/sandbox#");
  if (row.provider == "transfer") {
    return boxed(TransferProvider::make({.bank_name = row.bank_name,
                                         .account = row.account,
                                         .account_holder = row.account_holder,
                                         .currency = std::string(currency.code())}));
  }
  auto secret = opened(row, row.secret_key, "secret_key", site);
  if (!secret) return fail_as(secret);
  auto webhook = opened(row, row.webhook_secret, "webhook_secret", site);
  if (!webhook) return fail_as(webhook);
  if (row.provider == "stripe") {
    return boxed(StripeProvider::make({.secret_key = *std::move(secret),
                                       .publishable_key = row.public_key,
                                       .webhook_secrets = {*std::move(webhook)},
                                       .base_url = site.stripe_url}));
  }
  return boxed(
      MercadoPagoProvider::make({.access_token = *std::move(secret),
                                 .webhook_secret = *std::move(webhook),
                                 .currency = std::string(currency.code()),
                                 .notification_url = webhook_url(site, row.provider, row.shop),
                                 .base_url = site.mercado_pago_url}));
}

Result<Providers> make_providers(const std::vector<ShopProvider>& rows, Currency currency,
                                 const Site& site) {
  std::vector<std::unique_ptr<Provider>> providers;
  for (const ShopProvider& row : rows) {
    auto provider = make_provider(row, currency, site);
    if (!provider) return fail_as(provider);
    providers.push_back(*std::move(provider));
  }
  return Providers::make(std::move(providers));
}

Result<void> put_keys(ShopProvider& row, const NewKeys& keys, const Site& site) {
  const auto put = [&](Bytes& sealed, const std::optional<Secret<std::string>>& key,
                       std::string_view column) -> Result<void> {
    if (!key) return {};
    if (site.sealer == nullptr) return no_key_file();
    if (key->reveal().size() > crypto::kSealedTextMax) {
      return fail(Error::invalid_field("/" + std::string(column), "is longer than 4096 bytes"));
    }
    sealed = site.sealer->seal(*key, place_of(row, column));
    return {};
  };
  if (auto fits = put(row.secret_key, keys.secret_key, "secret_key"); !fits) return fits;
  return put(row.webhook_secret, keys.webhook_secret, "webhook_secret");
}

Result<void> set_shop_providers(store::Tx& tx, ShopId shop, const std::vector<ShopProvider>& rows,
                                Currency currency, const Site& site, Instant now) {
  if (rows.empty()) return fail(Error::invalid_field("", "offers no way to pay"));
  for (const ShopProvider& row : rows) {
    if (auto made = make_provider(row, currency, site); !made) {
      return fail(placed_under(row.provider, made.error()));
    }
  }
  auto providers = make_providers(rows, currency, site);
  if (!providers) return fail_as(providers);
  tx.exec("DELETE FROM shop_payment_provider WHERE shop_id = $1", shop);
  for (const ShopProvider& row : rows) {
    tx.exec(
        "INSERT INTO shop_payment_provider (shop_id, provider, methods, bank_name, account,"
        " account_holder, public_key, secret_key, webhook_secret, vouchers_per_show_max,"
        " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        shop, row.provider, words_of(row.methods), row.bank_name, row.account, row.account_holder,
        row.public_key, null_if_empty(row.secret_key), null_if_empty(row.webhook_secret),
        row.vouchers_per_show_max, now);
  }
  return {};
}

void erase_shop_payments(store::Tx& tx, ShopId shop) {
  tx.exec("DELETE FROM payment_ask WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM refund WHERE payment_id IN (SELECT id FROM payment WHERE shop_id = $1)",
          shop);
  tx.exec(
      "DELETE FROM payment_event WHERE payment_id IN (SELECT id FROM payment WHERE shop_id = $1)",
      shop);
  tx.exec(
      "DELETE FROM sandbox_payment WHERE reference IN"
      " (SELECT idempotency_key FROM payment WHERE shop_id = $1)",
      shop);
  tx.exec("DELETE FROM payment WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM shop_payment_provider WHERE shop_id = $1", shop);
}

std::string webhook_url(const Site& site, std::string_view provider, ShopId shop) {
  return site.origin + "/api/v1/webhooks/" + std::string(provider) + "/" +
         std::to_string(shop.value);
}

}  // namespace geili::payments
