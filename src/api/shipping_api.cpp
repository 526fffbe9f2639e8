// Where a shop sends to and for how much: /shops/{shop_id}/shipping and what is below it.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/shipping_views.hpp"
#include "catalog/shop.hpp"
#include "shipping/address_form.hpp"
#include "shipping/country.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;

constexpr TextRule kName{.min_length = 1, .max_length = shipping::kNameMax};
constexpr TextRule kNameOrNone{.max_length = shipping::kNameMax};

net::Response encode_view(const ShippingView& view, const net::Request&) {
  return json_response(to_json(view));
}

net::Response encode_created(const ShippingView& view, const net::Request&) {
  return json_response(to_json(view), 201);
}

template <class T>
Result<ShippingView> changed(store::Tx& tx, ShopId shop, const Caller& caller,
                             std::string_view detail, const Result<T>& done) {
  if (!done) return fail(Error(done.error()));
  note_deed(tx, caller, shop, "shipping-changed", identity::subject_of("shop", shop.value), detail);
  return shipping_view(tx, shop);
}

Result<void> may_edit(store::Tx& tx, ShopId shop, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_shop, shop);
  if (!actor) return std::unexpected(actor.error());
  return {};
}

// A shop's first zone or point makes its settings, too.
Result<void> begin_settings(store::Tx& tx, ShopId shop) {
  if (shipping::find_settings(tx, shop)) return {};
  auto terms = catalog::find_shop_terms(tx, shop);
  if (!terms) return fail_as(terms);
  shipping::Settings first = first_settings(terms->currency);
  if (first.origin_country.empty()) {
    return fail(ErrorKind::conflict, "shipping-not-set-up",
                "Say first which country you send from.");
  }
  auto set = shipping::set_settings(tx, shop, first);
  if (!set) return fail_as(set);
  return {};
}

// GET and PUT /shops/{shop_id}/shipping

Result<ShippingView> run_get(store::Tx& tx, const ShopId& shop, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::see_orders, shop);
  if (!actor) return std::unexpected(actor.error());
  return shipping_view(tx, shop);
}

struct Set {
  ShopId shop;
  shipping::Settings settings;
};

Result<Set> decode_set(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  Set set{.shop = *shop, .settings = {.currency = *Currency::parse("CNY")}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    set.settings.origin_country = body.text("origin_country", {.min_length = 2, .max_length = 2});
    set.settings.default_weight_g = body.integer("default_weight_g", 1, shipping::kWeightMaxG);
    set.settings.sender_address = body.text(
        "sender_address", {.max_length = shipping::kSenderAddressMax, .lines = Lines::multiple});
    const std::string word = body.text("paper_language", {.min_length = 2, .max_length = 2});
    const auto language = paper::parse_language(word);
    if (!language && !word.empty()) body.fault("paper_language", "is not en, zh, es or fr");
    set.settings.paper_language = language.value_or(paper::Language::en);
  });
  if (!read) return fail_as(read);
  return set;
}

Result<ShippingView> run_set(store::Tx& tx, const Set& set, const Caller& caller) {
  if (auto may = may_edit(tx, set.shop, caller); !may) return fail_as(may);
  auto terms = catalog::find_shop_terms(tx, set.shop);
  if (!terms) return fail_as(terms);
  shipping::Settings settings = set.settings;
  settings.currency = terms->currency;
  return changed(tx, set.shop, caller, "settings", shipping::set_settings(tx, set.shop, settings));
}

// Zones

struct ZoneChange {
  ShopId shop;
  shipping::Zone zone;
};

// A price in the shop's own currency: rates name no other.
std::int64_t read_minor(net::ObjectReader& reader, std::string_view name) {
  return reader.integer(name, 0, kMoneyMinorMax);
}

