#include "ledger/split.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

#include "base/field_errors.hpp"
#include "base/money.hpp"
#include "ledger/entry.hpp"
#include "store/names.hpp"

namespace geili::ledger {
namespace {

using store::name_of;
using store::stored;

constexpr std::array<std::string_view, 2> kParties{"seller", "cooperative"};
constexpr std::array<std::string_view, 2> kTaxIs{"included", "added"};

// One price of the sale, goods or shipping.
struct Priced {
  std::int64_t net_minor;
  std::int64_t tax_minor;
  std::int64_t shown_minor(TaxIs tax_is) const {
    return tax_is == TaxIs::included ? net_minor + tax_minor : net_minor;
  }
};

// What has gone back once prices of `shown_minor` in all have.
Priced gone_back(const Priced& sold, TaxIs tax_is, std::int64_t shown_minor) {
  if (tax_is == TaxIs::added) {
    return {shown_minor, share_of(sold.tax_minor, shown_minor, sold.net_minor)};
  }
  const std::int64_t tax_minor =
      share_of(sold.tax_minor, shown_minor, sold.net_minor + sold.tax_minor);
  return {shown_minor - tax_minor, tax_minor};
}

Priced part_of_price(const Priced& sold, const Priced& back, TaxIs tax_is,
                     std::int64_t shown_minor) {
  const Priced after = gone_back(sold, tax_is, back.shown_minor(tax_is) + shown_minor);
  // Part of it may have gone back in another proportion (a clawback): then what is left bounds it.
  const std::int64_t tax_minor = std::clamp<std::int64_t>(after.tax_minor - back.tax_minor, 0,
                                                          sold.tax_minor - back.tax_minor);
  if (tax_is == TaxIs::added) return {shown_minor, tax_minor};
  const std::int64_t net_minor =
      std::min(std::max<std::int64_t>(shown_minor - tax_minor, 0), sold.net_minor - back.net_minor);
  return {net_minor, shown_minor - net_minor};
}

}  // namespace

std::string_view to_text(Party party) {
  return name_of(kParties, party);
}

Party stored_party(std::string_view text) {
  return stored<Party>(kParties, text);
}

std::string_view to_text(TaxIs tax_is) {
  return name_of(kTaxIs, tax_is);
}

TaxIs stored_tax_is(std::string_view text) {
  return stored<TaxIs>(kTaxIs, text);
}

Paid operator+(const Paid& a, const Paid& b) {
  return {a.goods_minor + b.goods_minor, a.goods_tax_minor + b.goods_tax_minor,
          a.shipping_minor + b.shipping_minor, a.shipping_tax_minor + b.shipping_tax_minor};
}

Paid operator-(const Paid& a, const Paid& b) {
  return {a.goods_minor - b.goods_minor, a.goods_tax_minor - b.goods_tax_minor,
          a.shipping_minor - b.shipping_minor, a.shipping_tax_minor - b.shipping_tax_minor};
}

Result<SaleParts> split_sale(const SaleSplit& split) {
  FieldErrors errors;
  check_amount(errors, split.gross_minor, 0, "/gross_minor");
  check_amount(errors, split.shipping_minor, 0, "/shipping_minor");
  check_amount(errors, split.tax_minor, 0, "/tax_minor");
  check_amount(errors, split.shipping_tax_minor, 0, "/shipping_tax_minor");
  check_amount(errors, split.provider_fee_minor, 0, "/provider_fee_minor");
  if (split.commission_basis_points < 0 || split.commission_basis_points > kBasisPointsAll) {
    errors.add("/commission_basis_points", "is not between 0 and 10000");
  }
  if (!errors.empty()) return fail(std::move(errors).check().error());
  const bool included = split.tax_is == TaxIs::included;
  const std::int64_t goods_tax_minor = split.tax_minor - split.shipping_tax_minor;
  const SaleParts parts{
      .paid = {.goods_minor =
                   split.gross_minor - split.shipping_minor - (included ? goods_tax_minor : 0),
               .goods_tax_minor = goods_tax_minor,
               .shipping_minor = split.shipping_minor - (included ? split.shipping_tax_minor : 0),
               .shipping_tax_minor = split.shipping_tax_minor},
      .fee_minor = split.provider_fee_minor};
  if (split.shipping_minor > split.gross_minor) errors.add("/shipping_minor", "is more than all");
  if (goods_tax_minor < 0) errors.add("/shipping_tax_minor", "is more than all tax");
  if (parts.paid.goods_minor < 0 || parts.paid.shipping_minor < 0) {
    errors.add("/tax_minor", "is more than the price it lies in");
  }
  // Tax without a price would never go back.
  if ((parts.paid.goods_minor == 0 && goods_tax_minor > 0) ||
      (parts.paid.shipping_minor == 0 && split.shipping_tax_minor > 0)) {
    errors.add("/tax_minor", "lies on a price of 0");
  }
  if (parts.paid.total_minor() > kMoneyMinorMax) errors.add("/gross_minor", "is too much with tax");
  if (!errors.empty()) return fail(std::move(errors).check().error());
  SaleParts all = parts;
  all.commission_minor =
      share_of(parts.paid.goods_minor, split.commission_basis_points, kBasisPointsAll);
  return all;
}

std::int64_t share_of(std::int64_t whole, std::int64_t part, std::int64_t all) {
  assert(whole >= 0 && part >= 0 && part <= all);
  if (all == 0) return 0;
  const __int128 product = static_cast<__int128>(whole) * part;
  auto share = static_cast<std::int64_t>(product / all);
  const __int128 twice_rest = product % all * 2;
  if (twice_rest > all || (twice_rest == all && share % 2 != 0)) ++share;
  return share;
}

std::vector<std::int64_t> allot(std::int64_t amount, std::span<const std::int64_t> weights) {
  __int128 sum = 0;
  for (const std::int64_t weight : weights) {
    assert(weight >= 0);
    sum += weight;
  }
  assert(amount >= 0 && sum > 0);
  std::vector<std::int64_t> parts;
  std::vector<std::pair<__int128, std::size_t>> rests;  // negative remainder, place
  std::int64_t left = amount;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const __int128 product = static_cast<__int128>(amount) * weights[i];
    parts.push_back(static_cast<std::int64_t>(product / sum));
    rests.emplace_back(-(product % sum), i);
    left -= parts.back();
  }
  std::ranges::sort(rests);
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[rests[i].second];
  return parts;
}

