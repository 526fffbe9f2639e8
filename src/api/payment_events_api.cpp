// What providers send, and the practice provider's own page.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "catalog/shop.hpp"
#include "flows/pay_calls.hpp"
#include "net/query.hpp"
#include "payments/sandbox/sandbox.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using net::Request;
using net::Response;

// POST /webhooks/{provider}/{shop_id}

struct Delivery {
  ShopId shop;
  std::string provider;
  payments::Webhook webhook;
};

Result<Delivery> decode_webhook(const Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  Delivery delivery{.shop = *shop,
                    .provider = std::string(request.path_parameter("provider")),
                    .webhook = {.body = request.body, .headers = request.headers.all()}};
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  delivery.webhook.query = query->all();
  return delivery;
}

Result<std::vector<payments::Event>> read_events(store::Tx& tx, const Delivery& delivery,
                                                 const flows::PaymentTerms& terms,
                                                 const Clock& clock) {
  auto shop = catalog::find_shop(tx, delivery.shop);
  if (!shop) return fail_as(shop);
  for (const auto& row : payments::shop_providers(tx, delivery.shop)) {
    if (row.provider != delivery.provider) continue;
    auto provider = payments::make_provider(row, shop->currency, terms.site);
    if (!provider) return fail_as(provider);
    return (*provider)->read_webhook(delivery.webhook, clock);
  }
  return fail(ErrorKind::not_found, "provider-not-found", "The shop has no such provider.");
}

// A bad signature is bad input here: nobody signs in.
Response refused(const Error& error) {
  return error.kind == ErrorKind::unauthenticated ? problem(error, 400) : problem(error);
}

// The signature is verified beside the writer, which is kept for what is true.
awaitable<Response> take_webhook(const Context* context, Request request) {
  auto delivery = decode_webhook(request);
  if (!delivery) co_return problem(delivery.error());
  auto read = [delivery = *delivery, terms = context->payments, clock = context->clock](
                  store::Tx& tx) { return read_events(tx, delivery, *terms, *clock); };
  auto events = co_await store::read(*context->database, read);
  if (!events) co_return refused(events.error());
  auto write = [events = *std::move(events), shop = delivery->shop, provider = delivery->provider,
                clock = context->clock](store::Tx& tx) -> Result<bool> {
    auto taken = flows::take_events(tx, shop, provider, events, *clock);
    if (!taken) return fail_as(taken);
    return true;
  };
  const auto taken = co_await store::write(*context->database, write);
  if (!taken) co_return problem(taken.error());
  co_return json_response(json::object{{"received", true}});
}

// The practice provider's page

struct Page {
  orders::Order order;
  std::string shop_name;
  flows::OrderPayment payment;
  bool is_confirming = false;
  bool is_waiting = false;
};

Result<std::string> decode_reference(const Request& request) {
  return std::string(request.path_parameter("reference"));
}

Result<Page> page_of(store::Tx& tx, const std::string& reference) {
  auto payment = payments::find_by_key(tx, reference);
  if (!payment) return fail_as(payment);
  if (payment->provider != "sandbox") {
    return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
  }
  auto order = orders::find_order(tx, payment->shop, payment->order);
  if (!order) return fail_as(order);
  auto shop = catalog::find_shop(tx, payment->shop);
  if (!shop) return fail_as(shop);
  auto view = flows::payment_of(tx, *order);
  return Page{.order = *std::move(order),
              .shop_name = std::move(shop->name),
              .payment = std::move(view),
              .is_confirming = payments::sandbox::is_confirming(tx, reference),
              .is_waiting = payments::sandbox::is_waiting(tx, reference)};
}

Result<Page> run_page(store::Tx& tx, const std::string& reference, const Caller&) {
  return page_of(tx, reference);
}

Response encode_page(const Page& page, const Request&) {
  return json_response(
      json::object{{"shop_name", page.shop_name},
                   {"number", page.order.number},
                   {"amount", to_json(page.payment.amount)},
                   {"state", json::string_view(flows::to_text(page.payment.state))},
                   {"is_confirming", page.is_confirming},
                   {"is_waiting", page.is_waiting}});
}

Result<Page> took(store::Tx& tx, const std::string& reference,
                  Result<std::vector<payments::Event>> events, const Clock& clock) {
  if (!events) return fail_as(events);
  auto payment = payments::find_by_key(tx, reference);
  if (!payment) return fail_as(payment);
  auto taken = flows::take_events(tx, payment->shop, "sandbox", *events, clock);
  if (!taken) return fail_as(taken);
  return page_of(tx, reference);
}

struct Card {
  std::string reference;
  Secret<std::string> number;
};

Result<Card> decode_card(const Request& request) {
  Card card{.reference = std::string(request.path_parameter("reference")), .number = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    constexpr std::size_t kTypedMax = 40;
    card.number = Secret<std::string>(body.opaque("number", 1, kTypedMax));
  });
  if (!read) return fail_as(read);
  return card;
}

Result<Page> run_card(store::Tx& tx, const Card& card, const Caller& caller) {
  return took(tx, card.reference,
              payments::sandbox::submit_card(tx, card.reference, card.number, *caller.clock),
              *caller.clock);
}

struct Confirmation {
  std::string reference;
  bool accepted = false;
};

Result<Confirmation> decode_confirmation(const Request& request) {
  Confirmation answer{.reference = std::string(request.path_parameter("reference"))};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    const auto accepted = body.optional_boolean("accepted");
    if (!accepted) body.fault("accepted", "is missing");
    answer.accepted = accepted.value_or(false);
  });
  if (!read) return fail_as(read);
  return answer;
}

Result<Page> run_confirmation(store::Tx& tx, const Confirmation& answer, const Caller& caller) {
  return took(tx, answer.reference,
              payments::sandbox::confirm(tx, answer.reference, answer.accepted), *caller.clock);
}

}  // namespace

void add_payment_event_routes(net::Router& router, const Context& context) {
  using net::Method;
  router.add({Method::post, "/api/v1/webhooks/{provider}/{shop_id}", "takeWebhook",
              net::Handler([context = &context](Request request) {
                return take_webhook(context, std::move(request));
              }),
              payments::kHttpBodyMax});
  const std::string page = "/api/v1/sandbox/{reference}";
  router.add({Method::get, page, "getSandboxPayment",
              handler(context, Endpoint<std::string, Page>{Job::read, decode_reference, run_page,
                                                           encode_page})});
  router.add(
      {Method::post, page + "/card", "paySandboxCard",
       handler(context, Endpoint<Card, Page>{Job::write, decode_card, run_card, encode_page})});
  router.add({Method::post, page + "/confirmation", "answerSandboxBank",
              handler(context, Endpoint<Confirmation, Page>{Job::write, decode_confirmation,
                                                            run_confirmation, encode_page})});
}

}  // namespace geili::api
