#include "shipping/zone.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/field_errors.hpp"
#include "shipping/country.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::shipping {
namespace {

constexpr std::array<std::string_view, 3> kRateKinds{"flat", "weight", "items"};

std::unexpected<Error> zone_not_found() {
  return fail(ErrorKind::not_found, "shipping-zone-not-found", "The shop has no such zone.");
}

constexpr std::string_view kFindSettings =
    "SELECT currency, origin_country, default_weight_g, version, paper_language, sender_address"
    " FROM shipping_shop WHERE shop_id = $1";

std::optional<Settings> read_settings(store::Tx& tx, ShopId shop) {
  return tx.one(
      [](const store::Row& row) {
        return Settings{
            store::stored_currency(row.text(0)), row.string(1), row.integer(2), row.integer(3),
            *paper::parse_language(row.text(4)), row.string(5)};
      },
      kFindSettings, shop);
}

bool has_zone(store::Tx& tx, ShopId shop, ZoneId zone) {
  return tx.integer("SELECT 1 FROM shipping_zone WHERE id = $1 AND shop_id = $2", zone, shop)
      .has_value();
}

Result<void> insert_places(store::Tx& tx, ShopId shop, const Zone& zone) {
  for (std::size_t i = 0; i < zone.places.size(); ++i) {
    const Place& place = zone.places[i];
    const auto taken = tx.integer(
        "SELECT zone_id FROM shipping_place WHERE shop_id = $1 AND country = $2"
        " AND subdivision = $3 AND postal_prefix = $4",
        shop, place.country, place.subdivision, place.postal_prefix);
    if (taken) {
      Error error =
          Error::make(ErrorKind::conflict, "shipping-place-taken", "Another zone has this place.")
              .with("zone_id", *taken);
      error.fields.push_back({"/places/" + std::to_string(i), "is in another zone"});
      return fail(std::move(error));
    }
    tx.exec(
        "INSERT INTO shipping_place (shop_id, country, subdivision, postal_prefix, zone_id,"
        " position) VALUES ($1, $2, $3, $4, $5, $6)",
        shop, place.country, place.subdivision, place.postal_prefix, zone.id, i);
  }
  return {};
}

void delete_brackets(store::Tx& tx, ZoneId zone) {
  tx.exec(
      "DELETE FROM shipping_bracket WHERE rate_id IN"
      " (SELECT id FROM shipping_rate WHERE zone_id = $1)",
      zone);
}

// Gives new rates their numbers.
void write_rates(store::Tx& tx, Zone& zone) {
  for (std::size_t i = 0; i < zone.rates.size(); ++i) {
    Rate& rate = zone.rates[i];
    if (!rate.id) {
      rate.id.value = *tx.integer(
          "INSERT INTO shipping_rate (zone_id, position, carrier, service, kind, step, step_minor,"
          " free_from_minor, handling_days, parcel_max_g, longest_max_mm, volume_max_cm3)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
          zone.id, i, rate.carrier, rate.service, to_text(rate.kind), rate.step, rate.step_minor,
          rate.free_from_minor, rate.handling_days, rate.parcel_max_g, rate.longest_max_mm,
          rate.volume_max_cm3);
    } else {
      tx.exec(
          "UPDATE shipping_rate SET position = $2, carrier = $3, service = $4, kind = $5,"
          " step = $6, step_minor = $7, free_from_minor = $8, handling_days = $9,"
          " parcel_max_g = $10, longest_max_mm = $11, volume_max_cm3 = $12 WHERE id = $1",
          rate.id, i, rate.carrier, rate.service, to_text(rate.kind), rate.step, rate.step_minor,
          rate.free_from_minor, rate.handling_days, rate.parcel_max_g, rate.longest_max_mm,
          rate.volume_max_cm3);
    }
    for (std::size_t j = 0; j < rate.brackets.size(); ++j) {
      tx.exec(
          "INSERT INTO shipping_bracket (rate_id, position, up_to, price_minor)"
          " VALUES ($1, $2, $3, $4)",
          rate.id, j, rate.brackets[j].up_to, rate.brackets[j].price_minor);
    }
  }
}

Rate read_rate(const store::Row& row) {
  return {.id = row.id<RateId>(0),
          .carrier = row.string(2),
          .service = row.string(3),
          .kind = store::stored<RateKind>(kRateKinds, row.text(4)),
          .brackets = {},
          .step = row.integer(5),
          .step_minor = row.integer(6),
          .free_from_minor = row.optional_integer(7),
          .handling_days = row.integer(8),
          .parcel_max_g = row.integer(9),
          .longest_max_mm = row.integer(10),
          .volume_max_cm3 = row.integer(11)};
}

std::vector<RateId> rates_of(store::Tx& tx, ZoneId zone) {
  std::vector<RateId> rates;
  tx.each([&](const store::Row& row) { rates.push_back(row.id<RateId>(0)); },
          "SELECT id FROM shipping_rate WHERE zone_id = $1", zone);
  return rates;
}

Zone& zone_in(std::vector<Zone>& zones, ZoneId id) {
  return *std::ranges::find(zones, id, &Zone::id);
}

}  // namespace

