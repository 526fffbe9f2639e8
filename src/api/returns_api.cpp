// Goods that come back: asked for by the order's link, decided by the shop.

#include <array>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/return_json.hpp"
#include "api/routes.hpp"
#include "flows/checkout.hpp"
#include "flows/returns.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;
using shipping::ReturnRequest;
using shipping::ReturnState;

net::Response encode_request(const ReturnRequest& request, const net::Request&) {
  return json_response(to_json(request));
}

net::Response encode_asked(const ReturnRequest& request, const net::Request&) {
  return json_response(to_json(request), 201);
}

// POST /orders/{order_token}/returns

Result<flows::AskReturn> decode_ask(const net::Request& request) {
  auto key = idempotency_key(request);
  if (!key) return fail_as(key);
  flows::AskReturn ask{.token = std::string(request.path_parameter("order_token")),
                       .key = *std::move(key)};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    ask.wish = read_word(body, "wish", shipping::parse_return_wish);
    ask.reason = read_word(body, "reason", shipping::parse_return_reason);
    ask.note = body.optional_text(
                       "note", {.max_length = shipping::kReturnNoteMax, .lines = Lines::multiple})
                   .value_or("");
    body.objects("lines", 1, shipping::kReturnLinesMax, [&](net::ObjectReader& line) {
      ask.lines.push_back({.product = ProductId{line.id("product_id")},
                           .quantity = line.integer("quantity", 1, 100)});
    });
  });
  if (!read) return fail_as(read);
  return ask;
}

Result<ReturnRequest> run_ask(store::Tx& tx, const flows::AskReturn& ask, const Caller& caller) {
  return flows::ask_return(tx, ask, *caller.clock);
}

// GET /shops/{shop_id}/returns

struct List {
  ShopId shop;
  std::optional<ReturnState> state;
  PageRequest page;
};

Result<List> decode_list(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  auto query = list_query(request, {"state"});
  if (!query) return fail_as(query);
  List list{.shop = *shop, .state = {}, .page = std::move(query->page)};
  if (const auto word = query->query.text("state")) {
    list.state = shipping::parse_return_state(*word);
    if (!list.state) {
      return net::bad_parameter("state", "is not one of the allowed words");
    }
  }
  return list;
}

Result<Page<ReturnRequest>> run_list(store::Tx& tx, const List& list, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::see_orders, list.shop);
  if (!actor) return std::unexpected(actor.error());
  return shipping::list_returns(tx, list.shop, list.state, list.page);
}

net::Response encode_list(const Page<ReturnRequest>& page, const net::Request& request) {
  return page_response(page, request, [](const ReturnRequest& one) { return to_json(one); });
}

// PUT /shops/{shop_id}/returns/{return_id}/state

struct Decision {
  ShopId shop;
  shipping::ReturnId id;
  ReturnState state = ReturnState::approved;
  std::string answer;
  flows::Restock restock = flows::Restock::no;
  OrderId exchange_order;
  std::int64_t amount_minor = 0;  // of a refund
};

Result<Decision> decode_decision(const net::Request& request) {
  const auto named = path_ids<ShopTag, shipping::ReturnRequestTag>(request, "shop_id", "return_id");
  if (!named) return std::unexpected(named.error());
  Decision decision{.shop = named->owner, .id = named->id};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    decision.state = read_word(body, "state", shipping::parse_return_state);
    decision.answer = body.optional_text("answer", {.max_length = shipping::kReturnNoteMax,
                                                    .lines = Lines::multiple})
                          .value_or("");
    decision.restock = flows::Restock{body.optional_boolean("restock").value_or(false)};
    if (const auto order = body.optional_id("exchange_order_id")) {
      decision.exchange_order = OrderId{*order};
    }
    decision.amount_minor = body.optional_integer("amount_minor", 1, kMoneyMinorMax).value_or(0);
    if (decision.state == ReturnState::asked) {
      body.fault("state", "is not one of the allowed words");
    }
    if (decision.state == ReturnState::exchanged && !decision.exchange_order) {
      body.fault("exchange_order_id", "is missing");
    }
    if (decision.state == ReturnState::refunded && !body.has("amount_minor")) {
      body.fault("amount_minor", "is missing");
    }
  });
  if (!read) return fail_as(read);
  return decision;
}

Result<bool> decide(store::Tx& tx, const Decision& decision, const Clock& clock) {
  switch (decision.state) {
    case ReturnState::approved:
      return shipping::approve_return(tx, decision.shop, decision.id, clock.now());
    case ReturnState::refused:
      return shipping::refuse_return(tx, decision.shop, decision.id, decision.answer, clock.now());
    case ReturnState::received:
      return flows::receive_return(tx, decision.shop, decision.id, decision.restock, clock);
    case ReturnState::exchanged:
      return flows::exchange_return(tx, decision.shop, decision.id, decision.exchange_order, clock);
    case ReturnState::refunded:
      return flows::refund_return(tx, decision.shop, decision.id, decision.amount_minor, clock);
    case ReturnState::asked:
      break;
  }
  return fail(Error::invalid_field("/state", "is not one of the allowed words"));
}

Result<ReturnRequest> run_decision(store::Tx& tx, const Decision& decision, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::cancel_orders, decision.shop);
  if (!actor) return std::unexpected(actor.error());
  if (decision.state == ReturnState::refunded) {
    const auto payer = caller.authorise(tx, Action::take_payments, decision.shop);
    if (!payer) return std::unexpected(payer.error());
  }
  auto decided =
      noted(tx, caller,
            {decision.shop, "return-decided", identity::subject_of("return", decision.id.value),
             std::string(to_text(decision.state))},
            decide(tx, decision, *caller.clock));
  if (!decided) return fail_as(decided);
  return shipping::find_return(tx, decision.shop, decision.id);
}

}  // namespace

void add_return_routes(net::Router& router, const Context& context) {
  router.add({Method::post, "/api/v1/orders/{order_token}/returns", "askReturn",
              handler(context, Endpoint<flows::AskReturn, ReturnRequest>{Job::write, decode_ask,
                                                                         run_ask, encode_asked})});
  const std::string of_shop = "/api/v1/shops/{shop_id}/returns";
  router.add({Method::get, of_shop, "listReturns",
              handler(context, Endpoint<List, Page<ReturnRequest>>{Job::read, decode_list, run_list,
                                                                   encode_list})});
  router.add({Method::put, of_shop + "/{return_id}/state", "setReturnState",
              handler(context, Endpoint<Decision, ReturnRequest>{Job::write, decode_decision,
                                                                 run_decision, encode_request})});
}

}  // namespace geili::api
