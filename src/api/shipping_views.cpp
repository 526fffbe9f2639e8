#include "api/shipping_views.hpp"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "api/encode.hpp"
#include "catalog/shop.hpp"
#include "flows/pay.hpp"

namespace geili::api {

namespace json = boost::json;

namespace {

json::string text_json(std::string_view text) {
  return json::string(text.data(), text.size());
}

json::value rate_json(const shipping::Rate& rate, Currency currency) {
  json::array brackets;
  for (const shipping::Bracket& bracket : rate.brackets) {
    brackets.push_back(
        {{"up_to", bracket.up_to}, {"price", to_json(Money{bracket.price_minor, currency})}});
  }
  json::object out{{"id", id_json(rate.id)},
                   {"carrier", rate.carrier},
                   {"service", rate.service},
                   {"kind", text_json(to_text(rate.kind))},
                   {"brackets", std::move(brackets)},
                   {"step", rate.step},
                   {"step_price", to_json(Money{rate.step_minor, currency})},
                   {"handling_days", rate.handling_days},
                   {"parcel_max_g", rate.parcel_max_g}};
  if (rate.free_from_minor) out["free_from"] = to_json(Money{*rate.free_from_minor, currency});
  return out;
}

json::value zone_json(const shipping::Zone& zone, Currency currency) {
  json::array places;
  for (const shipping::Place& place : zone.places) {
    json::object out{{"country", place.country}};
    if (!place.postal_prefix.empty()) out["postal_prefix"] = place.postal_prefix;
    places.push_back(std::move(out));
  }
  json::array rates;
  for (const shipping::Rate& rate : zone.rates) rates.push_back(rate_json(rate, currency));
  return {{"id", id_json(zone.id)},
          {"name", zone.name},
          {"places", std::move(places)},
          {"rates", std::move(rates)}};
}

json::array lines_json(const orders::Order& order) {
  json::array lines;
  for (const orders::OrderLine& line : order.lines) {
    json::object out{{"product_id", id_json(line.product)},
                     {"title", line.title},
                     {"quantity", line.quantity},
                     {"unit_price", to_json(line.unit_price)}};
    if (line.photo) {
      out["photo"] = catalog::photo_address(*line.photo, catalog::PhotoSize::small);
    }
    lines.push_back(std::move(out));
  }
  return lines;
}

json::array orders_json(const ParcelView& view) {
  json::array orders;
  for (std::size_t i = 0; i < view.orders.size(); ++i) {
    const orders::Order& order = view.orders[i];
    std::int64_t pieces = 0;
    for (const orders::OrderLine& line : order.lines) pieces += line.quantity;
    orders.push_back(
        {{"id", id_json(order.id)},
         {"number", order.number},
         {"status", text_json(to_text(order.status))},
         {"note", order.note},
         {"awaits_payment", std::ranges::find(view.unpaid, order.id) != view.unpaid.end()},
         {"pieces_here", view.parcel.orders[i].load.units},
         {"pieces", pieces},
         {"lines", lines_json(order)}});
  }
  return orders;
}

}  // namespace

shipping::Settings first_settings(Currency currency) {
  shipping::Settings settings{.currency = currency};
  if (currency.code() == "CNY") {
    settings.origin_country = "CN";
    settings.paper_language = paper::Language::zh;
  } else if (currency.code() == "MXN") {
    settings.origin_country = "MX";
    settings.paper_language = paper::Language::es;
  }
  return settings;
}

Result<ShippingView> shipping_view(store::Tx& tx, ShopId shop) {
  auto terms = catalog::find_shop_terms(tx, shop);
  if (!terms) return fail_as(terms);
  ShippingView view{.is_set_up = true, .shipping = {first_settings(terms->currency), {}}};
  if (auto set = shipping::load_shipping(tx, shop)) {
    view.shipping = *std::move(set);
  } else {
    view.is_set_up = false;
  }
  view.pickup_points = shipping::pickup_points(tx, shop);
  view.carriers = shipping::carriers(tx, shop);
  return view;
}

Result<ParcelView> parcel_view(store::Tx& tx, shipping::Parcel parcel) {
  ParcelView view{.parcel = std::move(parcel)};
  for (const shipping::ParcelOrder& one : view.parcel.orders) {
    auto order = orders::find_order(tx, view.parcel.shop, one.order);
    if (!order) return fail_as(order);
    if (!flows::check_paid(tx, *order)) view.unpaid.push_back(order->id);
    view.orders.push_back(*std::move(order));
  }
  view.tracking_url = shipping::tracking_link(tx, view.parcel.shop, view.parcel.carrier,
                                              view.parcel.tracking_number);
  view.postage_left = shipping::postage_left(tx, view.parcel.id);
  return view;
}

json::value to_json(const shipping::PickupPoint& point) {
  return {{"id", id_json(point.id)},
          {"name", point.name},
          {"address", point.address},
          {"hours", point.hours},
          {"handling_days", point.handling_days}};
}

json::value to_json(const ShippingView& view) {
  const shipping::Settings& settings = view.shipping.settings;
  json::array zones;
  for (const auto& zone : view.shipping.zones) zones.push_back(zone_json(zone, settings.currency));
  json::array points;
  for (const auto& point : view.pickup_points) points.push_back(to_json(point));
  json::array carriers;
  for (const auto& carrier : view.carriers) {
    carriers.push_back({{"name", carrier.name}, {"tracking_template", carrier.tracking_template}});
  }
  return {{"is_set_up", view.is_set_up},
          {"currency", text_json(settings.currency.code())},
          {"origin_country", settings.origin_country},
          {"default_weight_g", settings.default_weight_g},
          {"paper_language", text_json(paper::to_text(settings.paper_language))},
          {"sender_address", settings.sender_address},
          {"zones", std::move(zones)},
          {"pickup_points", std::move(points)},
          {"carriers", std::move(carriers)}};
}

json::value to_json(const ParcelView& view) {
  const shipping::Parcel& parcel = view.parcel;
  json::array history;
  for (const shipping::ParcelChange& change : parcel.history) {
    history.push_back(
        {{"state", text_json(to_text(change.state))}, {"at", instant_json(change.at)}});
  }
  json::object out{{"id", id_json(parcel.id)},
                   {"number", parcel.number},
                   {"state", text_json(to_text(parcel.state))},
                   {"to",
                    {{"recipient", parcel.to.recipient},
                     {"phone", parcel.to.phone},
                     {"address", parcel.to.lines},
                     {"country", parcel.to.country}}},
                   {"carrier", parcel.carrier},
                   {"service", parcel.service},
                   {"weight_g", parcel.load().weight_g},
                   {"shipping_paid", to_json(Money{parcel.shipping_paid_minor(), parcel.currency})},
                   {"created_at", instant_json(parcel.created_at)},
                   {"orders", orders_json(view)},
                   {"history", std::move(history)}};
  json::array postage_left;
  for (const shipping::PostageLeft& one : view.postage_left) {
    postage_left.push_back({{"order_id", id_json(one.order)},
                            {"order_number", one.order_number},
                            {"shipping", to_json(Money{one.shipping_minor, parcel.currency})}});
  }
  out["postage_left"] = std::move(postage_left);
  if (parcel.show) out["show_id"] = id_json(*parcel.show);
  if (!parcel.tracking_number.empty()) out["tracking_number"] = parcel.tracking_number;
  if (view.tracking_url) out["tracking_url"] = *view.tracking_url;
  if (parcel.weighed_g) out["weighed_g"] = *parcel.weighed_g;
  if (parcel.slip_printed_at) out["slip_printed_at"] = instant_json(*parcel.slip_printed_at);
  if (parcel.label_printed_at) out["label_printed_at"] = instant_json(*parcel.label_printed_at);
  return out;
}

}  // namespace geili::api
