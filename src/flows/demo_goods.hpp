#pragma once
// What the demo offers, as data.

#include <cstdint>
#include <span>
#include <string_view>

namespace geili::flows {

struct DemoProduct {
  std::string_view photo;
  std::string_view title;
  std::string_view description;
  std::int64_t price_minor;
  std::int64_t stock;
};

struct DemoShop {
  std::string_view banner;
  std::string_view name;
  std::string_view village;
  std::string_view description;
  std::string_view pickup;
  std::string_view currency;
  std::string_view origin_country;
  std::int64_t shipping_minor;         // to the end of the first kilogram at home
  std::int64_t shipping_step_minor;    // each further kilogram
  std::int64_t shipping_abroad_minor;  // a parcel to anywhere else
  std::int64_t shipping_free_minor;    // at home, from goods of so much
  std::string_view show_cover;
  std::string_view show_title;
  std::span<const DemoProduct> products;  // the first is the one the show is about
};

extern const DemoShop kDemoPearls;
extern const DemoShop kDemoStone;

}  // namespace geili::flows
