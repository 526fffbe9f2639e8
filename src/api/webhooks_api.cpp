// Where a shop's own programs are told: /shops/{shop_id}/webhook-endpoints.

#include <algorithm>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/shop_access.hpp"
#include "api/webhook_json.hpp"
#include "webhooks/url.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;
using webhooks::EndpointId;

// The host of its URL, for the audit: a path may hold a token.
std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of("/?", begin) - begin);
}

Result<void> may_edit(store::Tx& tx, ShopId shop, const Caller& caller) {
  return may_in_shop(tx, shop, caller, Action::edit_webhooks);
}

void note(store::Tx& tx, const Caller& caller, ShopId shop, std::string_view action,
          const webhooks::Endpoint& endpoint) {
  note_deed(tx, caller, shop, action, identity::subject_of("webhook-endpoint", endpoint.id.value),
            host_of(endpoint.choice.url));
}

struct Change {
  ShopId shop;
  EndpointId endpoint;
  webhooks::EndpointChoice choice;
  std::optional<bool> is_disabled;  // none: as it is
};

void read_events(net::ObjectReader& body, webhooks::EndpointChoice& choice) {
  for (const std::string& word : body.words("events", 1, webhooks::kChosenEvents)) {
    const auto event = webhooks::parse_event(word);
    if (!event) {
      body.fault("events", "holds a word that is not one of the allowed");
    } else if (std::ranges::find(choice.events, *event) != choice.events.end()) {
      body.fault("events", "holds a word twice");
    } else {
      choice.events.push_back(*event);
    }
  }
}

void read_choice(net::ObjectReader& body, webhooks::EndpointChoice& choice, Reach reach) {
  choice.url = body.text("url", {.min_length = 1, .max_length = webhooks::kUrlBytesMax});
  if (!choice.url.empty()) {
    const auto fault = webhooks::url_fault(choice.url, reach);
    if (fault) body.fault("url", webhooks::to_text(*fault));
  }
  choice.description =
      body.optional_text("description", {.max_length = webhooks::kDescriptionMax}).value_or("");
  read_events(body, choice);
}

Result<Change> decode_shop(const Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  return Change{.shop = *shop, .endpoint = {}, .choice = {}};
}

Result<Change> decode_one(const Request& request) {
  auto change = decode_shop(request);
  if (!change) return change;
  const auto endpoint = path_id<webhooks::WebhookEndpointTag>(request, "endpoint_id");
  if (!endpoint) return std::unexpected(endpoint.error());
  change->endpoint = *endpoint;
  return change;
}

// GET

Result<std::vector<webhooks::Endpoint>> run_list(store::Tx& tx, const Change& of,
                                                 const Caller& caller) {
  if (auto may = may_edit(tx, of.shop, caller); !may) return fail_as(may);
  return webhooks::list_endpoints(tx, of.shop);
}

Response encode_list(const std::vector<webhooks::Endpoint>& all, const Request&) {
  json::array items;
  for (const webhooks::Endpoint& one : all) items.push_back(to_json(one));
  return json_response(json::object{{"items", std::move(items)}});
}

// POST: the secret is in the answer, and never again.

Result<webhooks::WithSecret> create(store::Tx& tx, const Change& change, const Caller& caller,
                                    const crypto::Sealer& sealer) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  auto made =
      webhooks::create_endpoint(tx, change.shop, change.choice, sealer, caller.clock->now());
  if (made) note(tx, caller, change.shop, "webhook-endpoint-created", made->endpoint);
  return made;
}

awaitable<Response> create_endpoint(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto change = decode_shop(request);
  if (!change) co_return problem(change.error());
  const auto read = read_body(request, [&](net::ObjectReader& body) {
    read_choice(body, change->choice, context->webhook_reach);
  });
  if (!read) co_return problem(read.error());
  auto job = [change = *change, caller = Caller::of(request, *context->clock),
              sealer = context->sealer](store::Tx& tx) {
    return create(tx, change, caller, *sealer);
  };
  const auto made = co_await store::write(*context->database, job);
  if (!made) co_return problem(made.error());
  co_return json_response(to_json(*made), 201);
}

