#include "shipping/quote.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/field_errors.hpp"
#include "shipping/country.hpp"
#include "shipping/packing.hpp"
#include "shipping/postal.hpp"
#include "store/names.hpp"

namespace geili::shipping {
namespace {

constexpr std::array<std::string_view, 3> kReasons{"item-too-heavy", "item-too-large",
                                                   "too-many-parcels"};
constexpr std::int64_t kMm3PerCm3 = 1'000;

// How closely a place fits; 0: not at all.
std::size_t fit(const Place& place, const Destination& to, std::string_view postal) {
  if (place.country == kEverywhereElse) return 1;
  if (place.country != to.country) return 0;
  if (!place.postal_prefix.empty()) {
    return postal.starts_with(place.postal_prefix) ? 3 + place.postal_prefix.size() : 0;
  }
  if (!place.subdivision.empty()) return place.subdivision == to.subdivision ? 3 : 0;
  return 2;
}

std::int64_t volume_of(const Item& item) {
  return item.length_mm * item.width_mm * item.height_mm;
}

std::int64_t longest_of(const Item& item) {
  return std::max({item.length_mm, item.width_mm, item.height_mm});
}

Result<void> check(const Destination& to, const std::vector<Item>& items) {
  FieldErrors errors;
  if (!is_country(to.country)) errors.add("/country", "is not a country of ISO 3166-1");
  if (items.empty()) errors.add("/items", "are none");
  std::int64_t units = 0;
  for (std::size_t i = 0; i < std::min(items.size(), kItemsMax); ++i) {
    const Item& item = items[i];
    const auto number = [&](std::int64_t value, std::int64_t least, std::int64_t most,
                            std::string_view name) {
      if (value >= least && value <= most) return;
      errors.add("/items/" + std::to_string(i) + "/" + std::string(name),
                 "is not between " + std::to_string(least) + " and " + std::to_string(most));
    };
    number(item.quantity, 1, kUnitsMax, "quantity");
    if (item.weight_g) number(*item.weight_g, 1, kWeightMaxG, "weight_g");
    number(item.length_mm, 0, kSideMaxMm, "length_mm");
    number(item.width_mm, 0, kSideMaxMm, "width_mm");
    number(item.height_mm, 0, kSideMaxMm, "height_mm");
    number(item.unit_price_minor, 0, kMoneyMinorMax, "unit_price_minor");
    units += std::clamp<std::int64_t>(item.quantity, 0, kUnitsMax);
  }
  if (auto checked = std::move(errors).check(); !checked) return checked;
  if (items.size() > kItemsMax || units > kUnitsMax) {
    return fail(Error::make(ErrorKind::too_large, "shipping-too-many-items",
                            "There are more pieces than one quote is made for.")
                    .with("units_max", kUnitsMax));
  }
  return {};
}

std::vector<Unit> units_of(const Settings& settings, const std::vector<Item>& items) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item& item = items[i];
    const Unit unit{item.weight_g.value_or(settings.default_weight_g), volume_of(item),
                    item.unit_price_minor, i};
    units.insert(units.end(), static_cast<std::size_t>(item.quantity), unit);
  }
  // The same however the items are ordered.
  std::ranges::sort(units, [](const Unit& a, const Unit& b) {
    return std::tuple(b.weight_g, b.volume_mm3, b.price_minor, a.item) <
           std::tuple(a.weight_g, a.volume_mm3, a.price_minor, b.item);
  });
  return units;
}

// Why one piece cannot be sent by a rate.
std::optional<Reason> refusal_of(const Rate& rate, const Item& item, std::int64_t weight_g) {
  if (rate.longest_max_mm > 0 && longest_of(item) > rate.longest_max_mm) {
    return Reason::item_too_large;
  }
  if (rate.volume_max_cm3 > 0 && volume_of(item) > rate.volume_max_cm3 * kMm3PerCm3) {
    return Reason::item_too_large;
  }
  if (!parcel_price(rate, {1, weight_g, volume_of(item), item.unit_price_minor})) {
    return Reason::item_too_heavy;
  }
  return std::nullopt;
}