shipping::Rate read_rate(net::ObjectReader& body) {
  shipping::Rate rate;
  if (const auto id = body.optional_id("id")) rate.id = shipping::RateId{*id};
  rate.carrier = body.text("carrier", kName);
  rate.service = body.optional_text("service", kNameOrNone).value_or("");
  const std::string kind = body.text("kind", {.min_length = 1, .max_length = 10});
  const auto parsed = shipping::parse_rate_kind(kind);
  if (!parsed && !kind.empty()) body.fault("kind", "is not flat, weight or items");
  rate.kind = parsed.value_or(shipping::RateKind::flat);
  body.objects("brackets", 1, shipping::kBracketsMax, [&](net::ObjectReader& bracket) {
    rate.brackets.push_back({.up_to = bracket.integer("up_to", 0, shipping::kWeightMaxG),
                             .price_minor = read_minor(bracket, "price_minor")});
  });
  rate.step = body.optional_integer("step", 0, shipping::kWeightMaxG).value_or(0);
  rate.step_minor = body.optional_integer("step_minor", 0, kMoneyMinorMax).value_or(0);
  rate.free_from_minor = body.optional_integer("free_from_minor", 1, kMoneyMinorMax);
  rate.handling_days =
      body.optional_integer("handling_days", 0, shipping::kHandlingDaysMax).value_or(1);
  rate.parcel_max_g =
      body.optional_integer("parcel_max_g", 1, shipping::kWeightMaxG).value_or(rate.parcel_max_g);
  return rate;
}

void read_zone(net::ObjectReader& body, shipping::Zone& zone) {
  zone.name = body.text("name", kName);
  body.objects("places", 1, shipping::kPlacesMax, [&](net::ObjectReader& place) {
    zone.places.push_back(
        {.country = place.text("country", {.min_length = 1, .max_length = 2}),
         .subdivision = {},
         .postal_prefix = place.optional_text("postal_prefix", {.max_length = 12}).value_or("")});
  });
  body.objects("rates", 0, shipping::kRatesMax,
               [&](net::ObjectReader& rate) { zone.rates.push_back(read_rate(rate)); });
}

Result<ZoneChange> decode_new_zone(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  ZoneChange change{.shop = *shop};
  auto read = read_body(request, [&](net::ObjectReader& body) { read_zone(body, change.zone); });
  if (!read) return fail_as(read);
  return change;
}

Result<ZoneChange> decode_zone_id(const net::Request& request) {
  const auto named = path_ids<ShopTag, shipping::ShippingZoneTag>(request, "shop_id", "zone_id");
  if (!named) return std::unexpected(named.error());
  return ZoneChange{.shop = named->owner, .zone = {.id = named->id}};
}

Result<ZoneChange> decode_zone(const net::Request& request) {
  auto change = decode_zone_id(request);
  if (!change) return change;
  auto read = read_body(request, [&](net::ObjectReader& body) { read_zone(body, change->zone); });
  if (!read) return fail_as(read);
  return change;
}

Result<ShippingView> run_new_zone(store::Tx& tx, const ZoneChange& change, const Caller& caller) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  if (auto begun = begin_settings(tx, change.shop); !begun) return fail_as(begun);
  return changed(tx, change.shop, caller, change.zone.name,
                 shipping::create_zone(tx, change.shop, change.zone));
}

Result<ShippingView> run_zone(store::Tx& tx, const ZoneChange& change, const Caller& caller) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  return changed(tx, change.shop, caller, change.zone.name,
                 shipping::replace_zone(tx, change.shop, change.zone));
}

Result<ShippingView> run_no_zone(store::Tx& tx, const ZoneChange& change, const Caller& caller) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  return changed(tx, change.shop, caller, "a zone less",
                 shipping::delete_zone(tx, change.shop, change.zone.id));
}

// Pick-up points

struct PointChange {
  ShopId shop;
  shipping::PickupPoint point;
};

void read_point(net::ObjectReader& body, shipping::PickupPoint& point) {
  point.name = body.text("name", kName);
  point.address = body.text(
      "address",
      {.min_length = 1, .max_length = shipping::kPickupAddressMax, .lines = Lines::multiple});
  point.hours = body.optional_text("hours", {.max_length = shipping::kPickupHoursMax,
                                             .lines = Lines::multiple})
                    .value_or("");
  point.handling_days =
      body.optional_integer("handling_days", 0, shipping::kHandlingDaysMax).value_or(0);
}

Result<PointChange> decode_new_point(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  PointChange change{.shop = *shop};
  auto read = read_body(request, [&](net::ObjectReader& body) { read_point(body, change.point); });
  if (!read) return fail_as(read);
  return change;
}

Result<PointChange> decode_point_id(const net::Request& request) {
  const auto named = path_ids<ShopTag, shipping::PickupPointTag>(request, "shop_id", "point_id");
  if (!named) return std::unexpected(named.error());
  return PointChange{.shop = named->owner, .point = {.id = named->id}};
}

