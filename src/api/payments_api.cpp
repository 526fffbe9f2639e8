// Paying: what a shop takes, what a buyer is to do next, and the seller's word on money.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/payment_calls.hpp"
#include "api/payment_json.hpp"
#include "api/routes.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using identity::Action;
using net::Request;
using net::Response;

// GET /shops/{shop_id}/payment-methods

struct Methods {
  ShopId shop;
  std::optional<ShowId> show;
};

Result<Methods> decode_methods(const Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  if (auto known = query->check_names({"show_id"}); !known) return fail_as(known);
  const auto show = query->id("show_id");
  if (!show) return std::unexpected(show.error());
  Methods wanted{.shop = *shop, .show = std::nullopt};
  if (*show) wanted.show = ShowId{**show};
  return wanted;
}

awaitable<Response> list_methods(const Context* context, Request request) {
  const auto wanted = decode_methods(request);
  if (!wanted) co_return problem(wanted.error());
  auto job = [wanted = *wanted, terms = context->payments](store::Tx& tx) {
    return flows::offered_methods(tx, wanted.shop, wanted.show, *terms);
  };
  const auto offered = co_await store::read(*context->database, job);
  if (!offered) co_return problem(offered.error());
  json::array items;
  for (const flows::OfferedMethod& one : *offered) {
    items.push_back({{"method", json::string_view(payments::to_text(one.method))},
                     {"is_prepaid", flows::is_prepaid(one.method)},
                     {"is_practice", one.is_practice}});
  }
  co_return json_response(json::object{{"items", std::move(items)}});
}

// POST /orders/{order_token}/payment

void put(json::object& out, std::string_view name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

// What the provider's own fields in our page need beside the secret.
struct HostedFields {
  std::string key;
  std::string return_url;
};

json::object step_json(const payments::BuyerStep& step, const HostedFields& fields) {
  json::object out;
  put(out, "redirect_url", step.redirect_url);
  put(out, "client_secret", step.client_secret.reveal());
  if (!step.client_secret.reveal().empty()) {
    put(out, "hosted_fields_key", fields.key);
    put(out, "return_url", fields.return_url);
  }
  put(out, "voucher_number", step.voucher_number);
  put(out, "voucher_url", step.voucher_url);
  put(out, "bank_name", step.bank_name);
  put(out, "account", step.account);
  put(out, "account_holder", step.account_holder);
  put(out, "transfer_reference", step.transfer_reference);
  return out;
}

awaitable<Response> begin_payment(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto job = [token = std::string(request.path_parameter("order_token")), terms = context->payments,
              clock = context->clock](store::Tx& tx) {
    return flows::begin_payment(tx, token, *terms, *clock);
  };
  auto call = co_await store::write(*context->database, job);
  if (!call) co_return problem(call.error());
  if (!*call) co_return json_response(json::object{});
  const flows::ProviderCall& asking = **call;
  const HostedFields fields{asking.provider->capabilities().hosted_fields_key,
                            asking.asked.ask.purchase.return_url};
  const auto step = co_await carry(context, **std::move(call));
  if (!step) co_return problem(step.error());
  co_return json_response(step_json(*step, fields));
}

// GET /payments/{reference}/return

awaitable<Response> return_from_payment(const Context* context, Request request) {
  auto job = [reference = std::string(request.path_parameter("reference")), clock = context->clock](
                 store::Tx& tx) { return flows::return_from_payment(tx, reference, *clock); };
  const auto token = co_await store::write(*context->database, job);
  if (!token) co_return problem(token.error());
  Response response;
  response.status = 303;
  response.headers.set("Location", "/order#" + *token);
  response.headers.set("Cache-Control", "no-store");
  co_return response;
}

// The seller's word

struct One {
  ShopId shop;
  OrderId order;
};

Result<One> decode_one(const Request& request) {
  const auto named = path_ids<ShopTag, OrderTag>(request, "shop_id", "order_id");
  if (!named) return std::unexpected(named.error());
  return One{named->owner, named->id};
}

Result<OrderView> viewed(store::Tx& tx, Result<orders::Order> order) {
  if (!order) return fail_as(order);
  return order_view(tx, *std::move(order));
}

Response encode_order(const OrderView& view, const Request&) {
  return json_response(seller_order_json(view));
}

Deed deed_of(const One& one, std::string_view action) {
  return {one.shop, action, identity::subject_of("order", one.order.value)};
}

Result<OrderView> run_confirm(store::Tx& tx, const One& one, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::take_payments, one.shop);
  if (!actor) return std::unexpected(actor.error());
  return viewed(tx, noted(tx, caller, deed_of(one, "payment-confirmed"),
                          flows::confirm_payment(tx, one.shop, one.order, *caller.clock)));
}

Result<OrderView> run_clear(store::Tx& tx, const One& one, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::take_payments, one.shop);
  if (!actor) return std::unexpected(actor.error());
  return viewed(tx, noted(tx, caller, deed_of(one, "payment-problem-cleared"),
                          flows::clear_payment_problem(tx, one.shop, one.order, *caller.clock)));
}

Result<flows::RefundOrder> decode_refund(const Request& request) {
  const auto one = decode_one(request);
  if (!one) return std::unexpected(one.error());
  auto key = idempotency_key(request);
  if (!key) return fail_as(key);
  flows::RefundOrder refund{.shop = one->shop, .order = one->order, .key = *std::move(key)};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    refund.amount_minor = body.integer("amount_minor", 1, kMoneyMinorMax);
    refund.return_stock = body.optional_boolean("return_stock").value_or(false);
  });
  if (!read) return fail_as(read);
  return refund;
}

Result<OrderView> run_refund(store::Tx& tx, const flows::RefundOrder& refund,
                             const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::take_payments, refund.shop);
  if (!actor) return std::unexpected(actor.error());
  auto order = flows::refund_order(tx, refund, *caller.clock);
  if (!order) return fail_as(order);
  const Money amount{refund.amount_minor, order->total.currency};
  note_deed(tx, caller, refund.shop, "refund-asked",
            identity::subject_of("order", refund.order.value), to_string(amount));
  return viewed(tx, std::move(order));
}

net::Handler bound(const Context& context, awaitable<Response> (*run)(const Context*, Request)) {
  return [context = &context, run](Request request) { return run(context, std::move(request)); };
}

}  // namespace

void add_payment_routes(net::Router& router, const Context& context) {
  using net::Method;
  router.add({Method::get, "/api/v1/shops/{shop_id}/payment-methods", "listPaymentMethods",
              bound(context, list_methods)});
  router.add({Method::post, "/api/v1/orders/{order_token}/payment", "beginPayment",
              bound(context, begin_payment)});
  router.add({Method::get, "/api/v1/payments/{reference}/return", "returnFromPayment",
              bound(context, return_from_payment)});
  const std::string of_order = "/api/v1/shops/{shop_id}/orders/{order_id}";
  router.add({Method::post, of_order + "/payment/confirmation", "confirmPayment",
              handler(context, Endpoint<One, OrderView>{Job::write, decode_one, run_confirm,
                                                        encode_order})});
  router.add({Method::del, of_order + "/payment/problem", "clearPaymentProblem",
              handler(context,
                      Endpoint<One, OrderView>{Job::write, decode_one, run_clear, encode_order})});
  router.add({Method::post, of_order + "/refunds", "refundOrder",
              handler(context, Endpoint<flows::RefundOrder, OrderView>{Job::write, decode_refund,
                                                                       run_refund, encode_order})});
}

}  // namespace geili::api
