// What a zone may hold.
#include <algorithm>
#include <string>
#include <utility>

#include "base/field_errors.hpp"
#include "shipping/country.hpp"
#include "shipping/postal.hpp"
#include "shipping/zone.hpp"

namespace geili::shipping {
namespace {

bool is_capital_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

class Checker {
 public:
  Zone check(const Zone& zone) {
    Zone kept{.id = zone.id,
              .name = errors_.text(zone.name, {.min_length = 1, .max_length = kNameMax}, "/name"),
              .places = {},
              .rates = {}};
    count(zone.places.size(), 1, kPlacesMax, "/places");
    count(zone.rates.size(), 0, kRatesMax, "/rates");
    if (!errors_.empty()) return kept;
    for (std::size_t i = 0; i < zone.places.size(); ++i) {
      const std::string path = "/places/" + std::to_string(i);
      Place place = check(zone.places[i], path);
      if (std::ranges::find(kept.places, place) != kept.places.end()) {
        errors_.add(path, "is named twice");
      }
      kept.places.push_back(std::move(place));
    }
    for (std::size_t i = 0; i < zone.rates.size(); ++i) {
      kept.rates.push_back(check(zone.rates[i], "/rates/" + std::to_string(i)));
    }
    return kept;
  }
  Result<void> result() && { return std::move(errors_).check(); }

 private:
  void count(std::size_t size, std::size_t least, std::size_t most, const std::string& path) {
    if (size < least || size > most) {
      errors_.add(path, "are not " + std::to_string(least) + " to " + std::to_string(most));
    }
  }
  void number(std::int64_t value, std::int64_t least, std::int64_t most, const std::string& path) {
    if (value < least || value > most) {
      errors_.add(path, "is not between " + std::to_string(least) + " and " + std::to_string(most));
    }
  }

  Place check(const Place& place, const std::string& path) {
    Place kept = place;
    if (place.country == kEverywhereElse) {
      if (!place.subdivision.empty()) errors_.add(path + "/subdivision", "needs a country");
      if (!place.postal_prefix.empty()) errors_.add(path + "/postal_prefix", "needs a country");
      return kept;
    }
    if (!is_country(place.country)) {
      errors_.add(path + "/country", "is not a country of ISO 3166-1");
    }
    if (!place.subdivision.empty() && !is_subdivision_of(place.country, place.subdivision)) {
      errors_.add(path + "/subdivision", "is not a code of ISO 3166-2 in this country");
    }
    if (!place.postal_prefix.empty()) {
      kept.postal_prefix = postal_key(place.postal_prefix);
      if (kept.postal_prefix.empty()) {
        errors_.add(path + "/postal_prefix", "is not the beginning of a postal code");
      }
      if (!place.subdivision.empty()) {
        errors_.add(path + "/postal_prefix", "cannot stand beside a subdivision");
      }
    }
    return kept;
  }

  // The shape of ISO 3166-2: the country, a hyphen, one to three capitals or digits.
  static bool is_subdivision_of(std::string_view country, std::string_view code) {
    return code.size() >= 4 && code.size() <= 6 && code.starts_with(country) && code[2] == '-' &&
           std::ranges::all_of(code.substr(3), is_capital_or_digit);
  }

  Rate check(const Rate& rate, const std::string& path) {
    Rate kept = rate;
    kept.carrier =
        errors_.text(rate.carrier, {.min_length = 1, .max_length = kNameMax}, path + "/carrier");
    kept.service = errors_.text(rate.service, {.max_length = kNameMax}, path + "/service");
    check_prices(rate, path);
    if (rate.free_from_minor) {
      number(*rate.free_from_minor, 1, kMoneyMinorMax, path + "/free_from_minor");
    }
    number(rate.handling_days, 0, kHandlingDaysMax, path + "/handling_days");
    number(rate.parcel_max_g, 1, kWeightMaxG, path + "/parcel_max_g");
    number(rate.longest_max_mm, 0, kSideMaxMm, path + "/longest_max_mm");
    number(rate.volume_max_cm3, 0, kVolumeMaxCm3, path + "/volume_max_cm3");
    return kept;
  }

  void check_prices(const Rate& rate, const std::string& path) {
    const std::string list = path + "/brackets";
    count(rate.brackets.size(), 1, rate.kind == RateKind::flat ? 1 : kBracketsMax, list);
    for (std::size_t i = 0; i < std::min(rate.brackets.size(), kBracketsMax); ++i) {
      const std::string at = list + "/" + std::to_string(i);
      number(rate.brackets[i].price_minor, 0, kMoneyMinorMax, at + "/price_minor");
      if (rate.kind == RateKind::flat) continue;
      number(rate.brackets[i].up_to, 1, kWeightMaxG, at + "/up_to");
      if (i == 0) continue;
      if (rate.brackets[i].up_to <= rate.brackets[i - 1].up_to) {
        errors_.add(at + "/up_to", "is not larger than the one before");
      }
      if (rate.brackets[i].price_minor < rate.brackets[i - 1].price_minor) {
        errors_.add(at + "/price_minor", "is lower than the one before");
      }
    }
    if (rate.kind == RateKind::flat && rate.step != 0) {
      errors_.add(path + "/step", "means nothing in a flat rate");
    }
    number(rate.step, 0, kWeightMaxG, path + "/step");
    number(rate.step_minor, 0, kMoneyMinorMax, path + "/step_minor");
  }

  FieldErrors errors_;
};

}  // namespace

Result<Zone> checked_zone(const Zone& zone) {
  Checker checker;
  Zone kept = checker.check(zone);
  if (auto checked = std::move(checker).result(); !checked) return fail_as(checked);
  return kept;
}

}  // namespace geili::shipping
