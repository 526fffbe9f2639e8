#include "ledger/account.hpp"

#include <array>
#include <cassert>

#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::ledger {
namespace {

using store::name_of;
using store::stored;

constexpr std::array<std::string_view, 12> kKinds{
    "seller_payable", "household_cash", "commission_income",  "shipping_income",
    "fee_expense",    "tax_payable",    "provider_clearing",  "provider_disputes",
    "bank",           "cash",           "payouts_in_transit", "adjustments"};

bool is_of_shop(AccountKind kind) {
  return kind == AccountKind::seller_payable || kind == AccountKind::household_cash;
}

bool is_of_provider(AccountKind kind) {
  return kind == AccountKind::provider_clearing || kind == AccountKind::provider_disputes ||
         kind == AccountKind::fee_expense;
}

}  // namespace

std::string_view to_text(AccountKind kind) {
  return name_of(kKinds, kind);
}

AccountKind stored_account_kind(std::string_view text) {
  return stored<AccountKind>(kKinds, text);
}

AccountKey cooperative_account(AccountKind kind, Currency currency) {
  assert(!is_of_shop(kind) && !is_of_provider(kind));
  return {kind, ShopId{}, "", currency};
}

AccountKey shop_account(AccountKind kind, ShopId shop, Currency currency) {
  assert(is_of_shop(kind) && shop.value > 0);
  return {kind, shop, "", currency};
}

AccountKey provider_account(AccountKind kind, std::string_view provider, Currency currency) {
  assert(is_of_provider(kind) && !provider.empty());
  return {kind, ShopId{}, std::string(provider), currency};
}

Account read_account(const store::Row& row) {
  return {.id = row.id<AccountId>(0),
          .key = {stored_account_kind(row.text(1)), row.id<ShopId>(2), row.string(3),
                  store::stored_currency(row.text(4))},
          .debits_minor = row.integer(5),
          .credits_minor = row.integer(6)};
}

std::optional<Account> find_account(store::Tx& tx, const AccountKey& key) {
  return tx.one(read_account,
                "SELECT " GEILI_ACCOUNT_COLUMNS
                " FROM ledger_account"
                " WHERE kind = $1 AND shop_id = $2 AND provider = $3 AND currency = $4",
                to_text(key.kind), key.shop, key.provider, key.currency.code());
}

Account open_account(store::Tx& tx, const AccountKey& key, Instant now) {
  if (auto found = find_account(tx, key)) return *std::move(found);
  tx.exec(
      "INSERT INTO ledger_account (kind, shop_id, provider, currency, opened_at)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, shop_id, provider, currency) DO NOTHING",
      to_text(key.kind), key.shop, key.provider, key.currency.code(), now);
  return *find_account(tx, key);
}

Result<Page<Account>> list_accounts(store::Tx& tx, const PageRequest& page) {
  constexpr std::string_view kList = "accounts";
  auto start = page_start(kList, page, {0});
  if (!start) return fail_as(start);
  Page<Account> found;
  tx.each([&](const store::Row& row) { found.items.push_back(read_account(row)); },
          "SELECT " GEILI_ACCOUNT_COLUMNS " FROM ledger_account WHERE id > $1 ORDER BY id LIMIT $2",
          start->front(), page.limit + 1);
  end_page(found, kList, page, [](const Account& account) { return std::array{account.id.value}; });
  return found;
}

Money seller_balance(store::Tx& tx, ShopId shop, Currency currency) {
  const auto account = find_account(tx, shop_account(AccountKind::seller_payable, shop, currency));
  return {account ? -account->balance_minor() : 0, currency};
}

}  // namespace geili::ledger
