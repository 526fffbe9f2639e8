#include "api/books_json.hpp"

#include <boost/json.hpp>

#include "api/encode.hpp"
#include "base/bytes.hpp"
#include "ledger/account.hpp"
#include "ledger/commission.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;

json::string word(std::string_view text) {
  return json::string(text);
}

json::object to_json(const ledger::StatementLine& line) {
  return {{"entry", line.entry.value},
          {"kind", word(ledger::to_text(line.kind))},
          {"purpose", word(ledger::to_text(line.purpose))},
          {"reference", line.reference},
          {"memo", line.memo},
          {"occurred_at", instant_json(line.occurred_at)},
          {"posted_at", instant_json(line.posted_at)},
          {"amount_minor", line.amount_minor},
          {"balance_minor", line.balance_minor}};
}

json::object to_json(const ledger::StatementTotals& totals) {
  return {{"sales_minor", totals.sales_minor},
          {"refunds_minor", totals.refunds_minor},
          {"commission_minor", totals.commission_minor},
          {"fees_minor", totals.fees_minor},
          {"cash_kept_minor", totals.cash_kept_minor},
          {"payouts_minor", totals.payouts_minor},
          {"other_minor", totals.other_minor}};
}

}  // namespace

ShopBooks shop_books(store::Tx& tx, const catalog::Shop& shop) {
  return {.balance = ledger::seller_balance(tx, shop.id, shop.currency),
          .commission_basis_points = ledger::commission_basis_points(tx, shop.id),
          .has_bank_account = ledger::find_bank_details(tx, shop.id, shop.currency).has_value()};
}

json::object to_json(const ShopBooks& books) {
  return {{"balance", signed_money_json(books.balance.minor, books.balance.currency)},
          {"commission_basis_points", books.commission_basis_points},
          {"has_bank_account", books.has_bank_account}};
}

json::object signed_money_json(std::int64_t minor, Currency currency) {
  return {{"minor", minor}, {"currency", word(currency.code())}};
}

json::object head_json(const ledger::Head& head) {
  return {{"number", head.number.value}, {"hash", to_hex(head.hash)}};
}

json::object to_json(const ledger::Statement& statement) {
  json::array lines;
  lines.reserve(statement.lines.size());
  for (const ledger::StatementLine& line : statement.lines) lines.push_back(to_json(line));
  return {{"shop_id", id_json(statement.shop)},       {"currency", word(statement.currency.code())},
          {"from", instant_json(statement.from)},     {"to", instant_json(statement.to)},
          {"opening_minor", statement.opening_minor}, {"closing_minor", statement.closing_minor},
          {"totals", to_json(statement.totals)},      {"lines", std::move(lines)},
          {"books", head_json(statement.books)}};
}

json::object to_json(const ledger::Earnings& earnings) {
  return {{"currency", word(earnings.currency.code())},
          {"orders", earnings.orders},
          {"units", earnings.units},
          {"gross_minor", earnings.gross_minor},
          {"shipping_minor", earnings.shipping_minor},
          {"tax_minor", earnings.tax_minor},
          {"refunds_minor", earnings.refunds_minor},
          {"commission_minor", earnings.commission_minor},
          {"provider_fees_minor", earnings.provider_fees_minor},
          {"net_minor", earnings.net_minor}};
}

json::object to_json(const ledger::BankDetails& details, Currency currency) {
  return {{"beneficiary", details.beneficiary},
          {"scheme", word(ledger::to_text(details.scheme))},
          {"account_masked", ledger::masked_account(details.account)},
          {"bank", details.bank},
          {"currency", word(currency.code())}};
}

}  // namespace geili::api
