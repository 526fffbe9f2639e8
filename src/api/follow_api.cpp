// Following a shop: /shops/{shop_id}/follow, /device/followed-shops.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "catalog/follow.hpp"
#include "catalog/shop.hpp"
#include "flows/reminders.hpp"

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
  return FollowView{.is_following = device && catalog::is_following(tx, id, device->id),
                    .followers = catalog::count_followers(tx, id)};
}

Result<FollowView> run_follow(store::Tx& tx, const ShopId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  const auto shop = catalog::find_shop(tx, id);
  if (!shop) return std::unexpected(shop.error());
  if (auto done = catalog::follow(tx, id, device->id, caller.clock->now()); !done) {
    return fail_as(done);
  }
  return run_get(tx, id, caller);
}

Result<FollowView> run_unfollow(store::Tx& tx, const ShopId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  flows::unfollow_shop(tx, device->id, id);
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
  for (const ShopId id : catalog::followed_by(tx, device->id)) {
    if (auto shop = catalog::find_shop(tx, id)) shops.push_back(*std::move(shop));
  }
  return shops;
}

Response encode_followed(const Shops& shops, const Request&) {
  boost::json::array items;
  for (const catalog::Shop& shop : shops) items.push_back(to_json(shop));
  return json_response({{"items", std::move(items)}});
}

}  // namespace

void add_follow_routes(net::Router& router, const Context& context) {
  using OfShop = Endpoint<ShopId, FollowView>;
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
}

}  // namespace geili::api
