#pragma once
// How pieces are put into parcels so that the buyer pays least. For the files of this room.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "shipping/quote.hpp"

namespace geili::shipping {

struct Unit {
  std::int64_t weight_g;
  std::int64_t volume_mm3;
  std::int64_t price_minor;
  std::size_t item;
};

struct Packing {
  std::int64_t price_minor = 0;
  std::vector<QuotedParcel> parcels;
};

// `units` from heavy to light; each of them alone has a price by `rate`. An open parcel must be one
// of the same rate.
Packing pack(const Rate& rate, const std::vector<Unit>& units,
             const std::optional<OpenParcel>& open);

}  // namespace geili::shipping
