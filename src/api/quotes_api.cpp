// POST /shipping/quote: what sending costs, told before the tap.

#include <boost/json.hpp>

#include "api/buyer.hpp"
#include "api/coupon_json.hpp"
#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/shipping_views.hpp"
#include "catalog/shop.hpp"
#include "flows/coupons.hpp"
#include "flows/deal.hpp"
#include "flows/for_sale.hpp"
#include "flows/shipment.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using net::Method;

struct Ask {
  struct Line {
    ProductId product;
    std::int64_t quantity = 1;
  };
  ShopId shop;
  std::optional<ShowId> show;
  std::vector<Line> lines;
  orders::Buyer buyer;
};

struct Answer {
  Money items;
  std::vector<shipping::Option> options;
  std::string refusal;  // why there are none
  std::vector<shipping::PickupPoint> pickup_points;
  std::vector<flows::CouponOffer> coupons;
};

Result<Ask> decode_ask(const net::Request& request) {
  Ask ask;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    ask.shop = ShopId{body.id("shop_id")};
    if (const auto show = body.optional_id("show_id")) ask.show = ShowId{*show};
    body.objects("lines", 1, orders::kLinesMax, [&](net::ObjectReader& line) {
      ask.lines.push_back({.product = ProductId{line.id("product_id")},
                           .quantity = line.integer("quantity", 1, orders::kLineQuantityMax)});
    });
    ask.buyer = read_buyer(body, BuyerNeeds::country_alone);
  });
  if (!read) return fail_as(read);
  return ask;
}

bool is_about_sending(const Error& error) {
  return error.code == "no-shipping-there" || error.code == "item-too-heavy" ||
         error.code == "item-too-large" || error.code == "too-many-parcels" ||
         error.code == "shipping-too-many-items";
}

Result<Answer> run_ask(store::Tx& tx, const Ask& ask, const Caller& caller) {
  auto terms = catalog::find_shop_terms(tx, ask.shop);
  if (!terms) return fail(Error::invalid_field("/shop_id", "is not a shop"));
  const auto device = caller.device(tx);
  flows::ShipmentRequest request{.shop = ask.shop,
                                 .show = ask.show,
                                 .device = device ? std::optional(device->id) : std::nullopt,
                                 .to = flows::shipment_address(ask.buyer),
                                 .postal_code = ask.buyer.postal_code,
                                 .rate = std::nullopt,
                                 .currency = terms->currency,
                                 .items = {}};
  Answer answer{.items = {0, terms->currency}};
  for (const Ask::Line& line : ask.lines) {
    auto offer = flows::find_for_sale(tx, line.product, ask.show);
    if (!offer) return fail_as(offer);
    if (offer->shop != ask.shop) return fail(flows::product_unavailable(line.product));
    const auto price = flows::price_of(tx, *offer,
                                       {.product = line.product,
                                        .quantity = line.quantity,
                                        .show = ask.show,
                                        .device = request.device},
                                       caller.clock->now());
    offer->price_minor = price.unit_minor;
    request.items.push_back(flows::shipment_item(tx, line.product, *offer, line.quantity));
    answer.items.minor += offer->price_minor * line.quantity;
  }
  if (answer.items.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/lines", "come to more than an order may"));
  }
  if (device) {
    answer.coupons = flows::coupon_offers(tx, {ask.shop, ask.show, device->id, answer.items},
                                          caller.clock->now());
  }
  answer.pickup_points = shipping::pickup_points(tx, ask.shop);
  auto options = flows::shipment_options(tx, request);
  if (options) {
    answer.options = *std::move(options);
  } else if (is_about_sending(options.error())) {
    answer.refusal = options.error().code;
  } else if (options.error().code == "invalid-field") {
    return fail(Error::invalid_field("/buyer/country", "is not a country of ISO 3166-1"));
  } else {
    return fail_as(options);
  }
  return answer;
}

json::value option_json(const shipping::Option& option, Currency currency) {
  bool joins = false;
  for (const shipping::QuotedParcel& parcel : option.parcels) joins = joins || parcel.joins;
  json::object out{{"carrier", option.carrier},
                   {"service", option.service},
                   {"handling_days", option.handling_days},
                   {"shipping", to_json(Money{option.incremental_minor, currency})},
                   {"joins_parcel", joins},
                   {"parcels", static_cast<std::int64_t>(option.parcels.size())}};
  if (option.rate) out["rate_id"] = id_json(option.rate);
  return out;
}

net::Response encode_answer(const Answer& answer, const net::Request&) {
  json::array options;
  for (const auto& option : answer.options) {
    options.push_back(option_json(option, answer.items.currency));
  }
  json::array points;
  for (const auto& point : answer.pickup_points) points.push_back(to_json(point));
  json::array coupons;
  for (const flows::CouponOffer& offer : answer.coupons) {
    coupons.push_back({{"coupon", to_json(offer.claim)},
                       {"discount", to_json(Money{offer.discount_minor, answer.items.currency})},
                       {"missing", to_json(Money{offer.missing_minor, answer.items.currency})}});
  }
  json::object out{{"items", to_json(answer.items)},
                   {"coupons", std::move(coupons)},
                   {"options", std::move(options)},
                   {"pickup_points", std::move(points)}};
  if (!answer.refusal.empty()) out["refusal"] = answer.refusal;
  return json_response(out);
}

}  // namespace

void add_quote_routes(net::Router& router, const Context& context) {
  router.add(
      {Method::post, "/api/v1/shipping/quote", "quoteShipping",
       handler(context, Endpoint<Ask, Answer>{Job::read, decode_ask, run_ask, encode_answer})});
}

}  // namespace geili::api