std::string_view to_text(RateKind kind) {
  return store::name_of(kRateKinds, kind);
}

std::optional<RateKind> parse_rate_kind(std::string_view text) {
  return store::parse_name<RateKind>(kRateKinds, text);
}

void touch_settings(store::Tx& tx, ShopId shop) {
  tx.exec("UPDATE shipping_shop SET version = version + 1 WHERE shop_id = $1", shop);
}

Result<Settings> set_settings(store::Tx& tx, ShopId shop, const Settings& settings) {
  FieldErrors errors;
  if (!is_country(settings.origin_country)) {
    errors.add("/origin_country", "is not a country of ISO 3166-1");
  }
  if (settings.default_weight_g < 1 || settings.default_weight_g > kWeightMaxG) {
    errors.add("/default_weight_g", "is not between 1 and " + std::to_string(kWeightMaxG));
  }
  const std::string sender =
      errors.text(settings.sender_address,
                  {.max_length = kSenderAddressMax, .lines = Lines::multiple}, "/sender_address");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  const auto before = read_settings(tx, shop);
  if (before && before->currency != settings.currency &&
      tx.integer("SELECT 1 FROM shipping_zone WHERE shop_id = $1 LIMIT 1", shop)) {
    return fail(ErrorKind::conflict, "shipping-currency-fixed",
                "There are rates in the currency of before.");
  }
  tx.exec(
      "INSERT INTO shipping_shop (shop_id, currency, origin_country, default_weight_g, version,"
      " paper_language, sender_address) VALUES ($1, $2, $3, $4, 1, $5, $6)"
      " ON CONFLICT (shop_id) DO UPDATE SET currency = $2, origin_country = $3,"
      " default_weight_g = $4, version = shipping_shop.version + 1, paper_language = $5,"
      " sender_address = $6",
      shop, settings.currency.code(), settings.origin_country, settings.default_weight_g,
      paper::to_text(settings.paper_language), sender);
  return find_settings(tx, shop);
}

void foresee_settings(store::Tx& tx, ShopId shop) {
  tx.ahead_of_many(kFindSettings, shop);
}

Result<Settings> find_settings(store::Tx& tx, ShopId shop) {
  auto settings = read_settings(tx, shop);
  if (!settings) {
    return fail(ErrorKind::not_found, "shipping-not-set-up",
                "The shop has not said where it sends to.");
  }
  return *std::move(settings);
}

Result<ShopShipping> load_shipping(store::Tx& tx, ShopId shop) {
  auto settings = find_settings(tx, shop);
  if (!settings) return fail_as(settings);
  ShopShipping all{*std::move(settings), {}};
  tx.each(
      [&](const store::Row& row) {
        all.zones.push_back({row.id<ZoneId>(0), row.string(1), {}, {}});
      },
      "SELECT id, name FROM shipping_zone WHERE shop_id = $1 ORDER BY id", shop);
  tx.each(
      [&](const store::Row& row) {
        zone_in(all.zones, row.id<ZoneId>(0))
            .places.push_back({row.string(1), row.string(2), row.string(3)});
      },
      "SELECT zone_id, country, subdivision, postal_prefix FROM shipping_place"
      " WHERE shop_id = $1 ORDER BY zone_id, position",
      shop);
  tx.each(
      [&](const store::Row& row) {
        zone_in(all.zones, row.id<ZoneId>(1)).rates.push_back(read_rate(row));
      },
      "SELECT r.id, r.zone_id, r.carrier, r.service, r.kind, r.step, r.step_minor,"
      " r.free_from_minor, r.handling_days, r.parcel_max_g, r.longest_max_mm, r.volume_max_cm3"
      " FROM shipping_rate r JOIN shipping_zone z ON z.id = r.zone_id"
      " WHERE z.shop_id = $1 ORDER BY r.zone_id, r.position",
      shop);
  tx.each(
      [&](const store::Row& row) {
        auto& rates = zone_in(all.zones, row.id<ZoneId>(0)).rates;
        std::ranges::find(rates, row.id<RateId>(1), &Rate::id)
            ->brackets.push_back({row.integer(2), row.integer(3)});
      },
      "SELECT r.zone_id, b.rate_id, b.up_to, b.price_minor FROM shipping_bracket b"
      " JOIN shipping_rate r ON r.id = b.rate_id JOIN shipping_zone z ON z.id = r.zone_id"
      " WHERE z.shop_id = $1 ORDER BY b.rate_id, b.position",
      shop);
  return all;
}

