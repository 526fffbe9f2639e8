// Coupons: /shops/{shop_id}/coupons, /shows/{show_id}/coupons, /device/coupons.

#include "api/coupon_json.hpp"
#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/paced.hpp"
#include "api/routes.hpp"
#include "flows/coupons.hpp"
#include "shows/show.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;
using Coupons = std::vector<orders::Coupon>;
using Claims = std::vector<orders::CouponClaim>;

template <class T>
Response list_response(const std::vector<T>& all, json::object (*to)(const T&)) {
  json::array items;
  for (const T& one : all) items.push_back(to(one));
  return json_response({{"items", std::move(items)}});
}

// Of a shop

Result<Coupons> run_list(store::Tx& tx, const ShopId& shop, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::see_stock, shop);
  if (!actor) return std::unexpected(actor.error());
  return orders::coupons_of(tx, shop);
}

Response encode_list(const Coupons& all, const Request&) {
  return list_response<orders::Coupon>(all, seller_json);
}

Result<orders::NewCoupon> decode_new(const Request& request) {
  auto shop = decode_shop(request);
  if (!shop) return fail_as(shop);
  auto key = idempotency_key(request);
  if (!key) return fail_as(key);
  orders::NewCoupon coupon{
      .shop = *shop, .currency = *Currency::parse("CNY"), .key = *std::move(key)};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    coupon.title = body.text("title", {.min_length = 1, .max_length = orders::kCouponTitleMax});
    coupon.code = body.optional_text("code", {.max_length = orders::kCouponCodeMax});
    if (const auto show = body.optional_id("show_id")) coupon.show = ShowId{*show};
    coupon.off.percent = body.optional_integer("percent", 0, 100).value_or(0);
    const Money amount = read_money(body, "amount");
    coupon.off.amount_minor = amount.minor;
    coupon.currency = amount.currency;
    coupon.off.min_order_minor =
        body.optional_integer("min_order_minor", 0, kMoneyMinorMax).value_or(0);
    coupon.units = body.integer("units", 1, orders::kCouponUnitsMax);
    coupon.per_buyer_max =
        body.optional_integer("per_buyer_max", 1, orders::kCouponPerBuyerMax).value_or(1);
    coupon.valid_from = body.optional_instant("valid_from");
    coupon.valid_until = body.instant("valid_until");
  });
  if (!read) return fail_as(read);
  return coupon;
}

Result<orders::Coupon> run_new(store::Tx& tx, const orders::NewCoupon& coupon,
                               const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_products, coupon.shop);
  if (!actor) return std::unexpected(actor.error());
  auto before = orders::find_made(tx, coupon);
  if (!before) return fail_as(before);
  if (*before) return **std::move(before);
  auto made = flows::make_coupon(tx, coupon, *caller.clock);
  if (made) {
    note_deed(tx, caller, coupon.shop, "coupon-made",
              identity::subject_of("coupon", made->id.value), made->title);
  }
  return made;
}

Response encode_made(const orders::Coupon& coupon, const Request&) {
  return json_response(seller_json(coupon), 201);
}

struct One {
  ShopId shop;
  orders::CouponId coupon;
};

Result<One> decode_one(const Request& request) {
  const auto shop = decode_shop(request);
  if (!shop) return std::unexpected(shop.error());
  const auto coupon = path_id<orders::CouponTag>(request, "coupon_id");
  if (!coupon) return std::unexpected(coupon.error());
  return One{*shop, *coupon};
}

Result<orders::Coupon> run_withdraw(store::Tx& tx, const One& one, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_products, one.shop);
  if (!actor) return std::unexpected(actor.error());
  return noted(tx, caller,
               {one.shop, "coupon-withdrawn", identity::subject_of("coupon", one.coupon.value)},
               flows::withdraw_coupon(tx, one.shop, one.coupon, *caller.clock));
}

Response encode_withdrawn(const orders::Coupon& coupon, const Request&) {
  return json_response(seller_json(coupon));
}

// Of a show

Result<Coupons> run_of_show(store::Tx& tx, const ShowId& id, const Caller& caller) {
  auto show = shows::find_show(tx, id);
  if (!show) return fail_as(show);
  return orders::coupons_to_take(tx, show->shop, id, caller.clock->now());
}

Response encode_of_show(const Coupons& all, const Request&) {
  return list_response<orders::Coupon>(all, to_json);
}

// Of a device

Result<ShopId> decode_held(const Request& request) {
  const auto query = net::Query::parse(request.query);
  if (!query) return std::unexpected(query.error());
  if (auto known = query->check_names({"shop_id"}); !known) return fail_as(known);
  const auto shop = query->id("shop_id");
  if (!shop) return std::unexpected(shop.error());
  if (!*shop) return net::bad_parameter("shop_id", "is missing");
  return ShopId{**shop};
}

Result<Claims> run_held(store::Tx& tx, const ShopId& shop, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  return orders::held_coupons(tx, shop, device->id, caller.clock->now());
}

Response encode_held(const Claims& all, const Request&) {
  return list_response<orders::CouponClaim>(all, to_json);
}

// By a tap on an offer, or by the code of a shop.
struct Take {
  std::optional<orders::CouponId> offer;
  ShopId shop;
  std::string code;
};

Result<Take> decode_take(const Request& request) {
  Take take;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    if (const auto offer = body.optional_id("offer_id")) {
      take.offer = orders::CouponId{*offer};
      return;
    }
    take.shop = ShopId{body.id("shop_id")};
    take.code = body.text("code", {.min_length = 1, .max_length = orders::kCouponCodeMax});
  });
  if (!read) return fail_as(read);
  return take;
}

Result<orders::CouponClaim> run_take(store::Tx& tx, const Take& take, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  if (take.offer) return flows::take_coupon(tx, *take.offer, device->id, *caller.clock);
  return flows::take_coupon(tx, take.shop, take.code, device->id, *caller.clock);
}

Response encode_taken(const orders::CouponClaim& claim, const Request&) {
  return json_response(to_json(claim), 201);
}

}  // namespace

void add_coupon_routes(net::Router& router, const Context& context) {
  const std::string of_shop = "/api/v1/shops/{shop_id}/coupons";
  router.add(
      {Method::get, of_shop, "listCoupons",
       handler(context, Endpoint<ShopId, Coupons>{Job::read, decode_shop, run_list, encode_list})});
  router.add({Method::post, of_shop, "makeCoupon",
              handler(context, Endpoint<orders::NewCoupon, orders::Coupon>{Job::write, decode_new,
                                                                           run_new, encode_made})});
  router.add({Method::del, of_shop + "/{coupon_id}", "withdrawCoupon",
              handler(context, Endpoint<One, orders::Coupon>{Job::write, decode_one, run_withdraw,
                                                             encode_withdrawn})});
  router.add({Method::get, "/api/v1/shows/{show_id}/coupons", "listShowCoupons",
              handler(context, Endpoint<ShowId, Coupons>{Job::read, decode_show, run_of_show,
                                                         encode_of_show})});
  router.add(
      {Method::get, "/api/v1/device/coupons", "listHeldCoupons",
       handler(context, Endpoint<ShopId, Claims>{Job::read, decode_held, run_held, encode_held})});
  router.add({Method::post, "/api/v1/device/coupons", "takeCoupon",
              paced(context, Endpoint<Take, orders::CouponClaim>{Job::write, decode_take, run_take,
                                                                 encode_taken})});
}

}  // namespace geili::api
