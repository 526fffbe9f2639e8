// Orders: buying, the buyer's link, and the seller's work on them.

#include "api/buyer.hpp"
#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/order_body.hpp"
#include "api/routes.hpp"
#include "flows/amend.hpp"
#include "flows/checkout.hpp"
#include "flows/order_status.hpp"
#include "orders/order.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;

net::Response encode_buyer_order(const OrderView& view, const net::Request&) {
  return json_response(buyer_order_json(view));
}

net::Response encode_seller_order(const OrderView& view, const net::Request&) {
  return json_response(seller_order_json(view));
}

Result<OrderView> viewed(store::Tx& tx, Result<orders::Order> order) {
  if (!order) return fail_as(order);
  return order_view(tx, std::move(*order));
}

// POST /orders

Result<flows::PlaceOrder> decode_place(const net::Request& request) {
  auto key = idempotency_key(request);
  if (!key) return fail_as(key);
  std::optional<flows::PlaceOrder> order;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    order = read_order(body);
    if (const auto show = body.optional_id("show_id")) order->show = ShowId{*show};
    order->buyer = read_buyer(body);
  });
  if (!read) return fail_as(read);
  order->idempotency_key = *std::move(key);
  return *std::move(order);
}

Result<OrderView> run_place(store::Tx& tx, const flows::PlaceOrder& command, const Caller& caller,
                            const flows::PaymentTerms& terms) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  flows::PlaceOrder order = command;
  name_buyer(order, *device);
  auto placed = flows::checkout(tx, order, *caller.clock, terms);
  if (!placed) return fail_as(placed);
  return order_view(tx, std::move(placed->order));
}

net::Response encode_placed(const OrderView& view) {
  net::Response response = json_response(buyer_order_json(view), 201);
  response.headers.set("Location", "/api/v1/orders/" + view.order.token);
  return response;
}

boost::asio::awaitable<net::Response> place_order(const Context* context, net::Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto command = decode_place(request);
  if (!command) co_return problem(command.error());
  auto job = [command = *std::move(command), caller = Caller::of(request, *context->clock),
              terms = context->payments](store::Tx& tx) {
    return run_place(tx, command, caller, *terms);
  };
  const auto view = co_await store::write(*context->database, job);
  if (!view) co_return problem(view.error());
  co_return encode_placed(*view);
}

// GET /orders/{order_token} and its cancel

Result<std::string> decode_token(const net::Request& request) {
  return std::string(request.path_parameter("order_token"));
}

Result<OrderView> run_get(store::Tx& tx, const std::string& token, const Caller&) {
  return viewed(tx, orders::find_by_token(tx, token));
}

Result<OrderView> run_cancel(store::Tx& tx, const std::string& token, const Caller& caller) {
  return viewed(tx, flows::cancel_order(tx, token, *caller.clock));
}

// PATCH /orders/{order_token}

struct Amend {
  std::string token;
  flows::Amendment amendment;
};

Result<Amend> decode_amend(const net::Request& request) {
  Amend amend{.token = std::string(request.path_parameter("order_token")),
              .amendment = {.expected_total = {0, *Currency::parse("CNY")}}};
  auto& wanted = amend.amendment;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    wanted.note =
        body.optional_text("note", {.max_length = orders::kNoteMax, .lines = Lines::multiple});
    if (body.has("lines")) {
      body.objects("lines", 1, orders::kLinesMax, [&](net::ObjectReader& line) {
        wanted.lines.push_back({.product = ProductId{line.id("product_id")},
                                .quantity = line.integer("quantity", 1, orders::kLineQuantityMax)});
      });
    }
    wanted.expected_total = read_money(body, "expected_total");
    if (body.has("payment_method")) {
      wanted.payment_method = read_word(body, "payment_method", payments::parse_method);
    }
    if (!wanted.note && wanted.lines.empty()) body.fault("", "changes nothing");
  });
  if (!read) return fail_as(read);
  return amend;
}

boost::asio::awaitable<net::Response> change_order(const Context* context, net::Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto amend = decode_amend(request);
  if (!amend) co_return problem(amend.error());
  auto job = [amend = *std::move(amend), terms = context->payments,
              clock = context->clock](store::Tx& tx) {
    return viewed(tx, flows::amend_order(tx, amend.token, amend.amendment, *terms, *clock));
  };
  const auto view = co_await store::write(*context->database, job);
  if (!view) co_return problem(view.error());
  co_return encode_buyer_order(*view, request);
}

// GET /device/orders

Result<PageRequest> decode_device_list(const net::Request& request) {
  auto query = list_query(request);
  if (!query) return fail_as(query);
  return std::move(query->page);
}

Result<Page<OrderView>> run_device_list(store::Tx& tx, const PageRequest& page,
                                        const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  auto orders = orders::list_by_device(tx, device->id, page);
  if (!orders) return fail_as(orders);
  return page_of(std::move(*orders),
                 [&](orders::Order order) { return order_view(tx, std::move(order)); });
}