// POST /{endpoint_id}/secret

Result<webhooks::WithSecret> rotate(store::Tx& tx, const Change& of, const Caller& caller,
                                    const crypto::Sealer& sealer) {
  if (auto may = may_edit(tx, of.shop, caller); !may) return fail_as(may);
  auto made = webhooks::rotate_secret(tx, of.shop, of.endpoint, sealer, caller.clock->now());
  if (made) note(tx, caller, of.shop, "webhook-secret-rotated", made->endpoint);
  return made;
}

awaitable<Response> rotate_secret(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto of = decode_one(request);
  if (!of) co_return problem(of.error());
  auto job = [of = *of, caller = Caller::of(request, *context->clock),
              sealer = context->sealer](store::Tx& tx) { return rotate(tx, of, caller, *sealer); };
  const auto made = co_await store::write(*context->database, job);
  if (!made) co_return problem(made.error());
  co_return json_response(to_json(*made));
}

// PUT /{endpoint_id}

Result<webhooks::Endpoint> change_one(store::Tx& tx, const Change& change, const Caller& caller) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  auto changed = webhooks::change_endpoint(tx, change.shop, change.endpoint, change.choice,
                                           change.is_disabled, caller.clock->now());
  if (changed) note(tx, caller, change.shop, "webhook-endpoint-changed", *changed);
  return changed;
}

awaitable<Response> change_endpoint(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto change = decode_one(request);
  if (!change) co_return problem(change.error());
  const auto read = read_body(request, [&](net::ObjectReader& body) {
    read_choice(body, change->choice, context->webhook_reach);
    change->is_disabled = body.optional_boolean("disabled");
  });
  if (!read) co_return problem(read.error());
  auto job = [change = *change, caller = Caller::of(request, *context->clock)](store::Tx& tx) {
    return change_one(tx, change, caller);
  };
  const auto changed = co_await store::write(*context->database, job);
  if (!changed) co_return problem(changed.error());
  co_return json_response(to_json(*changed));
}

// DELETE /{endpoint_id}

struct Deleted {};

Result<Deleted> run_delete(store::Tx& tx, const Change& of, const Caller& caller) {
  if (auto may = may_edit(tx, of.shop, caller); !may) return fail_as(may);
  auto found = webhooks::find_endpoint(tx, of.shop, of.endpoint);
  if (!found) return fail_as(found);
  if (auto gone = webhooks::delete_endpoint(tx, of.shop, of.endpoint); !gone) return fail_as(gone);
  note(tx, caller, of.shop, "webhook-endpoint-deleted", *found);
  return Deleted{};
}

Response encode_deleted(const Deleted&, const Request&) {
  return no_content();
}

net::Handler bound(const Context& context, awaitable<Response> (*run)(const Context*, Request)) {
  return [context = &context, run](Request request) { return run(context, std::move(request)); };
}

}  // namespace

void add_webhook_routes(net::Router& router, const Context& context) {
  const std::string all = "/api/v1/shops/{shop_id}/webhook-endpoints";
  const std::string one = all + "/{endpoint_id}";
  router.add({Method::get, all, "listWebhookEndpoints",
              handler(context, Endpoint<Change, std::vector<webhooks::Endpoint>>{
                                   Job::read, decode_shop, run_list, encode_list})});
  router.add({Method::post, all, "createWebhookEndpoint", bound(context, create_endpoint)});
  router.add({Method::put, one, "changeWebhookEndpoint", bound(context, change_endpoint)});
  router.add({Method::del, one, "deleteWebhookEndpoint",
              handler(context, Endpoint<Change, Deleted>{Job::write, decode_one, run_delete,
                                                         encode_deleted})});
  router.add({Method::post, one + "/secret", "rotateWebhookSecret", bound(context, rotate_secret)});
}

}  // namespace geili::api