void add_rate(Quote& quote, const Settings& settings, const Rate& rate,
              const std::vector<Item>& items, const std::vector<Unit>& units,
              const std::optional<OpenParcel>& open) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto reason =
        refusal_of(rate, items[i], items[i].weight_g.value_or(settings.default_weight_g));
    if (!reason) continue;
    quote.impossible.push_back({rate.id, *reason, i});
    return;
  }
  Packing alone = pack(rate, units, std::nullopt);
  const std::int64_t price_minor = alone.price_minor;
  const bool may_join = open && open->rate == rate.id;
  Packing chosen = may_join ? pack(rate, units, open) : std::move(alone);
  if (chosen.parcels.size() > kParcelsMax) {
    quote.impossible.push_back({rate.id, Reason::too_many_parcels, std::nullopt});
    return;
  }
  quote.options.push_back({.rate = rate.id,
                           .carrier = rate.carrier,
                           .service = rate.service,
                           .handling_days = rate.handling_days,
                           .price_minor = price_minor,
                           .incremental_minor = chosen.price_minor,
                           .parcels = std::move(chosen.parcels)});
}

}  // namespace

std::string_view to_text(Reason reason) {
  return store::name_of(kReasons, reason);
}

const Zone* find_zone(const std::vector<Zone>& zones, const Destination& destination) {
  const std::string postal = postal_key(destination.postal_code);
  const Zone* best = nullptr;
  std::size_t best_fit = 0;
  for (const Zone& zone : zones) {
    for (const Place& place : zone.places) {
      const std::size_t here = fit(place, destination, postal);
      if (here <= best_fit) continue;
      best_fit = here;
      best = &zone;
    }
  }
  return best;
}

std::optional<std::int64_t> parcel_price(const Rate& rate, const Load& load) {
  if (load.weight_g > rate.parcel_max_g) return std::nullopt;
  if (rate.volume_max_cm3 > 0 && load.volume_mm3 > rate.volume_max_cm3 * kMm3PerCm3) {
    return std::nullopt;
  }
  const Bracket& last = rate.brackets.back();
  const std::int64_t size = rate.kind == RateKind::weight ? load.weight_g : load.units;
  std::int64_t price = last.price_minor;
  if (rate.kind != RateKind::flat) {
    const auto bracket =
        std::ranges::find_if(rate.brackets, [&](const Bracket& one) { return size <= one.up_to; });
    if (bracket != rate.brackets.end()) {
      price = bracket->price_minor;
    } else if (rate.step == 0) {
      return std::nullopt;
    } else {
      const std::int64_t steps = (size - last.up_to + rate.step - 1) / rate.step;
      price += steps * rate.step_minor;  // at most 10^6 steps of 10^12
    }
  }
  if (price > kMoneyMinorMax) return std::nullopt;
  return rate.free_from_minor && load.goods_minor >= *rate.free_from_minor ? 0 : price;
}

Result<Quote> quote(const ShopShipping& shipping, const Destination& destination,
                    const std::vector<Item>& items, const std::optional<OpenParcel>& open) {
  if (auto checked = check(destination, items); !checked) return fail_as(checked);
  const Zone* zone = find_zone(shipping.zones, destination);
  if (zone == nullptr || zone->rates.empty()) {
    return fail(ErrorKind::unprocessable, "no-shipping-there", "The shop does not send there.");
  }
  Quote quote{.zone = zone->id, .options = {}, .impossible = {}};
  const std::vector<Unit> units = units_of(shipping.settings, items);
  for (const Rate& rate : zone->rates) {
    add_rate(quote, shipping.settings, rate, items, units, open);
  }
  std::ranges::sort(quote.options, {}, [](const Option& option) {
    return std::tuple(option.incremental_minor, option.handling_days, option.rate);
  });
  return quote;
}

}  // namespace geili::shipping
