// Joining a room: GET /shows/{show_id}/room.

#include <functional>

#include "api/caller.hpp"
#include "api/decode.hpp"
#include "api/live_rooms.hpp"
#include "api/problem.hpp"
#include "api/room_peer.hpp"
#include "api/routes.hpp"
#include "base/household.hpp"
#include "identity/people.hpp"
#include "orders/order.hpp"
#include "shows/show.hpp"
#include "store/await.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using identity::Action;
using net::Request;

using Upgrade = std::variant<std::unique_ptr<net::WebSocketPeer>, net::Response>;

// Who comes in: a person of the shop hosts or helps, everybody else watches.
Result<Visitor> visitor_of(store::Tx& tx, ShowId id, const Caller& caller) {
  auto show = shows::find_show(tx, id);
  if (!show) return fail_as(show);
  Visitor visitor{.show = id};
  visitor.actor.address = std::hash<std::string>{}(household_of(caller.address));
  if (!caller.session_token.empty()) {
    auto session = identity::authenticate(tx, *caller.clock, caller.session_token);
    if (session && identity::may(session->actor, Action::host_desk, show->shop)) {
      visitor.actor.role =
          session->actor.role == identity::Role::helper ? live::Role::helper : live::Role::host;
      visitor.actor.key = std::hash<std::string>{}("person") ^
                          static_cast<std::uint64_t>(session->actor.person->value);
      visitor.name = session->name;
      return visitor;
    }
  }
  auto device = caller.device(tx);
  if (device) {
    visitor.name = device->display_name.value_or("");
    visitor.device_token = caller.device_token;
    visitor.shop = show->shop;
    visitor.actor.device = device->id;
    visitor.actor.is_member = orders::has_bought(tx, show->shop, device->id);
    visitor.actor.key = std::hash<std::string>{}(caller.device_token);
  } else {
    visitor.actor.key = visitor.actor.address;
  }
  return visitor;
}

awaitable<Upgrade> join_room(const Context* context, Request request) {
  // A WebSocket carries cookies across sites and no CSRF token: only its origin tells them apart.
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) co_return problem(show.error());
  const auto query = net::Query::parse(request.query);
  if (!query) co_return problem(query.error());
  const auto named = query->check_names({"since", "epoch"});
  if (!named) co_return problem(named.error());
  const auto since = query->integer("since", 0, std::int64_t{1} << 53);
  if (!since) co_return problem(since.error());

  auto job = [show = *show, caller = Caller::of(request, *context->clock)](store::Tx& tx) {
    return visitor_of(tx, show, caller);
  };
  auto visitor = co_await store::read(*context->database, job);
  if (!visitor) co_return problem(visitor.error());
  visitor->since = *since;
  visitor->epoch = query->text("epoch").value_or("");
  auto open = co_await ensure_room(context, *show);
  if (!open) co_return problem(open.error());
  co_return make_room_peer(*context, std::move(*visitor));
}

}  // namespace

void add_room_routes(net::Router& router, const Context& context) {
  router.add({net::Method::get, "/api/v1/shows/{show_id}/room", "joinRoom",
              net::UpgradeHandler([context = &context](Request request) {
                return join_room(context, std::move(request));
              })});
}

}  // namespace geili::api
