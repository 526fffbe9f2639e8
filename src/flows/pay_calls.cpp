#include "flows/pay_calls.hpp"

#include <algorithm>

#include "catalog/shop.hpp"
#include "flows/purchase.hpp"
#include "payments/sandbox/sandbox.hpp"

namespace geili::flows {
namespace {

using payments::AskKind;
using payments::ToAsk;

Result<ProviderCall> make_call(store::Tx& tx, ToAsk asked, const PaymentTerms& terms) {
  auto shop = catalog::find_shop(tx, asked.shop);
  if (!shop) return fail_as(shop);
  const auto rows = payments::shop_providers(tx, asked.shop);
  const auto row = std::ranges::find(rows, asked.ask.provider, &payments::ShopProvider::provider);
  if (row == rows.end()) {
    return fail(ErrorKind::conflict, "payment-provider-missing",
                "The shop has taken this provider away.");
  }
  auto provider = payments::make_provider(*row, shop->currency, terms.site);
  if (!provider) return fail_as(provider);
  auto call = (*provider)->build(asked.ask);
  if (!call) return fail_as(call);
  return ProviderCall{std::move(asked), *std::move(provider), *std::move(call)};
}

// A shop signs with keys of its own, and could name another's payment.
Result<void> check_shop(const payments::Told& told, ShopId shop) {
  for (const payments::SettleOutcome& outcome : told.outcomes) {
    if (outcome.payment.shop != shop) {
      return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
    }
  }
  return {};
}

Result<payments::Told> refused(store::Tx& tx, const ToAsk& asked, const Error& refusal,
                               const Clock& clock) {
  payments::forget(tx, asked);
  return payments::take_refusal(tx, asked.ask, refusal, clock);
}

}  // namespace

Result<std::optional<ProviderCall>> begin_payment(store::Tx& tx, std::string_view order_token,
                                                  const PaymentTerms& terms, const Clock& clock) {
  auto order = orders::find_by_token(tx, order_token);
  if (!order) return fail_as(order);
  const OrderPayment view = payment_of(tx, *order);
  if (!view.payment) {
    return fail(ErrorKind::not_found, "payment-not-found",
                "It is paid when the goods are handed over.");
  }
  // The provider's word may come between the page's look at the order and this question.
  if (view.payment->received_minor > 0) return std::nullopt;
  auto purchase = purchase_of(tx, *order, view.payment->idempotency_key, terms.site);
  if (!purchase) return fail_as(purchase);
  auto ask = payments::begin(tx, view.payment->id, *purchase, clock);
  if (!ask) return fail_as(ask);
  if (ask->kind == AskKind::resume) {
    ask->purchase = *std::move(purchase);
    return make_call(tx, {.shop = order->shop, .ask = *std::move(ask)}, terms);
  }
  return make_call(tx, payments::want_and_take(tx, order->shop, *ask, clock.now()), terms);
}

Result<std::string> return_from_payment(store::Tx& tx, std::string_view reference,
                                        const Clock& clock) {
  auto payment = payments::find_by_key(tx, reference);
  if (!payment) return fail_as(payment);
  auto order = orders::find_order(tx, payment->shop, payment->order);
  if (!order) return fail_as(order);
  if (payment->received_minor == 0) {
    auto ask = payments::look_up(tx, payment->id, clock);
    if (!ask) return fail_as(ask);
    const payments::Told told{.outcomes = {}, .asks = {*std::move(ask)}, .fees = {}};
    if (auto done = follow(tx, payment->shop, told, clock); !done) return fail_as(done);
  }
  return order->token;
}

Result<CallEnd> settle_call(store::Tx& tx, const ProviderCall& call,
                            const Result<payments::Answer>& said, const PaymentTerms& terms,
                            const Clock& clock) {
  const ToAsk& asked = call.asked;
  if (!said) {
    auto told = refused(tx, asked, said.error(), clock);
    if (!told) return fail_as(told);
    if (auto done = follow(tx, asked.shop, *told, clock); !done) return fail_as(done);
    return CallEnd{};
  }
  payments::forget(tx, asked);
  auto told = payments::take_answer(tx, asked.ask, *said, clock);
  if (!told) return fail_as(told);
  if (auto own = check_shop(*told, asked.shop); !own) return fail_as(own);
  CallEnd end{.buyer = said->buyer, .next = std::nullopt};
  const auto again =
      std::ranges::find(told->asks, asked.ask.idempotency_key, &payments::Ask::idempotency_key);
  if (again != told->asks.end() && again->kind == AskKind::create) {
    auto taken = payments::want_and_take(tx, asked.shop, *again, clock.now());
    told->asks.erase(again);
    auto next = make_call(tx, std::move(taken), terms);
    if (!next) return fail_as(next);
    end.next = *std::move(next);
  }
  if (auto done = follow(tx, asked.shop, *told, clock); !done) return fail_as(done);
  return end;
}

Result<void> postpone_call(store::Tx& tx, const ProviderCall& call, Instant until) {
  payments::postpone(tx, call.asked, until);
  return {};
}

Result<void> take_events(store::Tx& tx, ShopId shop, std::string_view provider,
                         const std::vector<payments::Event>& events, const Clock& clock) {
  for (const payments::Event& event : events) {
    auto told = payments::take_event(tx, provider, event, clock);
    if (!told) return fail_as(told);
    if (auto own = check_shop(*told, shop); !own) return own;
    if (auto done = follow(tx, shop, *told, clock); !done) return done;
  }
  return {};
}

Result<bool> needs_payment_upkeep(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  return payments::is_any_due(tx, now) || payments::is_any_expired(tx, now) ||
         payments::sandbox::is_any_due(tx, now);
}

Result<std::vector<ProviderCall>> payment_upkeep(store::Tx& tx, const PaymentTerms& terms,
                                                 const Clock& clock) {
  for (const payments::Event& event : payments::sandbox::take_due(tx, clock)) {
    auto payment = payments::find_by_key(tx, event.reference);
    if (!payment) continue;
    if (auto done = take_events(tx, payment->shop, "sandbox", {event}, clock); !done) {
      return fail_as(done);
    }
  }
  auto swept = payments::sweep_expired(tx, clock);
  if (!swept) return fail_as(swept);
  for (const payments::SettleOutcome& outcome : swept->outcomes) {
    payments::Told one{.outcomes = {outcome}, .asks = {}, .fees = {}};
    if (outcome.ask) one.asks.push_back(*outcome.ask);
    if (auto done = follow(tx, outcome.payment.shop, one, clock); !done) return fail_as(done);
  }
  std::vector<ProviderCall> calls;
  for (const ToAsk& asked : payments::take_due_asks(tx, kCallsAtOnceMax, clock.now())) {
    auto call = make_call(tx, asked, terms);
    if (call) {
      calls.push_back(*std::move(call));
      continue;
    }
    auto told = refused(tx, asked, call.error(), clock);
    if (!told) return fail_as(told);
    if (auto done = follow(tx, asked.shop, *told, clock); !done) return fail_as(done);
  }
  return calls;
}

}  // namespace geili::flows