Result<Zone> create_zone(store::Tx& tx, ShopId shop, const Zone& zone) {
  auto settings = find_settings(tx, shop);
  if (!settings) return fail_as(settings);
  auto kept = checked_zone(zone);
  if (!kept) return kept;
  const auto count = tx.integer("SELECT count(*) FROM shipping_zone WHERE shop_id = $1", shop);
  if (*count >= static_cast<std::int64_t>(kZonesMax)) {
    return fail(Error::make(ErrorKind::too_large, "shipping-too-many-zones",
                            "The shop has as many zones as it may have.")
                    .with("zones_max", static_cast<std::int64_t>(kZonesMax)));
  }
  kept->id.value = *tx.integer(
      "INSERT INTO shipping_zone (shop_id, name) VALUES ($1, $2) RETURNING id", shop, kept->name);
  for (Rate& rate : kept->rates) rate.id = {};
  if (auto placed = insert_places(tx, shop, *kept); !placed) return fail_as(placed);
  write_rates(tx, *kept);
  touch_settings(tx, shop);
  return kept;
}

Result<Zone> replace_zone(store::Tx& tx, ShopId shop, const Zone& zone) {
  if (!has_zone(tx, shop, zone.id)) return zone_not_found();
  auto kept = checked_zone(zone);
  if (!kept) return kept;
  std::vector<RateId> gone = rates_of(tx, zone.id);
  for (std::size_t i = 0; i < kept->rates.size(); ++i) {
    if (!kept->rates[i].id) continue;
    if (std::erase(gone, kept->rates[i].id) == 0) {
      return fail(Error::invalid_field("/rates/" + std::to_string(i) + "/id",
                                       "is not a rate of this zone, or named twice"));
    }
  }
  tx.exec("UPDATE shipping_zone SET name = $2 WHERE id = $1", zone.id, kept->name);
  tx.exec("DELETE FROM shipping_place WHERE zone_id = $1", zone.id);
  delete_brackets(tx, zone.id);
  for (const RateId rate : gone) tx.exec("DELETE FROM shipping_rate WHERE id = $1", rate);
  if (auto placed = insert_places(tx, shop, *kept); !placed) return fail_as(placed);
  write_rates(tx, *kept);
  touch_settings(tx, shop);
  return kept;
}

Result<void> delete_zone(store::Tx& tx, ShopId shop, ZoneId zone) {
  if (!has_zone(tx, shop, zone)) return zone_not_found();
  delete_brackets(tx, zone);
  tx.exec("DELETE FROM shipping_rate WHERE zone_id = $1", zone);
  tx.exec("DELETE FROM shipping_place WHERE zone_id = $1", zone);
  tx.exec("DELETE FROM shipping_zone WHERE id = $1", zone);
  touch_settings(tx, shop);
  return {};
}

void erase_shipping(store::Tx& tx, ShopId shop) {
  std::vector<ZoneId> zones;
  tx.each([&](const store::Row& row) { zones.push_back(row.id<ZoneId>(0)); },
          "SELECT id FROM shipping_zone WHERE shop_id = $1", shop);
  for (const ZoneId zone : zones) (void)delete_zone(tx, shop, zone);
  tx.exec("DELETE FROM pickup_point WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM shipping_shop WHERE shop_id = $1", shop);
}

}  // namespace geili::shipping
