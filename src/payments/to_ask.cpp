#include "payments/to_ask.hpp"

#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::payments {
namespace {

#define GEILI_ASK_COLUMNS                                                                        \
  "id, serial, shop_id, attempts, provider, kind, idempotency_key, payment_id, method,"          \
  " amount_minor, currency, reference, provider_reference, customer_reference, money_reference," \
  " pay_until, made_at, description, buyer_name, buyer_email, return_url"

template <class Enum>
Enum known(std::optional<Enum> value) {
  if (!value) throw store::StoreFailure("unknown word in payment_ask");
  return *value;
}

ToAsk read(const store::Row& row) {
  ToAsk found{.id = row.integer(0),
              .serial = row.integer(1),
              .shop = row.id<ShopId>(2),
              .attempts = static_cast<int>(row.integer(3))};
  Ask& ask = found.ask;
  ask.provider = row.string(4);
  ask.kind = known(parse_ask_kind(row.text(5)));
  ask.idempotency_key = row.string(6);
  ask.payment = row.optional_id<PaymentId>(7).value_or(PaymentId{});
  ask.method = known(parse_method(row.text(8)));
  if (!row.is_null(9)) ask.amount = Money{row.integer(9), store::stored_currency(row.text(10))};
  ask.reference = row.string(11);
  ask.provider_reference = row.string(12);
  ask.customer_reference = row.string(13);
  ask.money_reference = row.string(14);
  ask.pay_until = row.optional_instant(15);
  ask.made_at = row.instant(16);
  ask.purchase = {.description = row.string(17),
                  .buyer_name = row.string(18),
                  .buyer_email = row.string(19),
                  .return_url = row.string(20)};
  return found;
}

ToAsk insert(store::Tx& tx, ShopId shop, const Ask& ask, int attempts, Instant due_at) {
  const auto payment = ask.payment ? std::optional(ask.payment) : std::nullopt;
  const auto minor = ask.amount ? std::optional(ask.amount->minor) : std::nullopt;
  const auto currency =
      ask.amount ? std::optional<std::string>(ask.amount->currency.code()) : std::nullopt;
  return *tx.one(
      read,
      "INSERT INTO payment_ask (shop_id, provider, kind, idempotency_key, payment_id, method,"
      " amount_minor, currency, reference, provider_reference, customer_reference,"
      " money_reference, pay_until, made_at, description, buyer_name, buyer_email, return_url,"
      " attempts, serial, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
      " $14, $15, $16, $17, $18, $19, 1, $20)"
      " ON CONFLICT (shop_id, provider, kind, idempotency_key) DO UPDATE SET"
      " serial = payment_ask.serial + 1, attempts = excluded.attempts, due_at = excluded.due_at,"
      " provider_reference = excluded.provider_reference,"
      " customer_reference = excluded.customer_reference"
      " RETURNING " GEILI_ASK_COLUMNS,
      shop, ask.provider, to_text(ask.kind), ask.idempotency_key, payment, to_text(ask.method),
      minor, currency, ask.reference, ask.provider_reference, ask.customer_reference,
      ask.money_reference, ask.pay_until, ask.made_at, ask.purchase.description,
      ask.purchase.buyer_name, ask.purchase.buyer_email, ask.purchase.return_url, attempts, due_at);
}

}  // namespace

void want(store::Tx& tx, ShopId shop, const Ask& ask, Instant now) {
  insert(tx, shop, ask, 0, now);
}

ToAsk want_and_take(store::Tx& tx, ShopId shop, const Ask& ask, Instant now) {
  return insert(tx, shop, ask, 1, now + kAskLease);
}

bool is_any_due(store::Tx& tx, Instant now) {
  return tx.integer("SELECT id FROM payment_ask WHERE due_at <= $1 LIMIT 1", now).has_value();
}

std::vector<ToAsk> take_due_asks(store::Tx& tx, std::int64_t count, Instant now) {
  std::vector<ToAsk> taken;
  tx.each([&](const store::Row& row) { taken.push_back(read(row)); },
          "UPDATE payment_ask SET attempts = attempts + 1, due_at = $2 WHERE id IN"
          " (SELECT id FROM payment_ask WHERE due_at <= $1 ORDER BY due_at, id LIMIT $3)"
          // Once more: another process may have taken it while this one waited for its row.
          " AND due_at <= $1 RETURNING " GEILI_ASK_COLUMNS,
          now, now + kAskLease, count);
  return taken;
}

void forget(store::Tx& tx, const ToAsk& asked) {
  tx.exec("DELETE FROM payment_ask WHERE id = $1 AND serial = $2", asked.id, asked.serial);
}

void postpone(store::Tx& tx, const ToAsk& asked, Instant until) {
  tx.exec("UPDATE payment_ask SET due_at = $3 WHERE id = $1 AND serial = $2", asked.id,
          asked.serial, until);
}

}  // namespace geili::payments
