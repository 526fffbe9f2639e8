#pragma once
// A payment of an order: what is asked for, how far it is, and what came in. What follows for stock
// and orders is for flows/ to join; settle.hpp tells them what has happened.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "payments/hold_time.hpp"
#include "payments/method.hpp"
#include "payments/voucher_quota.hpp"
#include "store/tx.hpp"

namespace geili::payments {

using PaymentId = Id<struct PaymentTag>;

// created → pending → authorised → paid, with steps left out as the method has it; or an end
// without money: failed, expired, cancelled. No state follows an end.
enum class State : std::uint8_t { created, pending, authorised, paid, failed, expired, cancelled };
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);
bool is_final(State state);

// What becomes of money that came after an end without money.
enum class Late : std::uint8_t { none, undecided, kept, returned };
std::string_view to_text(Late late);
std::optional<Late> parse_late(std::string_view text);

struct Payment {
  PaymentId id;
  OrderId order;
  ShopId shop;
  std::string provider;
  Method method = Method::card;
  Money amount;
  State state = State::created;
  std::int64_t received_minor = 0;  // 0 or the whole amount
  std::int64_t refunded_minor = 0;  // at most what was received
  Late late = Late::none;
  std::string problem;          // the code of what a person has to look at; empty: nothing
  std::string idempotency_key;  // 22 characters; also our name for the payment at the provider
  std::string provider_reference;
  std::string customer_reference;
  std::string money_reference;
  std::optional<VoucherQuotaId> voucher_quota;
  std::optional<Instant> pay_until;   // what the buyer and the provider are told
  std::optional<Instant> expires_at;  // pay_until and the time that news of it may take
  Instant created_at;
  Instant changed_at;
};

struct NewPayment {
  OrderId order;
  ShopId shop;
  std::string provider;
  Method method = Method::card;
  Money amount;
  HoldTimes hold_times = {};
  // Only with it may a voucher method (OXXO, SPEI) be used: the caller has seen that the deal
  // allows it.
  std::optional<VoucherQuotaId> voucher_quota = std::nullopt;
};

inline constexpr std::size_t kListMax = 200;

// Fails with payment-in-progress (another payment of the order is under way or paid),
// voucher-not-allowed, voucher-quota-full; invalid-field at /amount below 1 or above
// kMoneyMinorMax.
Result<Payment> create(store::Tx& tx, const NewPayment& payment, const Clock& clock);

// Fail with payment-not-found.
Result<Payment> find_payment(store::Tx& tx, PaymentId payment);
Result<Payment> find_by_key(store::Tx& tx, std::string_view idempotency_key);
Result<Payment> find_by_provider_reference(store::Tx& tx, std::string_view provider,
                                           std::string_view provider_reference);
// Oldest first.
std::vector<Payment> list_by_order(store::Tx& tx, OrderId order);
// What a person has to look at, oldest first, at most kListMax.
std::vector<Payment> list_problems(store::Tx& tx, ShopId shop);
// Something that a person has to look at; what stood there before stays.
Result<void> note_problem(store::Tx& tx, PaymentId payment, std::string_view code,
                          const Clock& clock);
// A person has looked at it.
Result<void> clear_problem(store::Tx& tx, PaymentId payment, const Clock& clock);

}  // namespace geili::payments
