#pragma once
// Rows of ledger_sale and ledger_refund, and the sides that the files about sales share.

#include "ledger/sale.hpp"

namespace geili::ledger {

void insert_sale(store::Tx& tx, EntryNumber number, const Sale& sale, std::string_view provider,
                 const SaleParts& parts);

// Notes on the sale what the refund or clawback gave back of it.
void insert_refund(store::Tx& tx, EntryNumber number, const SaleState& sale, const SaleParts& back);

void insert_dispute(store::Tx& tx, EntryNumber dispute, EntryNumber sale);
// The sale that a dispute is about.
EntryNumber sale_of_dispute(store::Tx& tx, EntryNumber dispute);

// Where a sale's money comes in: the provider's clearing or the household's cash.
AccountKey money_account(ShopId shop, std::string_view provider, Currency currency);
AccountKey payable_account(ShopId shop, Currency currency);
// The seller's payable, or the co-operative's own account of that kind.
AccountKey party_account(Party party, AccountKind cooperative, ShopId shop, Currency currency);
AccountKey fee_account(Party party, ShopId shop, std::string_view provider, Currency currency);

}  // namespace geili::ledger
