#include "ledger/sale.hpp"

#include <algorithm>

#include "ledger/sale_row.hpp"
#include "store/canon.hpp"

namespace geili::ledger {
namespace {

void check_texts(FieldErrors& errors, const Sale& sale) {
  errors.text(sale.reference, {.max_length = kReferenceMax}, "/reference");
  errors.text(sale.memo, {.max_length = kMemoMax}, "/memo");
}

Bytes request_hash(const Sale& sale, std::string_view provider) {
  const SaleSplit& split = sale.split;
  return store::Canon{}
      .add("sale")
      .add(provider)
      .add(sale.shop.value)
      .add(sale.show.value_or(ShowId{}).value)
      .add(sale.currency.code())
      .add(split.gross_minor)
      .add(split.shipping_minor)
      .add(split.tax_minor)
      .add(split.shipping_tax_minor)
      .add(to_text(split.tax_is))
      .add(split.provider_fee_minor)
      .add(split.commission_basis_points)
      .add(to_text(split.shipping_to))
      .add(to_text(split.tax_to))
      .add(to_text(split.fee_from))
      .add(sale.units)
      .sha256();
}

std::vector<Move> sale_moves(const Sale& sale, std::string_view provider, const SaleParts& parts) {
  const AccountKey money = money_account(sale.shop, provider, sale.currency);
  const AccountKey payable = payable_account(sale.shop, sale.currency);
  std::vector<Move> moves{
      {Purpose::goods, money, payable, parts.paid.goods_minor},
      {Purpose::shipping, money,
       party_account(sale.split.shipping_to, AccountKind::shipping_income, sale.shop,
                     sale.currency),
       parts.paid.shipping_minor},
      {Purpose::tax, money,
       party_account(sale.split.tax_to, AccountKind::tax_payable, sale.shop, sale.currency),
       parts.paid.tax_minor()},
      {Purpose::commission, payable,
       cooperative_account(AccountKind::commission_income, sale.currency), parts.commission_minor}};
  if (provider.empty()) {
    moves.push_back({Purpose::cash_kept, payable, money, parts.paid.total_minor()});
  } else {
    moves.push_back({Purpose::provider_fee,
                     fee_account(sale.split.fee_from, sale.shop, provider, sale.currency), money,
                     parts.fee_minor});
  }
  return moves;
}

Result<Posted> record(store::Tx& tx, const Sale& sale, std::string_view provider,
                      FieldErrors errors, Instant now) {
  check_source(errors, sale.source, "/source");
  check_texts(errors, sale);
  if (sale.shop.value < 1) errors.add("/shop_id", "is not a shop");
  if (sale.units < 0 || sale.units > kUnitsMax)
    errors.add("/units", "is not between 0 and 1000000");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  auto parts = split_sale(sale.split);
  if (!parts) return fail_as(parts);
  Bytes hash = request_hash(sale, provider);
  lock_books(tx);
  auto before = find_posted(tx, sale.source, hash);
  if (!before) return fail_as(before);
  if (*before) return **before;
  auto posted = post(tx,
                     {.kind = EntryKind::sale,
                      .source = sale.source,
                      .request_hash = std::move(hash),
                      .show = sale.show,
                      .currency = sale.currency,
                      .reference = sale.reference,
                      .memo = sale.memo,
                      .occurred_at = sale.occurred_at,
                      .moves = sale_moves(sale, provider, *parts)},
                     now);
  if (!posted) return posted;
  insert_sale(tx, posted->number, sale, provider, *parts);
  return posted;
}

}  // namespace

Result<Posted> record_sale(store::Tx& tx, const Sale& sale, std::string_view provider,
                           Instant now) {
  FieldErrors errors;
  check_provider(errors, provider, "/provider");
  return record(tx, sale, provider, std::move(errors), now);
}

Result<Posted> cash_received(store::Tx& tx, const Sale& sale, Instant now) {
  FieldErrors errors;
  if (sale.split.provider_fee_minor != 0) {
    errors.add("/provider_fee_minor", "is not 0, and no provider was there");
  }
  return record(tx, sale, "", std::move(errors), now);
}

}  // namespace geili::ledger
