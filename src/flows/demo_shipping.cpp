#include "flows/demo_shipping.hpp"

#include <string>

#include "base/money.hpp"
#include "shipping/zone.hpp"

namespace geili::flows {
namespace {

constexpr std::int64_t kKilogramG = 1'000;

shipping::Rate at_home(const DemoShop& demo) {
  return {.id = {},
          .carrier = demo.origin_country == "CN" ? "SF Express" : "Correos de México",
          .service = {},
          .kind = shipping::RateKind::weight,
          .brackets = {{kKilogramG, demo.shipping_minor}},
          .step = kKilogramG,
          .step_minor = demo.shipping_step_minor,
          .free_from_minor = demo.shipping_free_minor,
          .handling_days = 2};
}

shipping::Rate abroad(const DemoShop& demo) {
  return {.id = {},
          .carrier = "EMS",
          .service = {},
          .kind = shipping::RateKind::weight,
          .brackets = {{kKilogramG, demo.shipping_abroad_minor}},
          .step = kKilogramG,
          .step_minor = demo.shipping_abroad_minor / 2,
          .free_from_minor = {},
          .handling_days = 3};
}

}  // namespace

Result<void> seed_shipping(store::Tx& tx, ShopId shop, const DemoShop& demo) {
  const bool is_chinese = demo.origin_country == "CN";
  auto set = shipping::set_settings(
      tx, shop,
      {.currency = *Currency::parse(demo.currency),
       .origin_country = std::string(demo.origin_country),
       .default_weight_g = 250,
       .paper_language = is_chinese ? paper::Language::zh : paper::Language::es,
       .sender_address = std::string(demo.village)});
  if (!set) return fail_as(set);
  auto home = shipping::create_zone(tx, shop,
                                    {.id = {},
                                     .name = is_chinese ? "China" : "México",
                                     .places = {{std::string(demo.origin_country), "", ""}},
                                     .rates = {at_home(demo)}});
  if (!home) return fail_as(home);
  auto world = shipping::create_zone(tx, shop,
                                     {.id = {},
                                      .name = "World",
                                      .places = {{std::string(shipping::kEverywhereElse), "", ""}},
                                      .rates = {abroad(demo)}});
  if (!world) return fail_as(world);
  return {};
}

}  // namespace geili::flows
