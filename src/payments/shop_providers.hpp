#pragma once
// What a shop takes: one row for each provider, its keys sealed. No row at all means cash at the
// door and at the stall.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "payments/method.hpp"
#include "payments/provider.hpp"
#include "payments/sealer.hpp"
#include "store/tx.hpp"

namespace geili::payments {

inline constexpr std::int64_t kVouchersPerShowMax = 1'000;

// What is the same for every shop of an installation.
struct Site {
  std::string origin;  // "https://live.example", where pages and webhooks are
  std::string stripe_url = "https://api.stripe.com";
  std::string mercado_pago_url = "https://api.mercadopago.com";
  const Sealer* sealer = nullptr;  // none: no key can be read or kept
};

struct ShopProvider {
  ShopId shop;
  std::string provider;
  std::vector<Method> methods;  // that are offered of those it has
  std::string bank_name;        // of transfer, as account and account_holder
  std::string account;
  std::string account_holder;
  std::string public_key;  // of stripe
  Bytes secret_key;        // sealed; empty without one
  Bytes webhook_secret;    // likewise
  std::int64_t vouchers_per_show_max = 0;

  bool offers(Method method) const;
};

// Keys as somebody entered them; none: what was kept before stays.
struct NewKeys {
  std::optional<Secret<std::string>> secret_key;
  std::optional<Secret<std::string>> webhook_secret;
};

// In the order of their names; of a shop without rows the one that stands for none.
std::vector<ShopProvider> shop_providers(store::Tx& tx, ShopId shop);
// Says that shop_providers() will be asked (store::Tx::ahead).
void foresee_shop_providers(store::Tx& tx, ShopId shop);

// The provider itself, with its keys. Fails with payment-keys-unreadable and as its make() does.
Result<std::unique_ptr<Provider>> make_provider(const ShopProvider& row, Currency currency,
                                                const Site& site);
// Every provider of a shop. Besides, fails with sandbox-with-real-provider.
Result<Providers> make_providers(const std::vector<ShopProvider>& rows, Currency currency,
                                 const Site& site);

// Seals new keys into `row`, whose old ones are kept where there is no new one. Fails with
// payment-keys-unreadable without a sealer; invalid-field at /secret_key, /webhook_secret when one
// is too long.
Result<void> put_keys(ShopProvider& row, const NewKeys& keys, const Site& site);

// Replaces all of a shop. Fails with invalid-field at /methods when nothing is offered, and as
// make_providers().
Result<void> set_shop_providers(store::Tx& tx, ShopId shop, const std::vector<ShopProvider>& rows,
                                Currency currency, const Site& site, Instant now);
// For demo data that goes.
void erase_shop_payments(store::Tx& tx, ShopId shop);

std::string webhook_url(const Site& site, std::string_view provider, ShopId shop);

}  // namespace geili::payments
