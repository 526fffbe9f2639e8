// Reminders: /push-key, /device/push-subscription, /shows/{show_id}/reminder,
// /shops/{shop_id}/reminder, /shows/{show_id}/reminders.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "base/household.hpp"
#include "flows/reminders.hpp"
#include "paper/language.hpp"
#include "push/reminder.hpp"
#include "push/subscription.hpp"
#include "webhooks/url.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using net::Method;
using net::Request;
using net::Response;

constexpr std::size_t kKeyTextMax = 128;  // of a base64url key

struct Nothing {};
Result<Nothing> decode_nothing(const Request&) {
  return Nothing{};
}

// What a device is reminded of.
struct RemindersView {
  std::optional<std::string> language;  // none: it is told nothing
  std::vector<ShowId> shows;
  std::vector<ShopId> shops;
};

Result<RemindersView> view_of(store::Tx& tx, DeviceId device) {
  return RemindersView{.language = push::language_of(tx, device),
                       .shows = push::shows_of(tx, device),
                       .shops = push::shops_of(tx, device)};
}

template <class IdType>
json::array ids_json(const std::vector<IdType>& ids) {
  json::array out;
  for (const IdType id : ids) out.push_back(id_json(id));
  return out;
}

Response encode_view(const RemindersView& view, const Request&) {
  json::object out{{"is_on", view.language.has_value()},
                   {"show_ids", ids_json(view.shows)},
                   {"shop_ids", ids_json(view.shops)}};
  if (view.language) out["language"] = json::string(*view.language);
  return json_response(out);
}

// GET, DELETE /device/push-subscription

Result<RemindersView> run_get(store::Tx& tx, const Nothing&, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  return view_of(tx, device->id);
}

Result<RemindersView> run_unsubscribe(store::Tx& tx, const Nothing&, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  push::unsubscribe(tx, device->id);
  return view_of(tx, device->id);
}

// PUT /device/push-subscription

struct Subscription {
  push::Target target;
  std::string language;
};

void read_keys(net::ObjectReader& body, push::Keys& keys) {
  body.object("keys", [&](net::ObjectReader& inner) {
    const TextRule rule{.min_length = 1, .max_length = kKeyTextMax};
    const std::string p256dh = inner.text("p256dh", rule);
    const std::string auth = inner.text("auth", rule);
    auto point = push::parse_p256dh(p256dh);
    auto secret = push::parse_auth(auth);
    if (!point && !p256dh.empty()) inner.fault("p256dh", "is not a point of P-256 as base64url");
    if (!secret && !auth.empty()) inner.fault("auth", "is not 16 bytes as base64url");
    keys = {.p256dh = std::move(point).value_or(Bytes()),
            .auth = std::move(secret).value_or(Bytes())};
  });
}

Result<Subscription> decode_subscription(const Request& request, Reach reach) {
  Subscription wish;
  const auto read = read_body(request, [&](net::ObjectReader& body) {
    wish.target.endpoint =
        body.text("endpoint", {.min_length = 1, .max_length = webhooks::kUrlBytesMax});
    if (!wish.target.endpoint.empty()) {
      const auto fault = webhooks::url_fault(wish.target.endpoint, reach);
      if (fault) body.fault("endpoint", webhooks::to_text(*fault));
    }
    read_keys(body, wish.target.keys);
    wish.language = body.text("language", {.min_length = 1, .max_length = kWordMax});
    const auto language = paper::parse_language(wish.language);
    if (!wish.language.empty() && (!language || paper::to_text(*language) != wish.language)) {
      body.fault("language", "is not one of the allowed words");
    }
  });
  if (!read) return std::unexpected(read.error());
  return wish;
}

Result<void> check_pace(const Context& context, const Caller& caller) {
  const auto wait = context.push_limiter->take(household_of(caller.address));
  if (wait == std::chrono::microseconds::zero()) return {};
  return fail(Error::make(ErrorKind::rate_limited, "push-too-often",
                          "Too many subscriptions from here: wait before the next one.")
                  .with("retry_after_s", std::chrono::ceil<std::chrono::seconds>(wait).count()));
}