Result<Paid> part_of_prices(const Paid& sold, const Paid& back, TaxIs tax_is,
                            std::int64_t goods_minor, std::int64_t shipping_minor) {
  const Priced goods{sold.goods_minor, sold.goods_tax_minor};
  const Priced goods_back{back.goods_minor, back.goods_tax_minor};
  const Priced shipping{sold.shipping_minor, sold.shipping_tax_minor};
  const Priced shipping_back{back.shipping_minor, back.shipping_tax_minor};
  const std::int64_t goods_left = goods.shown_minor(tax_is) - goods_back.shown_minor(tax_is);
  const std::int64_t shipping_left =
      shipping.shown_minor(tax_is) - shipping_back.shown_minor(tax_is);
  if (goods_minor > goods_left || shipping_minor > shipping_left) {
    return fail(Error::make(ErrorKind::conflict, "refund-exceeds-sale",
                            "More would go back than is left of the sale.")
                    .with("goods_left", goods_left)
                    .with("shipping_left", shipping_left));
  }
  const Priced goods_part = part_of_price(goods, goods_back, tax_is, goods_minor);
  const Priced shipping_part = part_of_price(shipping, shipping_back, tax_is, shipping_minor);
  return Paid{goods_part.net_minor, goods_part.tax_minor, shipping_part.net_minor,
              shipping_part.tax_minor};
}

}  // namespace geili::ledger
