// POST /baskets: goods of several shops, bought together.

#include <boost/json.hpp>

#include "api/buyer.hpp"
#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/order_body.hpp"
#include "api/routes.hpp"
#include "flows/basket_orders.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;

Result<std::vector<flows::PlaceOrder>> decode(const net::Request& request) {
  auto key = idempotency_key(request);
  if (!key) return fail_as(key);
  std::vector<flows::PlaceOrder> orders;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    body.objects("orders", 1, flows::kBasketOrdersMax,
                 [&](net::ObjectReader& order) { orders.push_back(read_order(order)); });
    const auto show = body.optional_id("show_id");
    const orders::Buyer buyer = read_buyer(body);
    for (flows::PlaceOrder& order : orders) {
      order.idempotency_key = *key;
      if (show) order.show = ShowId{*show};
      order.buyer = buyer;
    }
  });
  if (!read) return fail_as(read);
  return flows::basket_orders(std::move(orders));
}

Result<std::vector<OrderView>> run(store::Tx& tx, std::vector<flows::PlaceOrder> orders,
                                   const Caller& caller, const flows::PaymentTerms& terms) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  for (flows::PlaceOrder& order : orders) name_buyer(order, *device);
  auto placed = flows::checkout_basket(tx, orders, *caller.clock, terms);
  if (!placed) return fail_as(placed);
  std::vector<OrderView> views;
  for (flows::Placed& one : *placed) {
    auto view = order_view(tx, std::move(one.order));
    if (!view) return fail_as(view);
    views.push_back(*std::move(view));
  }
  return views;
}

boost::asio::awaitable<net::Response> place_basket(const Context* context, net::Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto orders = decode(request);
  if (!orders) co_return problem(orders.error());
  auto job = [orders = *std::move(orders), caller = Caller::of(request, *context->clock),
              terms = context->payments](store::Tx& tx) { return run(tx, orders, caller, *terms); };
  const auto views = co_await store::write(*context->database, job);
  if (!views) co_return problem(views.error());
  json::array placed;
  for (const OrderView& view : *views) placed.push_back(buyer_order_json(view));
  co_return json_response(json::object{{"orders", std::move(placed)}}, 201);
}

}  // namespace

void add_basket_routes(net::Router& router, const Context& context) {
  router.add({net::Method::post, "/api/v1/baskets", "placeBasket",
              [context = &context](net::Request request) {
                return place_basket(context, std::move(request));
              }});
}

}  // namespace geili::api
