#pragma once
// Where a shop sends to, and what it takes for it. Functions over Tx run inside the caller's
// transaction; an error leaves nothing changed once that is undone.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "paper/language.hpp"
#include "store/tx.hpp"

namespace geili::shipping {

using ZoneId = Id<struct ShippingZoneTag>;
using RateId = Id<struct ShippingRateTag>;

inline constexpr std::size_t kZonesMax = 60;     // of a shop
inline constexpr std::size_t kPlacesMax = 500;   // of a zone
inline constexpr std::size_t kRatesMax = 10;     // of a zone
inline constexpr std::size_t kBracketsMax = 30;  // of a rate
inline constexpr std::size_t kNameMax = 80;      // code points: zones, carriers, services
inline constexpr std::int64_t kWeightMaxG = 1'000'000;
inline constexpr std::int64_t kSideMaxMm = 10'000;
inline constexpr std::int64_t kVolumeMaxCm3 = 10'000'000;
inline constexpr std::int64_t kHandlingDaysMax = 90;
inline constexpr std::size_t kSenderAddressMax = 300;  // code points

inline constexpr std::string_view kEverywhereElse = "*";

// A country, or a part of one by subdivision or by the beginning of its postal codes.
struct Place {
  std::string country;        // ISO 3166-1 alpha-2, or kEverywhereElse
  std::string subdivision;    // ISO 3166-2: "MX-OAX"; or empty
  std::string postal_prefix;  // as postal_key() writes it; or empty
  friend bool operator==(const Place&, const Place&) = default;
};

enum class RateKind : std::uint8_t {
  flat,    // one price a parcel: one bracket, its `up_to` means nothing
  weight,  // brackets of grams
  items,   // brackets of pieces
};
std::string_view to_text(RateKind kind);
std::optional<RateKind> parse_rate_kind(std::string_view text);

struct Bracket {
  std::int64_t up_to = 0;  // grams or pieces, included
  std::int64_t price_minor = 0;
  friend bool operator==(const Bracket&, const Bracket&) = default;
};

// What one parcel costs. More never costs less: brackets rise in size, and do not fall in price.
struct Rate {
  RateId id;  // 0 for a new one
  std::string carrier;
  std::string service;
  RateKind kind = RateKind::flat;
  std::vector<Bracket> brackets;
  // Beyond the last bracket every `step` grams or pieces begun add `step_minor`; 0: no parcel is
  // larger than the last bracket.
  std::int64_t step = 0;
  std::int64_t step_minor = 0;
  std::optional<std::int64_t> free_from_minor;  // of goods in the parcel
  std::int64_t handling_days = 1;
  std::int64_t parcel_max_g = 20'000;
  std::int64_t longest_max_mm = 0;  // 0: no limit, as for the next
  std::int64_t volume_max_cm3 = 0;
  friend bool operator==(const Rate&, const Rate&) = default;
};

// A zone without rates is where the shop does not send to.
struct Zone {
  ZoneId id;  // 0 for a new one
  std::string name;
  std::vector<Place> places;
  std::vector<Rate> rates;
};

inline constexpr std::int64_t kDefaultWeightG = 500;  // until the shop says another

struct Settings {
  Currency currency;  // of the shop, and so of every rate; fixed once there are zones
  std::string origin_country;
  std::int64_t default_weight_g = kDefaultWeightG;  // of a product that names none
  std::int64_t version = 1;  // grows with every change of settings, zones, pick-up points
  paper::Language paper_language = paper::Language::en;  // of slips, labels and lists
  std::string sender_address;  // on labels: lines, without shop and country
};

struct ShopShipping {
  Settings settings;
  std::vector<Zone> zones;  // in order of making
};

// Makes or changes the settings; `version` is given out, not taken. Fails with invalid-field,
// shipping-currency-fixed.
Result<Settings> set_settings(store::Tx& tx, ShopId shop, const Settings& settings);
// Fails with shipping-not-set-up.
Result<Settings> find_settings(store::Tx& tx, ShopId shop);
// Says that find_settings() will be asked (store::Tx::ahead).
void foresee_settings(store::Tx& tx, ShopId shop);
// Everything a quote needs. Fails with shipping-not-set-up.
Result<ShopShipping> load_shipping(store::Tx& tx, ShopId shop);

// Fail with shipping-not-set-up, invalid-field, shipping-too-many-zones and, when another zone has
// a place, shipping-place-taken (figure zone_id, field /places/<i>).
Result<Zone> create_zone(store::Tx& tx, ShopId shop, const Zone& zone);
// Rates keep their number when `zone` names it; the others of the zone go. Fails with
// shipping-zone-not-found, too, and with invalid-field for a rate of another zone.
Result<Zone> replace_zone(store::Tx& tx, ShopId shop, const Zone& zone);
// Fails with shipping-zone-not-found.
Result<void> delete_zone(store::Tx& tx, ShopId shop, ZoneId zone);

// For demo data that goes: settings, zones and pick-up points.
void erase_shipping(store::Tx& tx, ShopId shop);

// Makes the next version of the settings known.
void touch_settings(store::Tx& tx, ShopId shop);

// The zone as it is kept: texts trimmed, prefixes as postal_key() writes them. Fails with
// invalid-field and every fault. A pure function.
Result<Zone> checked_zone(const Zone& zone);

}  // namespace geili::shipping
