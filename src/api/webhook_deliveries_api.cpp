// What was sent to an endpoint, and sending it once more.

#include <type_traits>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/webhook_json.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;
using webhooks::Delivery;

struct Of {
  ShopId shop;
  webhooks::EndpointId endpoint;
  webhooks::DeliveryId delivery;
  std::optional<webhooks::DeliveryState> state;
  PageRequest page;
};

Result<Of> decode_endpoint(const Request& request) {
  const auto named =
      path_ids<ShopTag, webhooks::WebhookEndpointTag>(request, "shop_id", "endpoint_id");
  if (!named) return std::unexpected(named.error());
  return Of{.shop = named->owner, .endpoint = named->id};
}

Result<Of> decode_delivery(const Request& request) {
  auto of = decode_endpoint(request);
  if (!of) return of;
  const auto delivery = path_id<webhooks::WebhookDeliveryTag>(request, "delivery_id");
  if (!delivery) return std::unexpected(delivery.error());
  of->delivery = *delivery;
  return of;
}

Result<Of> decode_list(const Request& request) {
  auto of = decode_endpoint(request);
  if (!of) return of;
  auto query = list_query(request, {"state"});
  if (!query) return fail_as(query);
  of->page = std::move(query->page);
  const auto word = query->query.text("state");
  if (!word) return of;
  of->state = webhooks::parse_delivery_state(*word);
  if (of->state) return of;
  Error error = Error::invalid_field("state", "is not one of the allowed words");
  error.kind = ErrorKind::invalid;
  return fail(std::move(error));
}

Result<webhooks::Endpoint> own(store::Tx& tx, const Of& of, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_webhooks, of.shop);
  if (!actor) return std::unexpected(actor.error());
  return webhooks::find_endpoint(tx, of.shop, of.endpoint);
}

void note(store::Tx& tx, const Caller& caller, const Of& of, std::string_view action,
          std::string_view detail) {
  note_deed(tx, caller, of.shop, action,
            identity::subject_of("webhook-endpoint", of.endpoint.value), detail);
}

Result<Page<Delivery>> run_list(store::Tx& tx, const Of& of, const Caller& caller) {
  auto endpoint = own(tx, of, caller);
  if (!endpoint) return fail_as(endpoint);
  return webhooks::list_deliveries(tx, endpoint->id, of.state, of.page);
}

Response encode_list(const Page<Delivery>& page, const Request& request) {
  return page_response(page, request, [](const Delivery& one) { return to_json(one); });
}

std::string detail_of(const Delivery& delivery) {
  return delivery.message;
}
std::string detail_of(std::int64_t count) {
  return std::to_string(count);
}

// Does `work` with the caller's endpoint, and notes the deed.
template <class Work>
auto act(store::Tx& tx, const Of& of, const Caller& caller, std::string_view action, Work work)
    -> std::invoke_result_t<Work, const webhooks::Endpoint&, Instant> {
  auto endpoint = own(tx, of, caller);
  if (!endpoint) return fail_as(endpoint);
  auto done = work(*endpoint, caller.clock->now());
  if (done) note(tx, caller, of, action, detail_of(*done));
  return done;
}

Result<Delivery> run_test(store::Tx& tx, const Of& of, const Caller& caller) {
  return act(tx, of, caller, "webhook-tested",
             [&](const webhooks::Endpoint& endpoint, Instant now) {
               return webhooks::send_test(tx, endpoint, now);
             });
}

Response encode_sent(const Delivery& delivery, const Request&) {
  return json_response(to_json(delivery), 201);
}

Result<Delivery> run_replay(store::Tx& tx, const Of& of, const Caller& caller) {
  return act(tx, of, caller, "webhook-replayed",
             [&](const webhooks::Endpoint& endpoint, Instant now) {
               return webhooks::replay(tx, endpoint, of.delivery, now);
             });
}

Response encode_delivery(const Delivery& delivery, const Request&) {
  return json_response(to_json(delivery));
}

Result<std::int64_t> run_replay_dead(store::Tx& tx, const Of& of, const Caller& caller) {
  return act(tx, of, caller, "webhook-replayed",
             [&](const webhooks::Endpoint& endpoint, Instant now) {
               return webhooks::replay_dead(tx, endpoint, now);
             });
}

Response encode_count(const std::int64_t& count, const Request&) {
  return json_response(json::object{{"replayed", count}});
}

Result<Delivery> run_hurry(store::Tx& tx, const Of& of, const Caller& caller) {
  return act(tx, of, caller, "webhook-hurried",
             [&](const webhooks::Endpoint& endpoint, Instant now) {
               return webhooks::hurry(tx, endpoint, of.delivery, now);
             });
}

Result<std::int64_t> run_hurry_waiting(store::Tx& tx, const Of& of, const Caller& caller) {
  return act(tx, of, caller, "webhook-hurried",
             [&](const webhooks::Endpoint& endpoint, Instant now) {
               return webhooks::hurry_waiting(tx, endpoint, now);
             });
}

Response encode_hurried(const std::int64_t& count, const Request&) {
  return json_response(json::object{{"hurried", count}});
}

}  // namespace

void add_webhook_delivery_routes(net::Router& router, const Context& context) {
  const std::string one = "/api/v1/shops/{shop_id}/webhook-endpoints/{endpoint_id}";
  router.add({Method::post, one + "/test", "testWebhookEndpoint",
              handler(context,
                      Endpoint<Of, Delivery>{Job::write, decode_endpoint, run_test, encode_sent})});
  router.add({Method::get, one + "/deliveries", "listWebhookDeliveries",
              handler(context, Endpoint<Of, Page<Delivery>>{Job::read, decode_list, run_list,
                                                            encode_list})});
  router.add({Method::post, one + "/deliveries/{delivery_id}/replay", "replayWebhookDelivery",
              handler(context, Endpoint<Of, Delivery>{Job::write, decode_delivery, run_replay,
                                                      encode_delivery})});
  router.add({Method::post, one + "/replay", "replayDeadWebhooks",
              handler(context, Endpoint<Of, std::int64_t>{Job::write, decode_endpoint,
                                                          run_replay_dead, encode_count})});
  router.add({Method::post, one + "/deliveries/{delivery_id}/now", "hurryWebhookDelivery",
              handler(context, Endpoint<Of, Delivery>{Job::write, decode_delivery, run_hurry,
                                                      encode_delivery})});
  router.add({Method::post, one + "/now", "hurryWaitingWebhooks",
              handler(context, Endpoint<Of, std::int64_t>{Job::write, decode_endpoint,
                                                          run_hurry_waiting, encode_hurried})});
}

}  // namespace geili::api
