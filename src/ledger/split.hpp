#pragma once
// How the money of a sale is split. Plain arithmetic on minor units; every sum is exact.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace geili::ledger {

inline constexpr std::int64_t kBasisPointsAll = 10'000;

enum class Party : std::uint8_t { seller, cooperative };
std::string_view to_text(Party party);
Party stored_party(std::string_view text);

// Whether the prices a buyer was shown hold the tax already.
enum class TaxIs : std::uint8_t { included, added };
std::string_view to_text(TaxIs tax_is);
TaxIs stored_tax_is(std::string_view text);

struct SaleSplit {
  std::int64_t gross_minor = 0;         // the prices of goods and shipping, as they were shown
  std::int64_t shipping_minor = 0;      // of these, shipping
  std::int64_t tax_minor = 0;           // all tax of the sale
  std::int64_t shipping_tax_minor = 0;  // of it, what lies on shipping
  TaxIs tax_is = TaxIs::included;
  std::int64_t provider_fee_minor = 0;
  std::int64_t commission_basis_points = 0;  // of the goods without tax; 250 is 2.5 %
  Party shipping_to = Party::seller;  // who carries the parcel and keeps what was paid for it
  Party tax_to = Party::cooperative;  // who remits the tax
  Party fee_from = Party::seller;     // who bears the provider's fee
};

// What was paid, in four parts without overlap; also of what goes back.
struct Paid {
  std::int64_t goods_minor = 0;  // without tax
  std::int64_t goods_tax_minor = 0;
  std::int64_t shipping_minor = 0;  // without tax
  std::int64_t shipping_tax_minor = 0;
  std::int64_t tax_minor() const { return goods_tax_minor + shipping_tax_minor; }
  std::int64_t total_minor() const { return goods_minor + shipping_minor + tax_minor(); }
  friend bool operator==(const Paid&, const Paid&) = default;
};
Paid operator+(const Paid& a, const Paid& b);
Paid operator-(const Paid& a, const Paid& b);

struct SaleParts {
  Paid paid;
  std::int64_t commission_minor = 0;
  std::int64_t fee_minor = 0;
};

// Fails with invalid-field: a negative amount or one above kMoneyMinorMax, a part larger than its
// whole, basis points outside 0 to 10000.
Result<SaleParts> split_sale(const SaleSplit& split);

// whole * part / all, rounded to the nearest, halves to even; 0 when `all` is 0. Needs
// 0 <= part <= all and 0 <= whole (asserted). Grows with `part` and reaches `whole` at `all`, so
// differences of it over a growing part add up to the whole exactly.
std::int64_t share_of(std::int64_t whole, std::int64_t part, std::int64_t all);

// `amount` in the proportion of `weights` by largest remainder, the first of equals first: adds up
// to `amount`. Needs 0 <= amount, weights >= 0 with a sum above 0 (asserted).
std::vector<std::int64_t> allot(std::int64_t amount, std::span<const std::int64_t> weights);

// The part of `sold` that prices of `goods_minor` and `shipping_minor` stand for, as they were
// shown, when `back` has gone back before: each price's share of its tax. Fails with
// refund-exceeds-sale (figures goods_left, shipping_left).
Result<Paid> part_of_prices(const Paid& sold, const Paid& back, TaxIs tax_is,
                            std::int64_t goods_minor, std::int64_t shipping_minor);

}  // namespace geili::ledger
