#pragma once
// The accounts of the co-operative's books. A debit adds to what the co-operative has (bank, cash,
// clearing) and spends (fees), a credit to what it owes (sellers, tax) and earns (commission).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

using AccountId = Id<struct LedgerAccountTag>;

inline constexpr std::size_t kProviderMax = 32;  // bytes
// No account may gather more than this on one side.
inline constexpr std::int64_t kAccountMinorMax = 4'000'000'000'000'000'000;

enum class AccountKind : std::uint8_t {
  seller_payable,     // what a shop's household is owed; negative: it owes
  household_cash,     // cash that the household took from buyers and has not been set off
  commission_income,  // the co-operative's commission
  shipping_income,    // shipping that the co-operative carries out
  fee_expense,        // fees of a provider that the co-operative bears
  tax_payable,        // tax that the co-operative remits
  provider_clearing,  // what a payment provider holds for the co-operative
  provider_disputes,  // what a provider keeps back until a dispute is decided
  bank,
  cash,
  payouts_in_transit,  // handed to the bank and not confirmed
  adjustments,         // the other side of corrections
};
std::string_view to_text(AccountKind kind);
AccountKind stored_account_kind(std::string_view text);

// What names an account. `shop` is set for the kinds of a household and 0 for the others;
// `provider` is set for those of a provider and empty for the others (asserted by make_key).
struct AccountKey {
  AccountKind kind;
  ShopId shop;
  std::string provider;
  Currency currency;
  friend bool operator==(const AccountKey&, const AccountKey&) = default;
};
AccountKey cooperative_account(AccountKind kind, Currency currency);
AccountKey shop_account(AccountKind kind, ShopId shop, Currency currency);
AccountKey provider_account(AccountKind kind, std::string_view provider, Currency currency);

struct Account {
  AccountId id;
  AccountKey key;
  std::int64_t debits_minor = 0;
  std::int64_t credits_minor = 0;
  std::int64_t balance_minor() const { return debits_minor - credits_minor; }
};

std::optional<Account> find_account(store::Tx& tx, const AccountKey& key);
// Opens it when it is not there.
Account open_account(store::Tx& tx, const AccountKey& key, Instant now);
// In order of opening. Fails with bad-cursor, invalid-field.
Result<Page<Account>> list_accounts(store::Tx& tx, const PageRequest& page);

// What the household is owed; negative when it owes.
Money seller_balance(store::Tx& tx, ShopId shop, Currency currency);

// The columns that read_account() takes, in their order. A macro, since a statement is one constant
// text.
#define GEILI_ACCOUNT_COLUMNS "id, kind, shop_id, provider, currency, debits_minor, credits_minor"
Account read_account(const store::Row& row);

}  // namespace geili::ledger
