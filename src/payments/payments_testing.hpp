#pragma once
// For the tests of this room: a store with payments in it, and what a provider may say.

#include <string>

#include "payments/refund.hpp"
#include "payments/settle.hpp"
#include "store/testing/test_store.hpp"

namespace geili::payments {

inline const Currency kMxn = *Currency::parse("MXN");

inline Evidence evidence_of(EvidenceKind kind, const Payment& payment,
                            std::string money_reference = "money_1") {
  return {.kind = kind,
          .provider_reference = "ref_" + payment.idempotency_key,
          .money_reference = std::move(money_reference),
          .amount = payment.amount};
}

class PaymentsTest : public store::testing::StoreTest {
 protected:
  Payment make(Method method = Method::card, std::int64_t amount_minor = 1000,
               std::string provider = "stripe") {
    return *write([&](store::Tx& tx) {
      return create(tx,
                    {.order = OrderId{++orders_},
                     .shop = ShopId{1},
                     .provider = provider,
                     .method = method,
                     .amount = {amount_minor, kMxn}},
                    clock_);
    });
  }
  Payment now_of(const Payment& payment) {
    return *read([&](store::Tx& tx) { return find_payment(tx, payment.id); });
  }
  SettleOutcome say(const Payment& payment, const Evidence& evidence) {
    return *write([&](store::Tx& tx) { return settle(tx, payment.id, evidence, clock_); });
  }
  SettleOutcome say(const Payment& payment, EvidenceKind kind) {
    return say(payment, evidence_of(kind, payment));
  }
  Told tell(const Event& event, std::string_view provider = "stripe") {
    return *write([&](store::Tx& tx) { return take_event(tx, provider, event, clock_); });
  }
  Told answered(const Ask& ask, const Answer& answer) {
    return *write([&](store::Tx& tx) { return take_answer(tx, ask, answer, clock_); });
  }
  Ask ask_to_refund(const Payment& payment, std::int64_t amount_minor, std::string_view key) {
    return *write([&](store::Tx& tx) {
      return request_refund(tx, payment.id, amount_minor, RefundReason::buyer, key, clock_);
    });
  }
  void let_it_expire() { clock_.advance(std::chrono::hours(24 * 30)); }
  Told sweep() {
    return *write([&](store::Tx& tx) { return sweep_expired(tx, clock_); });
  }

  std::int64_t orders_ = 0;
};

}  // namespace geili::payments
