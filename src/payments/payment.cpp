#include "payments/payment.hpp"

#include "base/random.hpp"
#include "payments/payment_row.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 7> kStates{"created", "pending", "authorised", "paid",
                                                  "failed",  "expired", "cancelled"};
constexpr std::array<std::string_view, 4> kLates{"none", "undecided", "kept", "returned"};

std::optional<std::string_view> null_if_empty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Result<Payment> or_not_found(std::optional<Payment> found) {
  if (found) return *std::move(found);
  return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
}

bool is_open(const Payment& payment) {
  return !is_final(payment.state) || payment.state == State::paid || payment.late == Late::kept;
}

bool ended_without_money(State state) {
  return is_final(state) && state != State::paid;
}

}  // namespace

std::string_view to_text(State state) {
  return store::name_of(kStates, state);
}
std::optional<State> parse_state(std::string_view text) {
  return store::parse_name<State>(kStates, text);
}
bool is_final(State state) {
  return state >= State::paid;
}
std::string_view to_text(Late late) {
  return store::name_of(kLates, late);
}
std::optional<Late> parse_late(std::string_view text) {
  return store::parse_name<Late>(kLates, text);
}

Payment read_payment(const store::Row& row) {
  const auto quota = row.optional_integer(16);
  return {.id = row.id<PaymentId>(0),
          .order = row.id<OrderId>(1),
          .shop = row.id<ShopId>(2),
          .provider = row.string(3),
          .method = *parse_method(row.text(4)),
          .amount = {row.integer(5), store::stored_currency(row.text(6))},
          .state = store::stored<State>(kStates, row.text(7)),
          .received_minor = row.integer(8),
          .refunded_minor = row.integer(9),
          .late = store::stored<Late>(kLates, row.text(10)),
          .problem = row.optional_string(11).value_or(""),
          .idempotency_key = row.string(12),
          .provider_reference = row.optional_string(13).value_or(""),
          .customer_reference = row.optional_string(14).value_or(""),
          .money_reference = row.optional_string(15).value_or(""),
          .voucher_quota = quota ? std::optional(VoucherQuotaId{*quota}) : std::nullopt,
          .pay_until = row.optional_instant(17),
          .expires_at = row.optional_instant(18),
          .created_at = row.instant(19),
          .changed_at = row.instant(20)};
}

Result<Payment> create(store::Tx& tx, const NewPayment& payment, const Clock& clock) {
  if (payment.amount.minor < 1 || payment.amount.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/amount", "is not between 1 and 10^12 minor units"));
  }
  if (is_voucher(payment.method) && !payment.voucher_quota) {
    return fail(ErrorKind::conflict, "voucher-not-allowed", "Vouchers are not taken for this.");
  }
  const auto quota = is_voucher(payment.method) ? payment.voucher_quota : std::nullopt;
  if (quota) {
    if (auto taken = take_voucher(tx, *quota); !taken) return fail_as(taken);
  }
  const Instant now = clock.now();
  const auto hold = hold_time(payment.method, payment.hold_times);
  std::optional<Instant> pay_until;
  std::optional<Instant> expires_at;
  if (hold) {
    pay_until = now + hold->pay_within;
    expires_at = *pay_until + hold->grace;
  }
  auto created = tx.one(
      read_payment,
      "INSERT INTO payment (order_id, open_order_id, shop_id, provider, method,"
      " amount_minor, currency, state, received_minor, refunded_minor, late,"
      " idempotency_key, voucher_quota_id, pay_until, expires_at, created_at, changed_at)"
      " VALUES ($1, $1, $2, $3, $4, $5, $6, 'created', 0, 0, 'none', $7, $8, $9, $10, $11,"
      " $11) ON CONFLICT (open_order_id) DO NOTHING RETURNING " GEILI_PAYMENT_COLUMNS,
      payment.order, payment.shop, payment.provider, to_text(payment.method), payment.amount.minor,
      payment.amount.currency.code(), random_token(), quota, pay_until, expires_at, now);
  if (!created) {
    return fail(ErrorKind::conflict, "payment-in-progress",
                "Another payment of this order is under way or paid.");
  }
  return *std::move(created);
}

