// Following a shop, and asking to be reminded of a show: /shops/{shop_id}/follow,
// /device/followed-shops, /shows/{show_id}/reminder.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "catalog/shop.hpp"
#include "push/follow.hpp"
#include "shows/show.hpp"

namespace geili::api {
namespace {

using net::Method;
using net::Request;
using net::Response;

struct FollowView {
  bool is_following = false;
  std::int64_t followers = 0;
};

Response encode_follow(const FollowView& view, const Request&) {
  return json_response({{"is_following", view.is_following}, {"followers", view.followers}});
}

// A visitor without a device follows nothing, and may look all the same.
Result<FollowView> run_get(store::Tx& tx, const ShopId& id, const Caller& caller) {
  const auto shop = catalog::find_shop(tx, id);
  if (!shop) return std::unexpected(shop.error());
  const auto device = caller.device(tx);
  return FollowView{.is_following = device && push::is_following(tx, id, device->id),
                    .followers = push::count_followers(tx, id)};
}

Result<FollowView> run_follow(store::Tx& tx, const ShopId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  const auto shop = catalog::find_shop(tx, id);
  if (!shop) return std::unexpected(shop.error());
  if (auto done = push::follow(tx, id, device->id, caller.clock->now()); !done) {
    return fail_as(done);
  }
  return run_get(tx, id, caller);
}

Result<FollowView> run_unfollow(store::Tx& tx, const ShopId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  push::unfollow(tx, id, device->id);
  return run_get(tx, id, caller);
}

struct Nothing {};
Result<Nothing> decode_nothing(const Request&) {
  return Nothing{};
}

using Shops = std::vector<catalog::Shop>;

Result<Shops> run_followed(store::Tx& tx, const Nothing&, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  Shops shops;
  for (const ShopId id : push::followed_by(tx, device->id)) {
    if (auto shop = catalog::find_shop(tx, id)) shops.push_back(*std::move(shop));
  }
  return shops;
}

Response encode_followed(const Shops& shops, const Request&) {
  boost::json::array items;
  for (const catalog::Shop& shop : shops) items.push_back(to_json(shop));
  return json_response({{"items", std::move(items)}});
}

struct ReminderView {
  bool is_asked = false;
};

Response encode_reminder(const ReminderView& view, const Request&) {
  return json_response({{"is_asked", view.is_asked}});
}

Result<ReminderView> run_look(store::Tx& tx, const ShowId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  const auto show = shows::find_show(tx, id);
  if (!show) return std::unexpected(show.error());
  return ReminderView{push::is_reminded(tx, id, device->id)};
}

Result<ReminderView> run_ask(store::Tx& tx, const ShowId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  const auto show = shows::find_show(tx, id);
  if (!show) return std::unexpected(show.error());
  if (show->status != shows::ShowStatus::scheduled) {
    return fail(ErrorKind::conflict, "show-status-conflict", "The show has begun.");
  }
  auto done = push::ask_reminder(tx, id, device->id, caller.clock->now());
  if (!done) return fail_as(done);
  return ReminderView{true};
}

Result<ReminderView> run_take_back(store::Tx& tx, const ShowId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  push::take_back_reminder(tx, id, device->id);
  return ReminderView{false};
}

}  // namespace

void add_follow_routes(net::Router& router, const Context& context) {
  using OfShop = Endpoint<ShopId, FollowView>;
  using OfShow = Endpoint<ShowId, ReminderView>;
  const std::string follow = "/api/v1/shops/{shop_id}/follow";
  router.add({Method::get, follow, "getFollow",
              handler(context, OfShop{Job::read, decode_shop, run_get, encode_follow})});
  router.add({Method::put, follow, "followShop",
              handler(context, OfShop{Job::write, decode_shop, run_follow, encode_follow})});
  router.add({Method::del, follow, "unfollowShop",
              handler(context, OfShop{Job::write, decode_shop, run_unfollow, encode_follow})});
  router.add({Method::get, "/api/v1/device/followed-shops", "listFollowedShops",
              handler(context, Endpoint<Nothing, Shops>{Job::read, decode_nothing, run_followed,
                                                        encode_followed})});
  const std::string reminder = "/api/v1/shows/{show_id}/reminder";
  router.add({Method::get, reminder, "getReminder",
              handler(context, OfShow{Job::read, decode_show, run_look, encode_reminder})});
  router.add({Method::put, reminder, "askReminder",
              handler(context, OfShow{Job::write, decode_show, run_ask, encode_reminder})});
  router.add({Method::del, reminder, "takeBackReminder",
              handler(context, OfShow{Job::write, decode_show, run_take_back, encode_reminder})});
}

}  // namespace geili::api
