// Feeds: /shops/{shop_id}/products.rss, /shops/{shop_id}/shows.rss, /shows.rss.

#include <functional>

#include "api/caller.hpp"
#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/feeds.hpp"
#include "api/live_rooms.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "net/etag.hpp"
#include "store/await.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using net::Request;
using net::Response;

// How long others may keep it before they ask again.
constexpr const char* kCaching = "public, max-age=300";

Response feed_response(std::string rss, const Request& request) {
  Response response;
  const std::string tag = net::strong_etag(std::to_string(std::hash<std::string>{}(rss)));
  response.headers.set("ETag", tag);
  response.headers.set("Cache-Control", kCaching);
  if (net::is_not_modified(request.headers, tag)) {
    response.status = 304;
    return response;
  }
  response.headers.set("Content-Type", "application/rss+xml; charset=utf-8");
  response.body = std::move(rss);
  return response;
}

awaitable<Response> get_products(const Context* context, Request request) {
  const auto shop = decode_shop(request);
  if (!shop) co_return problem(shop.error());
  auto job = [shop = *shop](store::Tx& tx) { return product_feed(tx, shop); };
  const auto feed = co_await store::read(*context->database, job);
  if (!feed) co_return problem(feed.error());
  const std::string origin = origin_of(request, context->public_origin);
  co_return feed_response(to_rss(*feed, origin, origin + request.path), request);
}

awaitable<Response> answer_shows(const Context* context, Request request,
                                 std::optional<ShopId> shop) {
  auto job = [shop](store::Tx& tx) { return show_feed(tx, shop); };
  auto feed = co_await store::read(*context->database, job);
  if (!feed) co_return problem(feed.error());
  feed->shows = co_await decorated(context, std::move(feed->shows));
  const std::string origin = origin_of(request, context->public_origin);
  co_return feed_response(to_rss(*feed, origin, origin + request.path), request);
}

awaitable<Response> get_shop_shows(const Context* context, Request request) {
  const auto shop = decode_shop(request);
  if (!shop) co_return problem(shop.error());
  auto response = co_await answer_shows(context, std::move(request), *shop);
  co_return response;
}

awaitable<Response> get_shows(const Context* context, Request request) {
  auto response = co_await answer_shows(context, std::move(request), std::nullopt);
  co_return response;
}

using Function = awaitable<Response> (*)(const Context*, Request);

net::Handler bound(const Context& context, Function function) {
  return [context = &context, function](Request request) {
    return function(context, std::move(request));
  };
}

}  // namespace

void add_feed_routes(net::Router& router, const Context& context) {
  using net::Method;
  router.add({Method::get, "/api/v1/shops/{shop_id}/products.rss", "getProductFeed",
              bound(context, get_products)});
  router.add({Method::get, "/api/v1/shops/{shop_id}/shows.rss", "getShopShowsFeed",
              bound(context, get_shop_shows)});
  router.add({Method::get, "/api/v1/shows.rss", "getShowsFeed", bound(context, get_shows)});
}

}  // namespace geili::api