Result<Payment> find_payment(store::Tx& tx, PaymentId payment) {
  return or_not_found(
      tx.one(read_payment, "SELECT " GEILI_PAYMENT_COLUMNS " FROM payment WHERE id = $1", payment));
}

Result<Payment> find_by_key(store::Tx& tx, std::string_view idempotency_key) {
  return or_not_found(tx.one(
      read_payment, "SELECT " GEILI_PAYMENT_COLUMNS " FROM payment WHERE idempotency_key = $1",
      idempotency_key));
}

Result<Payment> find_by_provider_reference(store::Tx& tx, std::string_view provider,
                                           std::string_view provider_reference) {
  return or_not_found(tx.one(read_payment,
                             "SELECT " GEILI_PAYMENT_COLUMNS
                             " FROM payment WHERE provider = $1 AND provider_reference = $2",
                             provider, provider_reference));
}

std::vector<Payment> list_by_order(store::Tx& tx, OrderId order) {
  std::vector<Payment> list;
  tx.each([&](const store::Row& row) { list.push_back(read_payment(row)); },
          "SELECT " GEILI_PAYMENT_COLUMNS " FROM payment WHERE order_id = $1 ORDER BY id LIMIT $2",
          order, kListMax);
  return list;
}

std::vector<Payment> list_problems(store::Tx& tx, ShopId shop) {
  std::vector<Payment> list;
  tx.each([&](const store::Row& row) { list.push_back(read_payment(row)); },
          "SELECT " GEILI_PAYMENT_COLUMNS
          " FROM payment WHERE shop_id = $1 AND problem IS NOT NULL ORDER BY id LIMIT $2",
          shop, kListMax);
  return list;
}

Result<void> note_problem(store::Tx& tx, PaymentId id, std::string_view code, const Clock& clock) {
  auto payment = find_payment(tx, id);
  if (!payment) return fail_as(payment);
  const Payment before = *payment;
  if (payment->problem.empty()) payment->problem = code;
  return save(tx, before, *payment, clock.now());
}

Result<void> clear_problem(store::Tx& tx, PaymentId payment, const Clock& clock) {
  if (tx.exec("UPDATE payment SET problem = NULL, changed_at = $2 WHERE id = $1", payment,
              clock.now()) == 0) {
    return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
  }
  return {};
}

Result<void> save(store::Tx& tx, const Payment& before, Payment& after, Instant now) {
  const bool changed =
      before.state != after.state || before.received_minor != after.received_minor ||
      before.refunded_minor != after.refunded_minor || before.late != after.late ||
      before.problem != after.problem || before.provider_reference != after.provider_reference ||
      before.customer_reference != after.customer_reference ||
      before.money_reference != after.money_reference;
  if (!changed) return {};
  after.changed_at = now;
  const auto open = is_open(after) ? std::optional(after.order) : std::nullopt;
  if (tx.exec("UPDATE payment SET state = $2, received_minor = $3, refunded_minor = $4, late = $5,"
              " problem = $6, provider_reference = $7, customer_reference = $8,"
              " money_reference = $9, open_order_id = $10, changed_at = $11"
              " WHERE id = $1 AND state = $12 AND received_minor = $13 AND refunded_minor = $14"
              " AND late = $15",
              after.id, to_text(after.state), after.received_minor, after.refunded_minor,
              to_text(after.late), null_if_empty(after.problem),
              null_if_empty(after.provider_reference), null_if_empty(after.customer_reference),
              null_if_empty(after.money_reference), open, now, to_text(before.state),
              before.received_minor, before.refunded_minor, to_text(before.late)) == 0) {
    return fail(ErrorKind::conflict, "payment-changed", "The payment has changed meanwhile.");
  }
  if (after.voucher_quota && !is_final(before.state) && ended_without_money(after.state)) {
    give_voucher_back(tx, *after.voucher_quota);
  }
  return {};
}

}  // namespace geili::payments
