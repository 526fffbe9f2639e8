#pragma once
// For the tests of this room: a shop that sends to places, in a real store.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shipping/quote.hpp"
#include "shipping/zone.hpp"
#include "store/testing/test_store.hpp"

namespace geili::shipping {

inline const Currency kMxn = *Currency::parse("MXN");
inline constexpr ShopId kShop{1};
inline constexpr ShopId kOtherShop{2};
inline constexpr ShowId kShow{4};
inline constexpr DeviceId kAna{11};
inline constexpr DeviceId kLuis{12};

// 90.00 to 500 g, 120.00 to 1 kg, 30.00 each further kilogram.
inline Rate by_weight() {
  return {.id = {},
          .carrier = "Correos",
          .service = "Ordinario",
          .kind = RateKind::weight,
          .brackets = {{500, 9'000}, {1'000, 12'000}},
          .step = 1'000,
          .step_minor = 3'000,
          .free_from_minor = std::nullopt,
          .handling_days = 2,
          .parcel_max_g = 5'000};
}

inline Rate flat(std::int64_t minor) {
  return {.id = {},
          .carrier = "Estafeta",
          .service = "",
          .kind = RateKind::flat,
          .brackets = {{0, minor}},
          .free_from_minor = std::nullopt};
}

inline Place in(std::string country, std::string subdivision = "", std::string prefix = "") {
  return {std::move(country), std::move(subdivision), std::move(prefix)};
}

class Shop : public store::testing::StoreTest {
 protected:
  template <class Job>
  auto must(Job job) {
    auto result = write(std::move(job));
    EXPECT_TRUE(result) << result.error().code << " " << result.error().detail << " "
                        << store::testing::field_of(result.error());
    return result.value();
  }
  void set_up(ShopId shop = kShop) {
    must([=](store::Tx& tx) {
      return set_settings(tx, shop, {.currency = kMxn, .origin_country = "MX"});
    });
  }
  static auto creating(Zone zone, ShopId shop = kShop) {
    return [=](store::Tx& tx) { return create_zone(tx, shop, zone); };
  }
  static auto replacing(Zone zone, ShopId shop = kShop) {
    return [=](store::Tx& tx) { return replace_zone(tx, shop, zone); };
  }
  Zone make(std::vector<Place> places, std::vector<Rate> rates) {
    return must(creating(
        {.id = {}, .name = "Zona", .places = std::move(places), .rates = std::move(rates)}));
  }
  ShopShipping all(ShopId shop = kShop) {
    return *read([=](store::Tx& tx) { return load_shipping(tx, shop); });
  }
};

}  // namespace geili::shipping
