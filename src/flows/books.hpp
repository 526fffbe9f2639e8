#pragma once
// What sales mean for the co-operative's books, posted in the transaction of the sale itself. An
// order is one sale, whose source is ("order", id); sales of demo shops are never posted. Errors
// are those of ledger/sale.hpp. Who posts holds the lock of the books until the transaction ends.

#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "orders/order.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// How the money of an order came, and what of its total is not the price of goods. All of it is in
// minor units of the order's currency; `tax_minor` is part of the prices.
struct SaleMoney {
  std::string provider;  // who holds the money; empty: cash in the household's hand
  std::int64_t shipping_minor = 0;
  std::int64_t tax_minor = 0;
  std::int64_t shipping_tax_minor = 0;  // of the tax, what lies on shipping
  std::int64_t provider_fee_minor = 0;
};

// The order's total has been paid. Posts its sale with the commission that is set for the shop
// now. Again with the same money changes nothing; with other money fails with
// ledger-source-reused. An order for nothing is not posted.
Result<void> record_sale(store::Tx& tx, const orders::Order& order, const SaleMoney& money,
                         Instant now);

struct SaleRefund {
  std::string id;                       // of the refund; with it repeating changes nothing
  std::int64_t amount_minor = 0;        // of goods first, then of shipping
  std::int64_t fee_returned_minor = 0;  // what the provider gives back of its fee
};
// Money went back to the buyer the way it came. Fails with ledger-sale-not-found when the order was
// never posted.
Result<void> record_refund(store::Tx& tx, const orders::Order& order, const SaleRefund& refund,
                           Instant now);

// What a provider keeps of the money of an order: its household bears it. Told again it changes
// nothing.
struct ProviderFee {
  std::string provider;
  std::string money_reference;  // the provider's name for the money
  Money fee;
};
Result<void> record_provider_fee(store::Tx& tx, const orders::Order& order, const ProviderFee& fee,
                                 Instant now);

bool is_posted(store::Tx& tx, const orders::Order& order);

}  // namespace geili::flows
