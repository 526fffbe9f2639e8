#include "flows/payment_choice.hpp"

#include <algorithm>
#include <utility>

#include "catalog/shop.hpp"
#include "flows/purchase.hpp"
#include "payments/payment.hpp"

namespace geili::flows {
namespace {

using payments::Method;

std::unexpected<Error> unavailable() {
  return fail(ErrorKind::conflict, "payment-method-unavailable",
              "The shop does not take this method for this order.");
}

bool takes(const payments::Capabilities& capabilities, Method method, Currency currency) {
  const auto& currencies = capabilities.currencies;
  return std::ranges::find(capabilities.methods, method) != capabilities.methods.end() &&
         (currencies.empty() || std::ranges::find(currencies, currency.code()) != currencies.end());
}

bool allows_voucher(const payments::ShopProvider& row, Method method, bool is_in_show) {
  return !payments::is_voucher(method) || (is_in_show && row.vouchers_per_show_max > 0);
}

bool fits(Method method, orders::Fulfilment fulfilment) {
  if (method == Method::on_delivery) return fulfilment == orders::Fulfilment::delivery;
  return method != Method::at_pickup || fulfilment == orders::Fulfilment::pickup;
}

// The quota of the first deal; none where one of them allows no vouchers.
std::optional<payments::VoucherQuotaId> deal_quota(store::Tx& tx,
                                                   const std::vector<stock::DealId>& deals) {
  std::optional<payments::VoucherQuotaId> first;
  for (const stock::DealId deal : deals) {
    const auto quota = payments::find_voucher_quota(tx, payments::QuotaKind::deal, deal.value);
    if (!quota) return std::nullopt;
    if (!first) first = quota->id;
  }
  return first;
}

// That of the goods' deal; else of the show, made by its first voucher.
Result<std::optional<payments::VoucherQuotaId>> quota_of(store::Tx& tx, const orders::Order& order,
                                                         const PaymentChoice& choice) {
  const auto& [method, row, deals] = choice;
  if (!payments::is_voucher(method)) return std::nullopt;
  if (!allows_voucher(row, method, order.show.has_value())) return unavailable();
  if (!deals.empty()) {
    const auto quota = deal_quota(tx, deals);
    if (!quota) return unavailable();
    return quota;
  }
  const auto kind = payments::QuotaKind::show;
  auto quota = payments::find_voucher_quota(tx, kind, order.show->value);
  if (!quota) {
    auto made = payments::set_voucher_quota(tx, kind, order.show->value, row.vouchers_per_show_max);
    if (!made) return fail_as(made);
    quota = *made;
  }
  return quota->id;
}

// What the provider would refuse is refused before anything is sold.
Result<void> check_with_provider(store::Tx& tx, const orders::Order& order,
                                 const payments::ShopProvider& row, Method method,
                                 const PaymentTerms& terms, Instant now) {
  auto provider = payments::make_provider(row, order.total.currency, terms.site);
  if (!provider) return fail_as(provider);
  auto purchase = purchase_of(tx, order, {}, terms.site);
  if (!purchase) return fail_as(purchase);
  const payments::Ask ask{.kind = payments::AskKind::create,
                          .payment = payments::PaymentId{1},
                          .provider = row.provider,
                          .method = method,
                          .amount = order.total,
                          .reference = order.token,
                          .idempotency_key = order.token,
                          .made_at = now,
                          .purchase = *std::move(purchase)};
  auto built = (*provider)->build(ask);
  if (!built) return fail_as(built);
  return {};
}

}  // namespace

Result<std::vector<OfferedMethod>> offered_methods(store::Tx& tx, ShopId shop,
                                                   std::optional<ShowId> show,
                                                   const PaymentTerms& terms) {
  auto found = catalog::find_shop(tx, shop);
  if (!found) return fail_as(found);
  std::vector<OfferedMethod> offered;
  for (const auto& row : payments::shop_providers(tx, shop)) {
    const auto provider = payments::make_provider(row, found->currency, terms.site);
    if (!provider) continue;
    const auto& capabilities = (*provider)->capabilities();
    for (const Method method : row.methods) {
      if (!takes(capabilities, method, found->currency)) continue;
      if (!allows_voucher(row, method, show.has_value())) continue;
      if (method == Method::at_pickup && found->pickup.empty()) continue;
      offered.push_back({method, row.provider, capabilities.is_practice});
    }
  }
  std::ranges::sort(offered, {}, &OfferedMethod::method);
  return offered;
}

Result<PaymentChoice> choose_payment(store::Tx& tx, ShopId shop, orders::Fulfilment fulfilment,
                                     std::optional<Method> wanted) {
  const Method in_hand =
      fulfilment == orders::Fulfilment::pickup ? Method::at_pickup : Method::on_delivery;
  const Method method = wanted.value_or(in_hand);
  auto rows = payments::shop_providers(tx, shop);
  const auto row = std::ranges::find_if(rows, [&](const auto& one) { return one.offers(method); });
  if (row == rows.end() || !fits(method, fulfilment)) return unavailable();
  return PaymentChoice{.method = method, .provider = std::move(*row)};
}

Result<void> open_payment(store::Tx& tx, const orders::Order& order, const PaymentChoice& choice,
                          const PaymentTerms& terms, const Clock& clock) {
  const auto& [method, provider, deals] = choice;
  if (!is_prepaid(method) || order.total.minor == 0) return {};
  if (auto taken = check_with_provider(tx, order, provider, method, terms, clock.now()); !taken) {
    return taken;
  }
  auto quota = quota_of(tx, order, choice);
  if (!quota) return fail_as(quota);
  auto opened = payments::create(tx,
                                 {.order = order.id,
                                  .shop = order.shop,
                                  .provider = provider.provider,
                                  .method = method,
                                  .amount = order.total,
                                  .hold_times = terms.hold_times,
                                  .voucher_quota = *quota},
                                 clock);
  if (!opened) return fail_as(opened);
  return {};
}

}  // namespace geili::flows
