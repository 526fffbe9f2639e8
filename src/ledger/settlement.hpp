#pragma once
// What moves between the co-operative's own accounts, and corrections. Idempotent by source like
// sale.hpp; all functions run inside the caller's transaction.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "ledger/entry.hpp"
#include "ledger/split.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

struct Settlement {
  Source source;  // ("settlement", "po_9")
  std::string provider;
  Money amount;                // that has arrived at the bank
  std::int64_t fee_minor = 0;  // that the provider took before; the co-operative's expense
  std::string reference;
  std::string memo;
  Instant occurred_at;
};
// A provider has sent what it held. Fails with invalid-field, ledger-source-reused,
// ledger-account-full.
Result<Posted> record_provider_settlement(store::Tx& tx, const Settlement& settlement, Instant now);

struct Fee {
  Source source;
  std::string provider;
  Money amount;
  std::optional<ShopId> shop;  // whose household bears it; none: the co-operative
  std::optional<ShowId> show;  // whose earnings() it lessens
  std::string reference;
  std::string memo;
  Instant occurred_at;
};
// A provider's fee that no sale was posted with. Fails likewise.
Result<Posted> record_fee(store::Tx& tx, const Fee& fee, Instant now);

enum class PaidInto : std::uint8_t { bank, cash };
struct SellerPayment {
  Source source;
  ShopId shop;
  Money amount;
  PaidInto into = PaidInto::bank;
  std::string reference;
  std::string memo;
  Instant occurred_at;
};
// A household pays what it owes, for example the commission on cash sales. Fails likewise.
Result<Posted> record_seller_payment(store::Tx& tx, const SellerPayment& payment, Instant now);

struct Adjustment {
  Source source;
  ShopId shop;
  Money amount;      // above 0: to the household; below 0: from it
  std::string memo;  // must say why
  std::string reference;
  Instant occurred_at;
};
// What nothing else describes, agreed with the household. Fails likewise.
Result<Posted> record_adjustment(store::Tx& tx, const Adjustment& adjustment, Instant now);

// Posts the mirror of a settlement, fee, payment or adjustment that was wrong, once: a second call
// returns the first reversal. Sales are undone by refunds, payouts by their lines. Fails with
// ledger-entry-not-found, ledger-entry-not-reversible, invalid-field.
Result<Posted> reverse_entry(store::Tx& tx, EntryNumber entry, std::string_view memo, Instant now);

}  // namespace geili::ledger
