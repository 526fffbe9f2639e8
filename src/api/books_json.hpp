#pragma once
// The co-operative's books as JSON, and as files.

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/money.hpp"
#include "catalog/shop.hpp"
#include "ledger/bank_account.hpp"
#include "ledger/statement.hpp"
#include "ledger/verify.hpp"
#include "net/http.hpp"
#include "store/tx.hpp"

namespace geili::api {

// What a shop and the co-operative are to each other now.
struct ShopBooks {
  Money balance;
  std::int64_t commission_basis_points = 0;
  bool has_bank_account = false;
};
ShopBooks shop_books(store::Tx& tx, const catalog::Shop& shop);
boost::json::object to_json(const ShopBooks& books);

// Money that may be below 0, as SignedMoney.
boost::json::object signed_money_json(std::int64_t minor, Currency currency);
boost::json::object head_json(const ledger::Head& head);
boost::json::object to_json(const ledger::Statement& statement);
boost::json::object to_json(const ledger::Earnings& earnings);
// The account number masked: the whole one is in the bank's file alone.
boost::json::object to_json(const ledger::BankDetails& details, Currency currency);

}  // namespace geili::api