net::Response encode_device_list(const Page<OrderView>& page, const net::Request& request) {
  return page_response(page, request, buyer_order_json);
}

// GET /shops/{shop_id}/orders

struct List {
  ShopId shop;
  orders::OrderFilter filter;
  PageRequest page;
};

Result<List> decode_list(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  auto query = list_query(request, {"status", "show_id"});
  if (!query) return fail_as(query);
  List list{.shop = *shop, .page = std::move(query->page)};
  if (const auto word = query->query.text("status")) {
    list.filter.status = orders::parse_order_status(*word);
    if (!list.filter.status) {
      return net::bad_parameter("status", "is not one of the allowed words");
    }
  }
  const auto show = query->query.id("show_id");
  if (!show) return std::unexpected(show.error());
  if (*show) list.filter.show = ShowId{**show};
  return list;
}

Result<Page<OrderView>> run_list(store::Tx& tx, const List& list, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::see_orders, list.shop);
  if (!actor) return std::unexpected(actor.error());
  auto orders = orders::list_by_shop(tx, list.shop, list.filter, list.page);
  if (!orders) return fail_as(orders);
  return page_of(std::move(*orders),
                 [&](orders::Order order) { return order_view(tx, std::move(order)); });
}

net::Response encode_list(const Page<OrderView>& page, const net::Request& request) {
  return page_response(page, request, seller_order_json);
}

// GET /shops/{shop_id}/orders/{order_id} and its status

struct One {
  ShopId shop;
  OrderId order;
  orders::OrderStatus status = orders::OrderStatus::placed;
};

Result<One> decode_one(const net::Request& request) {
  const auto named = path_ids<ShopTag, OrderTag>(request, "shop_id", "order_id");
  if (!named) return std::unexpected(named.error());
  return One{.shop = named->owner, .order = named->id};
}

Result<OrderView> run_one(store::Tx& tx, const One& one, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::see_orders, one.shop);
  if (!actor) return std::unexpected(actor.error());
  return viewed(tx, orders::find_order(tx, one.shop, one.order));
}

Result<One> decode_status(const net::Request& request) {
  auto one = decode_one(request);
  if (!one) return one;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    one->status = read_word(body, "status", orders::parse_order_status);
  });
  if (!read) return fail_as(read);
  return one;
}

Result<OrderView> run_status(store::Tx& tx, const One& one, const Caller& caller) {
  const auto action =
      one.status == orders::OrderStatus::cancelled ? Action::cancel_orders : Action::advance_orders;
  const auto actor = caller.authorise(tx, action, one.shop);
  if (!actor) return std::unexpected(actor.error());
  const auto before = orders::find_order(tx, one.shop, one.order);
  if (!before) return std::unexpected(before.error());
  auto order = flows::set_order_status(tx, one.shop, one.order, one.status, *caller.clock);
  if (order && order->status != before->status) {
    note_deed(tx, caller, one.shop, "order-status-changed",
              identity::subject_of("order", one.order.value), orders::to_text(one.status));
  }
  return viewed(tx, std::move(order));
}

}  // namespace

void add_order_routes(net::Router& router, const Context& context) {
  router.add({Method::post, "/api/v1/orders", "placeOrder",
              net::Handler([context = &context](net::Request request) {
                return place_order(context, std::move(request));
              })});
  router.add({Method::get, "/api/v1/orders/{order_token}", "getOrder",
              handler(context, Endpoint<std::string, OrderView>{Job::read, decode_token, run_get,
                                                                encode_buyer_order})});
  router.add({Method::patch, "/api/v1/orders/{order_token}", "changeOrder",
              net::Handler([context = &context](net::Request request) {
                return change_order(context, std::move(request));
              })});
  router.add({Method::post, "/api/v1/orders/{order_token}/cancel", "cancelOrder",
              handler(context, Endpoint<std::string, OrderView>{Job::write, decode_token,
                                                                run_cancel, encode_buyer_order})});
  router.add(
      {Method::get, "/api/v1/device/orders", "listDeviceOrders",
       handler(context, Endpoint<PageRequest, Page<OrderView>>{
                            Job::read, decode_device_list, run_device_list, encode_device_list})});
  const std::string of_shop = "/api/v1/shops/{shop_id}/orders";
  router.add({Method::get, of_shop, "listOrders",
              handler(context, Endpoint<List, Page<OrderView>>{Job::read, decode_list, run_list,
                                                               encode_list})});
  router.add({Method::get, of_shop + "/{order_id}", "getShopOrder",
              handler(context, Endpoint<One, OrderView>{Job::read, decode_one, run_one,
                                                        encode_seller_order})});
  router.add({Method::put, of_shop + "/{order_id}/status", "setOrderStatus",
              handler(context, Endpoint<One, OrderView>{Job::write, decode_status, run_status,
                                                        encode_seller_order})});
}

}  // namespace geili::api
