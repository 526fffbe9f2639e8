#include "shipping/packing.hpp"

#include <algorithm>
#include <bit>
#include <compare>
#include <limits>
#include <map>

namespace geili::shipping {
namespace {

// What parcels cost; of two that cost the same, the fewer.
struct Cost {
  std::int64_t minor = 0;
  std::int64_t parcels = 0;
  friend auto operator<=>(const Cost&, const Cost&) = default;
};
constexpr Cost kImpossibleCost{std::numeric_limits<std::int64_t>::max(), 0};

Cost operator+(const Cost& a, const Cost& b) {
  if (a == kImpossibleCost || b == kImpossibleCost) return kImpossibleCost;
  return {a.minor + b.minor, a.parcels + b.parcels};
}

Load load_of(const Unit& unit) {
  return {1, unit.weight_g, unit.volume_mm3, unit.price_minor};
}

using Indexes = std::vector<std::size_t>;

class Packer {
 public:
  Packer(const Rate& rate, const std::vector<Unit>& units, const std::optional<OpenParcel>& open)
      : rate_(rate), units_(units), open_(open) {}

  Packing pack() { return units_.size() <= kExactUnitsMax ? exact() : by_weight(); }

 private:
  Cost own_parcel(const Load& load) const {
    const auto price = parcel_price(rate_, load);
    return price ? Cost{*price, 1} : kImpossibleCost;
  }
  // What the open parcel costs more with `load` in it.
  Cost in_open_parcel(const Load& load) const {
    if (load.units == 0) return {};
    if (!open_) return kImpossibleCost;
    const auto price = parcel_price(rate_, open_->load + load);
    if (!price) return kImpossibleCost;
    return {std::max<std::int64_t>(*price - open_->paid_minor, 0), 0};
  }

  // The best of all ways, by the sets of pieces.
  Packing exact() {
    const std::size_t sets = std::size_t{1} << units_.size();
    std::vector<Load> loads(sets);
    std::vector<Cost> alone(sets);
    std::vector<Cost> best(sets, kImpossibleCost);
    std::vector<std::size_t> parcel(sets, 0);
    best[0] = {};
    for (std::size_t set = 1; set < sets; ++set) {
      const auto first = static_cast<std::size_t>(std::countr_zero(set));
      const std::size_t rest = set & (set - 1);
      loads[set] = loads[rest] + load_of(units_[first]);
      alone[set] = own_parcel(loads[set]);
      // The first piece lies in one parcel, with some of the others.
      for (std::size_t others = rest;; others = (others - 1) & rest) {
        const std::size_t together = others | (set ^ rest);
        const Cost cost = alone[together] + best[set ^ together];
        if (cost < best[set]) {
          best[set] = cost;
          parcel[set] = together;
        }
        if (others == 0) break;
      }
    }
    std::size_t joining = 0;
    for (std::size_t set = 1; set < sets; ++set) {
      const auto cost_of = [&](std::size_t s) {
        return in_open_parcel(loads[s]) + best[(sets - 1) ^ s];
      };
      if (cost_of(set) < cost_of(joining)) joining = set;
    }
    if (joining != 0) put(indexes_of(joining), in_open_parcel(loads[joining]), true);
    for (std::size_t set = (sets - 1) ^ joining; set != 0; set ^= parcel[set]) {
      put(indexes_of(parcel[set]), alone[parcel[set]], false);
    }
    return std::move(packing_);
  }

  static Indexes indexes_of(std::size_t set) {
    Indexes indexes;
    for (; set != 0; set &= set - 1) {
      indexes.push_back(static_cast<std::size_t>(std::countr_zero(set)));
    }
    return indexes;
  }

  // The best of the ways whose parcels are runs of the sorted pieces. Taking a piece away leaves
  // runs that weigh no more, so that more pieces never cost less.
  Packing by_weight() {
    const std::size_t count = units_.size();
    std::vector<Cost> best(count + 1, kImpossibleCost);  // of the first so many pieces
    std::vector<std::size_t> begin(count + 1, 0);        // of the last parcel among them
    best[0] = {};
    for (std::size_t end = 1; end <= count; ++end) {
      Load load;
      for (std::size_t from = end; from-- > 0;) {
        load = load + load_of(units_[from]);
        const Cost last = own_parcel(load);
        if (last == kImpossibleCost) break;  // more would not fit either
        if (const Cost cost = best[from] + last; cost < best[end]) {
          best[end] = cost;
          begin[end] = from;
        }
      }
    }
    // The lightest join the open parcel.
    std::size_t kept_apart = count;
    Cost cheapest = best[count];
    Load joining;
    for (std::size_t from = count; from-- > 0;) {
      joining = joining + load_of(units_[from]);
      if (const Cost cost = best[from] + in_open_parcel(joining); cost < cheapest) {
        cheapest = cost;
        kept_apart = from;
      }
    }
    if (kept_apart < count) {
      const Load load = load_of_run(kept_apart, count);
      put(run(kept_apart, count), in_open_parcel(load), true);
    }
    for (std::size_t end = kept_apart; end > 0; end = begin[end]) {
      put(run(begin[end], end), own_parcel(load_of_run(begin[end], end)), false);
    }
    return std::move(packing_);
  }

  static Indexes run(std::size_t begin, std::size_t end) {
    Indexes indexes;
    for (std::size_t i = begin; i < end; ++i) indexes.push_back(i);
    return indexes;
  }
  Load load_of_run(std::size_t begin, std::size_t end) const {
    Load load;
    for (std::size_t i = begin; i < end; ++i) load = load + load_of(units_[i]);
    return load;
  }

  void put(const Indexes& indexes, const Cost& cost, bool joins) {
    QuotedParcel parcel{.load = {}, .price_minor = cost.minor, .joins = joins, .items = {}};
    std::map<std::size_t, std::int64_t> pieces;
    for (const std::size_t index : indexes) {
      parcel.load = parcel.load + load_of(units_[index]);
      ++pieces[units_[index].item];
    }
    parcel.items.assign(pieces.begin(), pieces.end());
    packing_.price_minor += cost.minor;
    packing_.parcels.push_back(std::move(parcel));
  }

  const Rate& rate_;
  const std::vector<Unit>& units_;
  const std::optional<OpenParcel>& open_;
  Packing packing_;
};

}  // namespace

Packing pack(const Rate& rate, const std::vector<Unit>& units,
             const std::optional<OpenParcel>& open) {
  return Packer(rate, units, open).pack();
}

}  // namespace geili::shipping
