#pragma once
// What sending costs: a pure function over what a shop has set. The buyer is told before the tap
// what another piece adds to the shipping.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "shipping/zone.hpp"

namespace geili::shipping {

inline constexpr std::size_t kItemsMax = 100;   // lines of a quote
inline constexpr std::int64_t kUnitsMax = 500;  // pieces of a quote
inline constexpr std::size_t kParcelsMax = 50;  // of a quote
// Up to so many pieces the cheapest of all ways to pack is found; beyond, the cheapest of those
// that put pieces of neighbouring weight together.
inline constexpr std::size_t kExactUnitsMax = 10;

struct Destination {
  std::string country;      // ISO 3166-1 alpha-2
  std::string subdivision;  // ISO 3166-2; may be empty
  std::string postal_code;  // may be empty
};

struct Item {
  std::int64_t quantity = 1;
  std::optional<std::int64_t> weight_g;  // of one piece; none: the shop's default
  std::int64_t length_mm = 0;            // 0: not known, takes no room
  std::int64_t width_mm = 0;
  std::int64_t height_mm = 0;
  std::int64_t unit_price_minor = 0;  // in the shop's currency
};

// What lies in a parcel.
struct Load {
  std::int64_t units = 0;
  std::int64_t weight_g = 0;
  std::int64_t volume_mm3 = 0;
  std::int64_t goods_minor = 0;
  friend bool operator==(const Load&, const Load&) = default;
  friend Load operator+(const Load& a, const Load& b) {
    return {a.units + b.units, a.weight_g + b.weight_g, a.volume_mm3 + b.volume_mm3,
            a.goods_minor + b.goods_minor};
  }
};

// The buyer's open parcel, which further pieces sent by the same rate may join.
struct OpenParcel {
  RateId rate;
  Load load;
  std::int64_t paid_minor = 0;  // shipping, so far
};

struct QuotedParcel {
  Load load;                                                // of the quoted pieces alone
  std::int64_t price_minor = 0;                             // what it adds
  bool joins = false;                                       // the open parcel
  std::vector<std::pair<std::size_t, std::int64_t>> items;  // index of the item, pieces
};

struct Option {
  RateId rate;
  std::string carrier;
  std::string service;
  std::int64_t handling_days = 0;
  std::int64_t price_minor = 0;        // of these pieces by themselves
  std::int64_t incremental_minor = 0;  // given the open parcel: 0 <= it <= price_minor
  std::vector<QuotedParcel> parcels;   // how incremental_minor is reached; the one that joins first
};

enum class Reason : std::uint8_t {
  item_too_heavy,    // one piece is more than a parcel may weigh, or beyond the last bracket
  item_too_large,    // one piece is longer or larger than a parcel may be
  too_many_parcels,  // more than kParcelsMax
};
std::string_view to_text(Reason reason);

struct Impossible {
  RateId rate;
  Reason reason;
  std::optional<std::size_t> item;  // index
};

struct Quote {
  ZoneId zone;
  std::vector<Option> options;         // by incremental price, handling days, number of the rate
  std::vector<Impossible> impossible;  // the zone's other rates, and why
};

// The zone that serves a place: the longest postal prefix, else the subdivision, else the country,
// else everywhere else. None when there is none.
const Zone* find_zone(const std::vector<Zone>& zones, const Destination& destination);

// What a parcel costs by a rate; none beyond its last bracket, its limits, or kMoneyMinorMax.
std::optional<std::int64_t> parcel_price(const Rate& rate, const Load& load);

// The parcels are chosen so that the buyer pays least: what is cheaper apart stays apart. Without
// free_from_minor another piece never lowers price_minor; with it shipping that was paid is never
// given back, so that the sum of what was paid never falls. Free is a parcel, not an order. The
// order of the items does not change a price. Fails with invalid-field (/country, /items/<i>/…),
// shipping-too-many-items, no-shipping-there (no zone, or one without rates).
Result<Quote> quote(const ShopShipping& shipping, const Destination& destination,
                    const std::vector<Item>& items, const std::optional<OpenParcel>& open = {});

}  // namespace geili::shipping
