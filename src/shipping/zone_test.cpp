#include <functional>
#include <string>
#include <vector>

#include "shipping/country.hpp"
#include "shipping/pickup_point.hpp"
#include "shipping/postal.hpp"
#include "shipping/test_shop.hpp"

namespace geili::shipping {
namespace {

using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

using Zones = Shop;

TEST_F(Zones, AreKeptAsTheyWereMade) {
  set_up();
  Rate rate = by_weight();
  rate.free_from_minor = 150'000;
  rate.longest_max_mm = 1'200;
  rate.volume_max_cm3 = 60'000;
  const Zone made = make({in("MX"), in("MX", "MX-OAX"), in("FR", "", "75 0")}, {rate, flat(5'000)});
  make({in("*")}, {});
  const ShopShipping kept = all();
  ASSERT_EQ(kept.zones.size(), 2U);
  EXPECT_EQ(kept.zones[0].id, made.id);
  EXPECT_EQ(kept.zones[0].places, (std::vector{in("MX"), in("MX", "MX-OAX"), in("FR", "", "750")}));
  EXPECT_EQ(kept.zones[0].rates, made.rates);
  EXPECT_EQ(kept.zones[0].rates[0].brackets, rate.brackets);
  EXPECT_TRUE(kept.zones[1].rates.empty());
  EXPECT_EQ(kept.settings.version, 3);
}

TEST_F(Zones, ReplacingKeepsTheNumbersOfNamedRates) {
  set_up();
  Zone zone = make({in("MX")}, {by_weight(), flat(5'000)});
  const RateId kept = zone.rates[1].id;
  const RateId gone = zone.rates[0].id;
  zone.rates = {zone.rates[1], flat(7'000)};
  zone.rates[0].brackets[0].price_minor = 6'000;
  zone.places = {in("GT"), in("MX")};
  const Zone replaced = must(replacing(zone));
  EXPECT_EQ(replaced.rates[0].id, kept);
  EXPECT_NE(replaced.rates[1].id, gone);
  EXPECT_EQ(all().zones[0].rates, replaced.rates);
  EXPECT_EQ(all().zones[0].places, zone.places);
  EXPECT_EQ(integer("SELECT count(*) FROM shipping_bracket"), 2);

  zone.rates[0].id = gone;
  EXPECT_EQ(field_of(refused(replacing(zone))), "/rates/0/id");
  zone.rates[0].id = kept;
  zone.rates[1].id = kept;
  EXPECT_EQ(field_of(refused(replacing(zone))), "/rates/1/id");
}

TEST_F(Zones, HaveEachPlaceOnce) {
  set_up();
  const Zone first = make({in("MX"), in("*")}, {flat(1)});
  const Error error = refused(creating({{}, "Z", {in("FR"), in("*")}, {}}));
  EXPECT_EQ(error.code, "shipping-place-taken");
  EXPECT_EQ(field_of(error), "/places/1");
  EXPECT_EQ(figure_of(error, "zone_id"), first.id.value);
  // Another shop is not concerned.
  set_up(kOtherShop);
  must(creating({{}, "Z", {in("*")}, {}}, kOtherShop));
}

TEST_F(Zones, OfAnotherShopAreNotFound) {
  set_up();
  set_up(kOtherShop);
  Zone zone = make({in("MX")}, {flat(1)});
  EXPECT_EQ(refused(replacing(zone, kOtherShop)).code, "shipping-zone-not-found");
  EXPECT_EQ(refused([&](Tx& tx) { return delete_zone(tx, kOtherShop, zone.id); }).code,
            "shipping-zone-not-found");
  EXPECT_EQ(refused(creating({{}, "Z", {in("MX")}, {}}, ShopId{3})).code, "shipping-not-set-up");
}

TEST_F(Zones, GoWithTheirRates) {
  set_up();
  const std::string before = rows();
  const Zone zone = make({in("MX"), in("*")}, {by_weight(), flat(1)});
  must([&](Tx& tx) -> Result<int> {
    EXPECT_TRUE(delete_zone(tx, kShop, zone.id));
    return 0;
  });
  EXPECT_EQ(integer("SELECT count(*) FROM shipping_rate"), 0);
  EXPECT_EQ(integer("SELECT count(*) FROM shipping_bracket"), 0);
  EXPECT_EQ(integer("SELECT count(*) FROM shipping_place"), 0);
  make({in("MX")}, {by_weight()});
  must([](Tx& tx) -> Result<int> {
    erase_shipping(tx, kShop);
    return 0;
  });
  EXPECT_EQ(integer("SELECT count(*) FROM shipping_shop"), 0);
}

TEST_F(Zones, AreLimitedInNumber) {
  set_up();
  must([](Tx& tx) -> Result<int> {
    for (std::size_t i = 0; i < kZonesMax; ++i) {
      const std::string prefix = std::to_string(100 + i);
      EXPECT_TRUE(create_zone(tx, kShop, {{}, "Z", {in("MX", "", prefix)}, {}}));
    }
    return 0;
  });
  EXPECT_EQ(refused(creating({{}, "Z", {in("MX")}, {}})).code, "shipping-too-many-zones");
}

TEST_F(Zones, RefuseWhatDoesNotFit) {
  struct Case {
    std::function<void(Zone&)> spoil;
    const char* path;
  };
  const auto rate = [](std::function<void(Rate&)> spoil) {
    return [spoil = std::move(spoil)](Zone& zone) { spoil(zone.rates[0]); };
  };
  const std::vector<Case> cases{
      {[](Zone& z) { z.name = " "; }, "/name"},
      {[](Zone& z) { z.name = std::string(81, 'x'); }, "/name"},
      {[](Zone& z) { z.places.clear(); }, "/places"},
      {[](Zone& z) { z.places.assign(kPlacesMax + 1, in("MX")); }, "/places"},
      {[](Zone& z) { z.places = {in("mx")}; }, "/places/0/country"},
      {[](Zone& z) { z.places = {in("XX")}; }, "/places/0/country"},
      {[](Zone& z) { z.places = {in("")}; }, "/places/0/country"},
      {[](Zone& z) { z.places = {in("MX"), in("MX")}; }, "/places/1"},
      {[](Zone& z) { z.places = {in("FR", "", "7 5"), in("FR", "", "75")}; }, "/places/1"},
      {[](Zone& z) { z.places = {in("MX", "OAX")}; }, "/places/0/subdivision"},
      {[](Zone& z) { z.places = {in("MX", "US-OAX")}; }, "/places/0/subdivision"},
      {[](Zone& z) { z.places = {in("MX", "MX-oax")}; }, "/places/0/subdivision"},
      {[](Zone& z) { z.places = {in("MX", "MX-OAXA")}; }, "/places/0/subdivision"},
      {[](Zone& z) { z.places = {in("MX", "", "7_5")}; }, "/places/0/postal_prefix"},
      {[](Zone& z) { z.places = {in("MX", "", "-")}; }, "/places/0/postal_prefix"},
      {[](Zone& z) { z.places = {in("MX", "MX-OAX", "68")}; }, "/places/0/postal_prefix"},
      {[](Zone& z) { z.places = {in("*", "MX-OAX")}; }, "/places/0/subdivision"},
      {[](Zone& z) { z.places = {in("*", "", "1")}; }, "/places/0/postal_prefix"},
      {[](Zone& z) { z.rates.assign(kRatesMax + 1, flat(1)); }, "/rates"},
      {rate([](Rate& r) { r.carrier = ""; }), "/rates/0/carrier"},
      {rate([](Rate& r) { r.service = "a\nb"; }), "/rates/0/service"},
      {rate([](Rate& r) { r.brackets.clear(); }), "/rates/0/brackets"},
      {rate([](Rate& r) { r.brackets.assign(kBracketsMax + 1, {1, 1}); }), "/rates/0/brackets"},
      {rate([](Rate& r) { r.kind = RateKind::flat; }), "/rates/0/brackets"},
      {rate([](Rate& r) { r.brackets[0].price_minor = -1; }), "/rates/0/brackets/0/price_minor"},
      {rate([](Rate& r) { r.brackets[0].up_to = 0; }), "/rates/0/brackets/0/up_to"},
      {rate([](Rate& r) { r.brackets[1].up_to = 500; }), "/rates/0/brackets/1/up_to"},
      {rate([](Rate& r) { r.brackets[1].price_minor = 1; }), "/rates/0/brackets/1/price_minor"},
      {rate([](Rate& r) { r.step = -1; }), "/rates/0/step"},
      {rate([](Rate& r) { r.step_minor = kMoneyMinorMax + 1; }), "/rates/0/step_minor"},
      {rate([](Rate& r) { r.free_from_minor = 0; }), "/rates/0/free_from_minor"},
      {rate([](Rate& r) { r.handling_days = 91; }), "/rates/0/handling_days"},
      {rate([](Rate& r) { r.parcel_max_g = 0; }), "/rates/0/parcel_max_g"},
      {rate([](Rate& r) { r.longest_max_mm = -1; }), "/rates/0/longest_max_mm"},
      {rate([](Rate& r) { r.volume_max_cm3 = kVolumeMaxCm3 + 1; }), "/rates/0/volume_max_cm3"},
  };
  set_up();
  for (const Case& c : cases) {
    Zone zone{.id = {}, .name = "Zona", .places = {in("MX")}, .rates = {by_weight()}};
    c.spoil(zone);
    const Error error = refused(creating(zone));
    EXPECT_EQ(error.code, "invalid-field");
    EXPECT_EQ(field_of(error), c.path);
  }
  Zone zone{.id = {}, .name = "Zona", .places = {in("MX")}, .rates = {flat(1)}};
  zone.rates[0].step = 1;
  EXPECT_EQ(field_of(refused(creating(zone))), "/rates/0/step");
}

TEST_F(Zones, FixTheCurrency) {
  const Currency eur = *Currency::parse("EUR");
  set_up();
  must([&](Tx& tx) { return set_settings(tx, kShop, {eur, "FR", 300, 0}); });
  make({in("FR")}, {flat(1)});
  EXPECT_EQ(refused([&](Tx& tx) { return set_settings(tx, kShop, {kMxn, "FR", 300, 0}); }).code,
            "shipping-currency-fixed");
  EXPECT_EQ(field_of(refused([&](Tx& tx) { return set_settings(tx, kShop, {eur, "F", 300, 0}); })),
            "/origin_country");
  EXPECT_EQ(field_of(refused([&](Tx& tx) { return set_settings(tx, kShop, {eur, "FR", 0, 0}); })),
            "/default_weight_g");
  const Settings set = must([&](Tx& tx) { return set_settings(tx, kShop, {eur, "FR", 350, 0}); });
  EXPECT_EQ(set.default_weight_g, 350);
}

TEST_F(Zones, PickupPointsAreListedChangedAndDeleted) {
  const auto saving = [](PickupPoint point) {
    return [=](Tx& tx) { return save_pickup_point(tx, kShop, point); };
  };
  const PickupPoint market{{}, "Mercado", "Plaza 1\nSan Salvador", "Sáb 9-14", 1};
  EXPECT_EQ(refused(saving(market)).code, "shipping-not-set-up");
  set_up();
  PickupPoint kept = must(saving(market));
  must(saving({{}, "Taller", "Calle 2", "", 0}));
  kept.name = "Mercado nuevo";
  must(saving(kept));
  const auto list = [&] {
    std::string names;
    const auto points =
        *read([](Tx& tx) -> Result<std::vector<PickupPoint>> { return pickup_points(tx, kShop); });
    for (const PickupPoint& point : points) names += point.name + ";";
    return names;
  };
  EXPECT_EQ(list(), "Mercado nuevo;Taller;");
  EXPECT_EQ(field_of(refused(saving({{}, "", "x", "", 0}))), "/name");
  EXPECT_EQ(field_of(refused(saving({{}, "x", "", "", 0}))), "/address");
  EXPECT_EQ(field_of(refused(saving({{}, "x", "x", std::string(201, 'x'), 0}))), "/hours");
  EXPECT_EQ(field_of(refused(saving({{}, "x", "x", "", -1}))), "/handling_days");
  EXPECT_EQ(refused(saving({PickupPointId{99}, "x", "x", "", 0})).code, "pickup-point-not-found");
  const auto deleting = [&](Tx& tx) { return delete_pickup_point(tx, kShop, kept.id); };
  EXPECT_TRUE(write(deleting));
  EXPECT_EQ(refused(deleting).code, "pickup-point-not-found");
  EXPECT_EQ(list(), "Taller;");
  must([](Tx& tx) -> Result<int> {
    for (std::size_t i = 1; i < kPickupPointsMax; ++i) {
      EXPECT_TRUE(save_pickup_point(tx, kShop, {{}, "P", "x", "", 0}));
    }
    return 0;
  });
  EXPECT_EQ(refused(saving(market)).code, "shipping-too-many-pickup-points");
}

TEST(PostalKey, KeepsLettersAndDigits) {
  EXPECT_EQ(postal_key("sw1a 1aa"), "SW1A1AA");
  EXPECT_EQ(postal_key("01000-000"), "01000000");
  for (const char* bad : {"", " ", "-", "7.5", "é", "１", "1234567890123", "1\n2"}) {
    EXPECT_EQ(postal_key(bad), "") << bad;
  }
}

TEST(PostalPrefixes, ArePastedInAnyShape) {
  const auto parse = [](std::string_view text) { return parse_postal_prefixes(text, "/p"); };
  EXPECT_EQ(*parse("75, 92;93\r\n94\n75,"), (std::vector<std::string>{"75", "92", "93", "94"}));
  EXPECT_EQ(*parse(" , ;\n"), std::vector<std::string>{});
  EXPECT_EQ(*parse("sw1 a"), std::vector<std::string>{"SW1A"});
  for (const char* bad : {"75, x_", "1234567890123", "-", "75\t"}) {
    const auto refused = parse(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(field_of(refused.error()), "/p");
  }
  std::string many;
  for (std::size_t i = 0; i <= kPostalPrefixesMax; ++i) many += std::to_string(i) + ",";
  EXPECT_FALSE(parse(many));
}

TEST(Countries, HaveNamesInFourLanguages) {
  EXPECT_TRUE(is_country("MX"));
  for (const char* bad : {"", "M", "mx", "MEX", "ZZ", "*"}) EXPECT_FALSE(is_country(bad)) << bad;
  EXPECT_EQ(country_name("US", "es"), "Estados Unidos");
  EXPECT_EQ(country_name("ZZ", "es"), "ZZ");
  EXPECT_EQ(country_line("ES", "es"), "ESPAÑA");
  EXPECT_EQ(country_line("US", "fr"), "ÉTATS-UNIS");
  EXPECT_EQ(country_line("FR", "zh"), "法国 FRANCE");
  EXPECT_EQ(country_line("DE", "en"), "GERMANY");
}

}  // namespace
}  // namespace geili::shipping