Result<RemindersView> run_subscribe(store::Tx& tx, const Subscription& wish, const Caller& caller,
                                    const crypto::Sealer& sealer) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  if (auto done =
          push::subscribe(tx, device->id, wish.target, wish.language, sealer, caller.clock->now());
      !done) {
    return fail_as(done);
  }
  return view_of(tx, device->id);
}

awaitable<Response> subscribe(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const Caller caller = Caller::of(request, *context->clock);
  if (const auto paced = check_pace(*context, caller); !paced) co_return problem(paced.error());
  auto wish = decode_subscription(request, context->webhook_reach);
  if (!wish) co_return problem(wish.error());
  auto job = [wish = *std::move(wish), caller, sealer = context->sealer](store::Tx& tx) {
    return run_subscribe(tx, wish, caller, *sealer);
  };
  const auto view = co_await store::write(*context->database, std::move(job));
  if (!view) co_return problem(view.error());
  co_return encode_view(*view, request);
}

// PUT, DELETE /shows/{show_id}/reminder and /shops/{shop_id}/reminder

Result<RemindersView> run_remind_of_show(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  auto asked = flows::remind_of_show(tx, device->id, show, *caller.clock);
  if (!asked) return fail_as(asked);
  return view_of(tx, device->id);
}

Result<RemindersView> run_forget_show(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  push::forget(tx, device->id, show);
  return view_of(tx, device->id);
}

Result<RemindersView> run_remind_of_shop(store::Tx& tx, const ShopId& shop, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  auto asked = flows::remind_of_shop(tx, device->id, shop, *caller.clock);
  if (!asked) return fail_as(asked);
  return view_of(tx, device->id);
}

Result<RemindersView> run_forget_shop(store::Tx& tx, const ShopId& shop, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  push::forget(tx, device->id, shop);
  return view_of(tx, device->id);
}

// GET /shows/{show_id}/reminders

struct Count {
  std::int64_t devices = 0;
};

Result<Count> run_count(store::Tx& tx, const ShowId& id, const Caller& caller) {
  const auto show = own_show(tx, id, caller, identity::Action::run_shows);
  if (!show) return std::unexpected(show.error());
  return Count{push::count_reminded(tx, show->id, show->shop)};
}

Response encode_count(const Count& count, const Request&) {
  return json_response({{"devices", count.devices}});
}

// GET /push-key

Response encode_key(const push::Vapid& vapid) {
  return json_response({{"key", vapid.public_key()}});
}

}  // namespace

void add_push_routes(net::Router& router, const Context& context) {
  using Whole = Endpoint<Nothing, RemindersView>;
  using OfShow = Endpoint<ShowId, RemindersView>;
  using OfShop = Endpoint<ShopId, RemindersView>;
  const std::string device = "/api/v1/device/push-subscription";
  const std::string show = "/api/v1/shows/{show_id}/reminder";
  const std::string shop = "/api/v1/shops/{shop_id}/reminder";
  router.add({Method::get, "/api/v1/push-key", "getPushKey",
              [context = &context](Request) -> awaitable<Response> {
                co_return encode_key(*context->vapid);
              }});
  router.add({Method::get, device, "getPushSubscription",
              handler(context, Whole{Job::read, decode_nothing, run_get, encode_view})});
  router.add({Method::put, device, "setPushSubscription", [context = &context](Request request) {
                return subscribe(context, std::move(request));
              }});
  router.add({Method::del, device, "deletePushSubscription",
              handler(context, Whole{Job::write, decode_nothing, run_unsubscribe, encode_view})});
  router.add({Method::put, show, "remindOfShow",
              handler(context, OfShow{Job::write, decode_show, run_remind_of_show, encode_view})});
  router.add({Method::del, show, "forgetShow",
              handler(context, OfShow{Job::write, decode_show, run_forget_show, encode_view})});
  router.add({Method::put, shop, "remindOfShop",
              handler(context, OfShop{Job::write, decode_shop, run_remind_of_shop, encode_view})});
  router.add({Method::del, shop, "forgetShop",
              handler(context, OfShop{Job::write, decode_shop, run_forget_shop, encode_view})});
  router.add(
      {Method::get, "/api/v1/shows/{show_id}/reminders", "countReminders",
       handler(context, Endpoint<ShowId, Count>{Job::read, decode_show, run_count, encode_count})});
}

}  // namespace geili::api
