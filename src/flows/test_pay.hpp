#pragma once
// For the tests of what money means: the market, whose shop takes practice cards and cash.

#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "crypto/sealer.hpp"
#include "flows/pay.hpp"
#include "flows/pay_calls.hpp"
#include "flows/test_market.hpp"
#include "payments/refund.hpp"

namespace geili::flows {

using orders::OrderStatus;
using payments::EvidenceKind;
using payments::Method;

class Pay : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    set({{.shop = shop_, .provider = "sandbox", .methods = {Method::card}},
         {.shop = shop_,
          .provider = "delivery",
          .methods = {Method::on_delivery, Method::at_pickup}}});
  }

  void set(std::vector<payments::ShopProvider> rows) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
      auto set = payments::set_shop_providers(tx, shop_, rows, kCny, terms_.site, clock_.now());
      if (!set) return fail_as(set);
      return true;
    }));
  }
  void take_transfers() {
    set({{.shop = shop_,
          .provider = "transfer",
          .methods = {Method::transfer},
          .bank_name = "Bank",
          .account = "12345678",
          .account_holder = "Lin"}});
  }

  auto placing(std::optional<Method> method, std::int64_t device = 1,
               std::string key = "key-00001") {
    PlaceOrder order = wish(device, std::move(key));
    order.payment_method = method;
    return [this, order](Tx& tx) { return checkout(tx, order, clock_, terms_); };
  }
  orders::Order buy(Method method = Method::card, std::int64_t device = 1) {
    return write(placing(method, device, "key-" + std::to_string(10'000 + device)))->order;
  }
  orders::Order now_of(const orders::Order& order) {
    return *read([&](Tx& tx) { return orders::find_order(tx, shop_, order.id); });
  }
  OrderPayment view(const orders::Order& order) {
    return *read([&](Tx& tx) -> Result<OrderPayment> { return payment_of(tx, now_in(tx, order)); });
  }
  static orders::Order now_in(Tx& tx, const orders::Order& order) {
    return *orders::find_order(tx, order.shop, order.id);
  }
  // A provider says it, as an event with this id.
  Result<bool> say(const orders::Order& order, EvidenceKind kind, std::string id = "e1",
                   std::string money = "m1", std::int64_t fee_minor = 0) {
    return write([&](Tx& tx) -> Result<bool> {
      const auto payment = payments::list_by_order(tx, order.id).at(0);
      payments::Event event{.id = id, .kind = "x", .reference = payment.idempotency_key};
      event.evidence =
          payments::Evidence{.kind = kind, .money_reference = money, .amount = payment.amount};
      if (fee_minor > 0) event.evidence->fee = Money{fee_minor, payment.amount.currency};
      auto taken = take_events(tx, shop_, payment.provider, {event}, clock_);
      if (!taken) return fail_as(taken);
      return true;
    });
  }
  std::vector<ProviderCall> upkeep() {
    return *write([&](Tx& tx) { return payment_upkeep(tx, terms_, clock_); });
  }
  // Carries what is due until nothing is, without a network: the providers here answer at once.
  void carry_all() {
    for (auto calls = upkeep(); !calls.empty(); calls = upkeep()) {
      for (const ProviderCall& call : calls) {
        ASSERT_TRUE(write([&](Tx& tx) {
          return settle_call(tx, call, std::get<payments::Answer>(call.call), terms_, clock_);
        }));
      }
    }
  }
  void let_it_expire() {
    clock_.advance(std::chrono::hours(24 * 7));
    upkeep();
  }
  bool needs_upkeep() {
    return *read([&](Tx& tx) { return needs_payment_upkeep(tx, clock_); });
  }
  auto setting(const orders::Order& order, OrderStatus status) {
    return [=, this](Tx& tx) { return set_order_status(tx, shop_, order.id, status, clock_); };
  }
  auto refunding(const orders::Order& order, std::int64_t minor, bool return_stock,
                 std::string key = "refund-01") {
    return [=, this](Tx& tx) {
      return refund_order(tx, {shop_, order.id, minor, return_stock, key}, clock_);
    };
  }

  PaymentTerms terms_{.site = {.origin = "https://live.example"}, .hold_times = {}};
};

// Its shop may take real cards, with keys that are sealed; the tests are the provider.
class StripePay : public Pay {
 protected:
  void SetUp() override {
    Pay::SetUp();
    terms_.site.sealer = &sealer_;
  }

  payments::ShopProvider stripe() {
    payments::ShopProvider row{
        .shop = shop_, .provider = "stripe", .methods = {Method::card}, .public_key = "pk_test_1"};
    EXPECT_TRUE(payments::put_keys(
        row, {Secret<std::string>("sk_test_secret"), Secret<std::string>("whsec_0123456789abcdef")},
        terms_.site));
    return row;
  }
  // And cash.
  void take_stripe() {
    set({stripe(),
         {.shop = shop_,
          .provider = "delivery",
          .methods = {Method::on_delivery, Method::at_pickup}}});
  }

  crypto::Sealer sealer_{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
};

}  // namespace geili::flows
