#include "flows/books.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>

#include "catalog/shop.hpp"
#include "ledger/commission.hpp"
#include "ledger/sale.hpp"
#include "ledger/settlement.hpp"

namespace geili::flows {
namespace {

constexpr std::string_view kSaleSource = "order";
constexpr std::string_view kRefundSource = "refund";
constexpr std::string_view kFeeSource = "fee";

ledger::Source source_of(const orders::Order& order) {
  return ledger::Source::of(kSaleSource, order.id);
}

Result<bool> is_demo(store::Tx& tx, ShopId shop) {
  auto terms = catalog::find_shop_terms(tx, shop);
  if (!terms) return fail_as(terms);
  return terms->demo;
}

// None when the order was never posted.
std::optional<ledger::SaleState> posted_sale(store::Tx& tx, const orders::Order& order) {
  auto sale = ledger::find_sale(tx, source_of(order));
  if (!sale) return std::nullopt;
  return *std::move(sale);
}

std::int64_t units_of(const orders::Order& order) {
  return std::accumulate(order.lines.begin(), order.lines.end(), std::int64_t{0},
                         [](std::int64_t sum, const auto& line) { return sum + line.quantity; });
}

std::unexpected<Error> reused() {
  return fail(ErrorKind::conflict, "ledger-source-reused",
              "The books have it with another amount, or from elsewhere.");
}

// What a coupon has lessened the sale by; in the shop's own words, as the books have no language.
std::string memo_of(const orders::Order& order) {
  if (order.discount.minor == 0) return "";
  return order.discount.title + " -" + to_string(Money{order.discount.minor, order.total.currency});
}

ledger::Sale sale_of(const orders::Order& order, const SaleMoney& money,
                     std::int64_t commission_basis_points, Instant now) {
  return {.source = source_of(order),
          .shop = order.shop,
          .show = order.show,
          .currency = order.total.currency,
          .split = {.gross_minor = order.total.minor,
                    .shipping_minor = money.shipping_minor,
                    .tax_minor = money.tax_minor,
                    .shipping_tax_minor = money.shipping_tax_minor,
                    .tax_is = ledger::TaxIs::included,
                    .provider_fee_minor = money.provider_fee_minor,
                    .commission_basis_points = commission_basis_points},
          .units = units_of(order),
          .reference = std::to_string(order.number),
          .memo = memo_of(order),
          .occurred_at = now};
}

// Prices as they were shown, with the tax in them.
std::int64_t goods_minor(const ledger::Paid& paid) {
  return paid.goods_minor + paid.goods_tax_minor;
}
std::int64_t shipping_minor(const ledger::Paid& paid) {
  return paid.shipping_minor + paid.shipping_tax_minor;
}

// What an entry of a refund gave back to the buyer.
std::int64_t given_back_minor(const ledger::Entry& entry) {
  std::int64_t sum_minor = 0;
  for (const ledger::Posting& posting : entry.postings) {
    const bool is_price = posting.purpose == ledger::Purpose::goods ||
                          posting.purpose == ledger::Purpose::shipping ||
                          posting.purpose == ledger::Purpose::tax;
    if (is_price) sum_minor += posting.amount_minor;
  }
  return sum_minor;
}

Result<void> done(Result<ledger::Posted> posted) {
  if (!posted) return fail_as(posted);
  return {};
}

}  // namespace

Result<void> record_sale(store::Tx& tx, const orders::Order& order, const SaleMoney& money,
                         Instant now) {
  auto demo = is_demo(tx, order.shop);
  if (!demo) return fail_as(demo);
  if (*demo || order.total.minor == 0) return {};
  ledger::lock_books(tx);
  // Not by the ledger's own comparison: the shop's share may have changed since.
  if (const auto before = posted_sale(tx, order)) {
    const bool is_same = before->provider == money.provider &&
                         before->sold.paid.total_minor() == order.total.minor &&
                         shipping_minor(before->sold.paid) == money.shipping_minor &&
                         before->sold.paid.tax_minor() == money.tax_minor &&
                         before->sold.fee_minor == money.provider_fee_minor;
    if (!is_same) return reused();
    return {};
  }
  const ledger::Sale sale =
      sale_of(order, money, ledger::commission_basis_points(tx, order.shop), now);
  return done(money.provider.empty() ? ledger::cash_received(tx, sale, now)
                                     : ledger::record_sale(tx, sale, money.provider, now));
}

Result<void> record_refund(store::Tx& tx, const orders::Order& order, const SaleRefund& refund,
                           Instant now) {
  auto demo = is_demo(tx, order.shop);
  if (!demo) return fail_as(demo);
  if (*demo) return {};
  ledger::lock_books(tx);
  const ledger::Source source{std::string(kRefundSource), refund.id};
  if (const auto before = ledger::find_entry(tx, source)) {
    if (given_back_minor(*before) != refund.amount_minor) return reused();
    return {};
  }
  auto sale = ledger::find_sale(tx, source_of(order));
  if (!sale) return fail_as(sale);
  const std::int64_t goods_left_minor = goods_minor(sale->sold.paid) - goods_minor(sale->back.paid);
  const std::int64_t of_goods_minor = std::min(refund.amount_minor, goods_left_minor);
  return done(ledger::record_refund(tx,
                                    {.source = source,
                                     .sale = source_of(order),
                                     .goods_minor = of_goods_minor,
                                     .shipping_minor = refund.amount_minor - of_goods_minor,
                                     .fee_returned_minor = refund.fee_returned_minor,
                                     .memo = "",
                                     .occurred_at = now},
                                    now));
}

Result<void> record_provider_fee(store::Tx& tx, const orders::Order& order, const ProviderFee& fee,
                                 Instant now) {
  auto demo = is_demo(tx, order.shop);
  if (!demo) return fail_as(demo);
  if (*demo) return {};
  ledger::lock_books(tx);
  const ledger::Source source{std::string(kFeeSource), fee.provider + "/" + fee.money_reference};
  // What the provider says later of the same money is settled with the provider, not here.
  if (ledger::find_entry(tx, source)) return {};
  return done(ledger::record_fee(tx,
                                 {.source = source,
                                  .provider = fee.provider,
                                  .amount = fee.fee,
                                  .shop = order.shop,
                                  .show = order.show,
                                  .reference = std::to_string(order.number),
                                  .memo = "",
                                  .occurred_at = now},
                                 now));
}

bool is_posted(store::Tx& tx, const orders::Order& order) {
  return posted_sale(tx, order).has_value();
}

}  // namespace geili::flows
