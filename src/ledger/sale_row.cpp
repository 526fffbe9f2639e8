#include "ledger/sale_row.hpp"

#include "store/currency.hpp"

namespace geili::ledger {
namespace {

SaleState read_sale(const store::Row& row) {
  const auto show = row.optional_integer(2);
  return {.number = row.id<EntryNumber>(0),
          .shop = row.id<ShopId>(1),
          .show = show ? std::optional(ShowId{*show}) : std::nullopt,
          .currency = store::stored_currency(row.text(3)),
          .units = row.integer(4),
          .provider = row.string(5),
          .shipping_to = stored_party(row.text(6)),
          .tax_to = stored_party(row.text(7)),
          .fee_from = stored_party(row.text(8)),
          .tax_is = stored_tax_is(row.text(9)),
          .sold = {{row.integer(10), row.integer(11), row.integer(12), row.integer(13)},
                   row.integer(14),
                   row.integer(15)},
          .back = {{row.integer(16), row.integer(17), row.integer(18), row.integer(19)},
                   row.integer(20),
                   row.integer(21)},
          .reference = row.string(22)};
}

}  // namespace

Result<SaleState> find_sale(store::Tx& tx, const Source& sale) {
  auto found =
      tx.one(read_sale,
             "SELECT s.entry_number, s.shop_id, s.show_id, e.currency, s.units, s.provider,"
             " s.shipping_to, s.tax_to, s.fee_from, s.tax_is, s.goods_minor, s.goods_tax_minor,"
             " s.shipping_minor, s.shipping_tax_minor, s.commission_minor, s.fee_minor,"
             " s.goods_back_minor, s.goods_tax_back_minor, s.shipping_back_minor,"
             " s.shipping_tax_back_minor, s.commission_back_minor, s.fee_back_minor, e.reference"
             " FROM ledger_sale s JOIN ledger_entry e ON e.number = s.entry_number"
             " WHERE e.source_kind = $1 AND e.source_id = $2",
             sale.kind, sale.id);
  if (!found) {
    return fail(ErrorKind::not_found, "ledger-sale-not-found", "The books have no such sale.");
  }
  return *std::move(found);
}

void insert_sale(store::Tx& tx, EntryNumber number, const Sale& sale, std::string_view provider,
                 const SaleParts& parts) {
  tx.exec(
      "INSERT INTO ledger_sale (entry_number, shop_id, show_id, units, provider, shipping_to,"
      " tax_to, fee_from, tax_is, goods_minor, goods_tax_minor, shipping_minor,"
      " shipping_tax_minor, commission_minor, fee_minor)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      number, sale.shop, sale.show, sale.units, provider, to_text(sale.split.shipping_to),
      to_text(sale.split.tax_to), to_text(sale.split.fee_from), to_text(sale.split.tax_is),
      parts.paid.goods_minor, parts.paid.goods_tax_minor, parts.paid.shipping_minor,
      parts.paid.shipping_tax_minor, parts.commission_minor, parts.fee_minor);
}

void insert_refund(store::Tx& tx, EntryNumber number, const SaleState& sale,
                   const SaleParts& back) {
  tx.exec(
      "INSERT INTO ledger_refund (entry_number, sale_number, goods_minor, goods_tax_minor,"
      " shipping_minor, shipping_tax_minor, commission_minor, fee_minor)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      number, sale.number, back.paid.goods_minor, back.paid.goods_tax_minor,
      back.paid.shipping_minor, back.paid.shipping_tax_minor, back.commission_minor,
      back.fee_minor);
  // The row's CHECKs refuse to give back more than there was.
  tx.exec(
      "UPDATE ledger_sale SET goods_back_minor = goods_back_minor + $2,"
      " goods_tax_back_minor = goods_tax_back_minor + $3,"
      " shipping_back_minor = shipping_back_minor + $4,"
      " shipping_tax_back_minor = shipping_tax_back_minor + $5,"
      " commission_back_minor = commission_back_minor + $6,"
      " fee_back_minor = fee_back_minor + $7 WHERE entry_number = $1",
      sale.number, back.paid.goods_minor, back.paid.goods_tax_minor, back.paid.shipping_minor,
      back.paid.shipping_tax_minor, back.commission_minor, back.fee_minor);
}

void insert_dispute(store::Tx& tx, EntryNumber dispute, EntryNumber sale) {
  tx.exec("INSERT INTO ledger_dispute (entry_number, sale_number) VALUES ($1, $2)", dispute, sale);
}

EntryNumber sale_of_dispute(store::Tx& tx, EntryNumber dispute) {
  return EntryNumber{
      tx.integer("SELECT sale_number FROM ledger_dispute WHERE entry_number = $1", dispute)
          .value_or(0)};
}

AccountKey money_account(ShopId shop, std::string_view provider, Currency currency) {
  return provider.empty() ? shop_account(AccountKind::household_cash, shop, currency)
                          : provider_account(AccountKind::provider_clearing, provider, currency);
}

AccountKey payable_account(ShopId shop, Currency currency) {
  return shop_account(AccountKind::seller_payable, shop, currency);
}

AccountKey party_account(Party party, AccountKind cooperative, ShopId shop, Currency currency) {
  return party == Party::seller ? payable_account(shop, currency)
                                : cooperative_account(cooperative, currency);
}

AccountKey fee_account(Party party, ShopId shop, std::string_view provider, Currency currency) {
  return party == Party::seller ? payable_account(shop, currency)
                                : provider_account(AccountKind::fee_expense, provider, currency);
}

}  // namespace geili::ledger