Result<PointChange> decode_point(const net::Request& request) {
  auto change = decode_point_id(request);
  if (!change) return change;
  auto read = read_body(request, [&](net::ObjectReader& body) { read_point(body, change->point); });
  if (!read) return fail_as(read);
  return change;
}

Result<ShippingView> run_point(store::Tx& tx, const PointChange& change, const Caller& caller) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  if (auto begun = begin_settings(tx, change.shop); !begun) return fail_as(begun);
  return changed(tx, change.shop, caller, change.point.name,
                 shipping::save_pickup_point(tx, change.shop, change.point));
}

Result<ShippingView> run_no_point(store::Tx& tx, const PointChange& change, const Caller& caller) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  return changed(tx, change.shop, caller, "a pick-up point less",
                 shipping::delete_pickup_point(tx, change.shop, change.point.id));
}

// PUT /shops/{shop_id}/shipping/carriers

struct CarrierChange {
  ShopId shop;
  shipping::Carrier carrier;
};

Result<CarrierChange> decode_carrier(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  CarrierChange change{.shop = *shop};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    change.carrier.name = body.text("name", kName);
    change.carrier.tracking_template =
        body.text("tracking_template", {.max_length = shipping::kTemplateMax});
  });
  if (!read) return fail_as(read);
  return change;
}

Result<ShippingView> run_carrier(store::Tx& tx, const CarrierChange& change, const Caller& caller) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  return changed(tx, change.shop, caller, change.carrier.name,
                 shipping::set_carrier(tx, change.shop, change.carrier));
}

// GET /address-forms/{country}: no store is asked.

boost::asio::awaitable<net::Response> answer_form(net::Request request) {
  const std::string country(request.path_parameter("country"));
  if (!shipping::is_country(country)) {
    co_return problem(
        Error::make(ErrorKind::not_found, "not-found", "There is no such country (ISO 3166-1)."));
  }
  boost::json::array fields;
  for (const auto& field : shipping::address_form(country).fields) {
    fields.push_back({{"part", boost::json::string(to_text(field.part))},
                      {"required", field.required},
                      {"label", boost::json::string(field.label)}});
  }
  net::Response response = json_response({{"country", country}, {"fields", std::move(fields)}});
  response.headers.set("Cache-Control", "public, max-age=3600");
  co_return response;
}

}  // namespace

void add_shipping_routes(net::Router& router, const Context& context) {
  const std::string one = "/api/v1/shops/{shop_id}/shipping";
  router.add({Method::get, one, "getShipping",
              handler(context, Endpoint<ShopId, ShippingView>{Job::read, decode_shop, run_get,
                                                              encode_view})});
  router.add({Method::put, one, "setShipping",
              handler(context,
                      Endpoint<Set, ShippingView>{Job::write, decode_set, run_set, encode_view})});
  router.add({Method::post, one + "/zones", "createZone",
              handler(context, Endpoint<ZoneChange, ShippingView>{Job::write, decode_new_zone,
                                                                  run_new_zone, encode_created})});
  router.add({Method::put, one + "/zones/{zone_id}", "replaceZone",
              handler(context, Endpoint<ZoneChange, ShippingView>{Job::write, decode_zone, run_zone,
                                                                  encode_view})});
  router.add({Method::del, one + "/zones/{zone_id}", "deleteZone",
              handler(context, Endpoint<ZoneChange, ShippingView>{Job::write, decode_zone_id,
                                                                  run_no_zone, encode_view})});
  router.add({Method::post, one + "/pickup-points", "createPickupPoint",
              handler(context, Endpoint<PointChange, ShippingView>{Job::write, decode_new_point,
                                                                   run_point, encode_created})});
  router.add({Method::put, one + "/pickup-points/{point_id}", "replacePickupPoint",
              handler(context, Endpoint<PointChange, ShippingView>{Job::write, decode_point,
                                                                   run_point, encode_view})});
  router.add({Method::del, one + "/pickup-points/{point_id}", "deletePickupPoint",
              handler(context, Endpoint<PointChange, ShippingView>{Job::write, decode_point_id,
                                                                   run_no_point, encode_view})});
  router.add({Method::put, one + "/carriers", "setCarrier",
              handler(context, Endpoint<CarrierChange, ShippingView>{Job::write, decode_carrier,
                                                                     run_carrier, encode_view})});
  router.add({Method::get, "/api/v1/address-forms/{country}", "getAddressForm",
              [](net::Request request) { return answer_form(std::move(request)); }});
}

}  // namespace geili::api
