// Pages of the web app: one document, whose head the server fills for each address.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "api/caller.hpp"
#include "api/documents.hpp"
#include "api/feeds.hpp"
#include "api/linked_data.hpp"
#include "api/live_address.hpp"
#include "api/live_rooms.hpp"
#include "api/page_head.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "catalog/embedding.hpp"
#include "catalog/photo.hpp"
#include "net/static_files.hpp"
#include "store/await.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using net::Method;
using net::Request;
using net::Response;

constexpr std::string_view kMarker = "<!--geili:head-->";
constexpr const char* kSiteName = "Geili";

// The web app's document, split at the marker.
struct Document {
  std::string before;
  std::string after;
};

Document load_document(const std::string& web_dir) {
  std::ifstream file(web_dir + "/index.html", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t at = text.find(kMarker);
  if (at == std::string::npos) {
    return {"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">",
            "</head><body><p>The web app is not built: run ./dev build.</p></body></html>"};
  }
  return {text.substr(0, at), text.substr(at + kMarker.size())};
}

struct Pages {
  const Context* context;
  Document document;
};

Response page(const Pages& pages, const PageHead& head, unsigned status = 200) {
  Response response;
  response.status = status;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Cache-Control", "no-cache");
  response.body = pages.document.before + head.html() + pages.document.after;
  return response;
}

void add_show_feed(PageHead& head, const catalog::Shop& shop, const std::string& origin) {
  head.feed(shop.name, origin + show_feed_address(shop.id));
}

PageHead site_head(const std::string& origin) {
  PageHead head;
  head.title("Geili: live from the village");
  head.description("Watch, ask and buy live from the people who make it.");
  head.property("og:site_name", kSiteName);
  head.property("og:type", "website");
  head.property("og:image", origin + "/icon-512.png");
  head.feed(kSiteName, origin + show_feed_address(std::nullopt));
  return head;
}

PageHead show_head(const ShowView& view, const std::optional<Replay>& replay,
                   const std::string& origin) {
  const std::string image = origin + show_picture(view).value_or("/icon-512.png");
  PageHead head;
  head.title(view.show.title + " · " + view.shop.name);
  head.description(
      view.shop.name + (view.shop.village.empty() ? "" : ", " + view.shop.village) +
      (shows::is_called_off(view.show) ? ": this show was called off." : ": watch and buy live."));
  head.property("og:site_name", kSiteName);
  head.property("og:type", "video.other");
  head.property("og:image", image);
  head.canonical(origin + show_address(view.show.id));
  // The page plays by it before it has asked for the show.
  if (view.show.status == shows::ShowStatus::live && view.video == VideoState::live) {
    head.property("og:video", origin + live_address(view.show.id) + "/index.m3u8");
    head.property("og:video:type", "application/vnd.apple.mpegurl");
  }
  if (view.shop.demo) return head;
  add_show_feed(head, view.shop, origin);
  head.linked_data(show_json(view, replay, image, origin));
  for (const ProductView& product : view.products) {
    head.linked_data(product_json(product, origin));
  }
  return head;
}

awaitable<Response> home_page(const Pages* pages, Request request) {
  const std::string origin = origin_of(request, pages->context->public_origin);
  PageHead head = site_head(origin);
  if (request.path == "/") head.canonical(origin + "/");
  co_return page(*pages, head);
}

// The document with a plain head: for ids that name nothing, with the status that says so.
Response missing(const Pages& pages, const Request& request) {
  PageHead head = site_head(origin_of(request, pages.context->public_origin));
  return page(pages, head, 404);
}

// None while it is live, and where nothing was kept.
awaitable<std::optional<Replay>> find_replay(const Context* context, shows::Show show) {
  if (show.status != shows::ShowStatus::ended || context->recordings == nullptr) {
    co_return std::nullopt;
  }
  auto job = [id = show.id](store::Tx& tx) { return find_kept(tx, id); };
  auto kept = co_await store::read(*context->database, job);
  if (!kept) co_return std::nullopt;
  auto moments = moments_of(*kept);
  auto view = co_await context->recordings->view(show.id, std::move(moments));
  if (!view) co_return std::nullopt;
  co_return Replay{*std::move(kept), *std::move(view)};
}

awaitable<Response> show_page(const Pages* pages, Request request) {
  const auto id = parse_id(request.path_parameter("id"));
  if (!id) co_return missing(*pages, request);
  auto job = [id = *id](store::Tx& tx) -> Result<ShowView> {
    auto show = shows::find_show(tx, ShowId{id});
    if (!show) return fail_as(show);
    return show_view(tx, std::move(*show), WithBag::yes);
  };
  auto view = co_await store::read(*pages->context->database, job);
  if (!view) co_return missing(*pages, request);
  auto live = co_await decorated(pages->context, std::move(*view));
  const auto replay = co_await find_replay(pages->context, live.show);
  co_return page(*pages,
                 show_head(live, replay, origin_of(request, pages->context->public_origin)));
}

struct Offered {
  ProductView product;
  bool is_practice = false;
};

Result<Offered> offered(store::Tx& tx, ProductId id) {
  auto product = catalog::find_product(tx, id);
  if (!product) return fail_as(product);
  auto terms = catalog::find_shop_terms(tx, product->shop);
  if (!terms) return fail_as(terms);
  return Offered{product_view(tx, *std::move(product)), terms->demo};
}

awaitable<Response> product_page(const Pages* pages, Request request) {
  const auto id = parse_id(request.path_parameter("id"));
  if (!id) co_return missing(*pages, request);
  auto job = [id = *id](store::Tx& tx) { return offered(tx, ProductId{id}); };
  auto found = co_await store::read(*pages->context->database, job);
  if (!found) co_return missing(*pages, request);
  const ProductView* view = &found->product;
  const std::string origin = origin_of(request, pages->context->public_origin);
  PageHead own;
  own.title(view->product.title);
  own.description(view->product.description.empty() ? view->product.title
                                                    : view->product.description);
  own.property("og:site_name", kSiteName);
  own.property("og:type", "product");
  own.canonical(origin + request.path);
  if (!view->product.photos.empty()) {
    own.property("og:image", origin + catalog::photo_address(view->product.photos.front().id,
                                                             catalog::PhotoSize::medium));
  }
  if (!found->is_practice) own.linked_data(product_json(*view, origin));
  co_return page(*pages, own);
}

awaitable<Response> shop_page(const Pages* pages, Request request) {
  const auto id = parse_id(request.path_parameter("id"));
  if (!id) co_return missing(*pages, request);
  auto job = [id = *id](store::Tx& tx) { return catalog::find_shop(tx, ShopId{id}); };
  auto shop = co_await store::read(*pages->context->database, job);
  if (!shop) co_return missing(*pages, request);
  const std::string origin = origin_of(request, pages->context->public_origin);
  PageHead head;
  head.title(shop->name);
  head.description(shop->description.empty() ? shop->name : shop->description);
  head.property("og:site_name", kSiteName);
  head.property("og:type", "website");
  head.canonical(origin + request.path);
  if (!shop->demo) {
    add_show_feed(head, *shop, origin);
    head.feed(shop->name, origin + product_feed_address(shop->id));
  }
  if (shop->cover) {
    head.property("og:image",
                  origin + catalog::photo_address(shop->cover->id, catalog::PhotoSize::medium));
  }
  co_return page(*pages, head);
}

// Who may show the page in a frame; add_security_headers() puts it into the page's policy.
std::string frame_ancestors(const std::vector<std::string>& origins) {
  std::string directive = "frame-ancestors";
  for (const std::string& origin : origins) directive += " " + origin;
  return origins.empty() ? directive + " 'none'" : directive;
}

struct Embedded {
  shows::Show show;
  catalog::Shop shop;
  std::vector<std::string> origins;
};

Result<Embedded> embedded(store::Tx& tx, ShowId id) {
  auto show = shows::find_show(tx, id);
  if (!show) return fail_as(show);
  auto shop = catalog::find_shop(tx, show->shop);
  if (!shop) return fail_as(shop);
  auto origins = catalog::embed_origins(tx, show->shop);
  return Embedded{*std::move(show), *std::move(shop), std::move(origins)};
}

// A show for the web sites of its shop's choice.
awaitable<Response> embed_page(const Pages* pages, Request request) {
  const auto id = parse_id(request.path_parameter("id"));
  if (!id) co_return missing(*pages, request);
  auto job = [id = *id](store::Tx& tx) { return embedded(tx, ShowId{id}); };
  const auto found = co_await store::read(*pages->context->database, job);
  if (!found) co_return missing(*pages, request);
  PageHead head;
  head.title(found->show.title + " · " + found->shop.name);
  head.canonical(origin_of(request, pages->context->public_origin) + show_address(found->show.id));
  Response response = page(*pages, head);
  response.headers.set("Content-Security-Policy", frame_ancestors(found->origins));
  co_return response;
}

// Whether a person is to look at the answer. What the app's own files ask for is not a page.
bool is_navigation(const Request& request) {
  if (request.path.starts_with("/_app/")) return false;
  const auto accepted = request.headers.find("Accept");
  return accepted && accepted->find("text/html") != std::string_view::npos;
}

// The files of the web app; who comes to an address without one sees the app's own page for that.
net::DirectHandler files_or_missing(const std::shared_ptr<Pages>& pages) {
  net::DirectHandler files;
  const std::string& folder = pages->context->web_dir;
  if (std::filesystem::is_directory(folder)) files = net::static_files({.folder = folder});
  return [pages, files = std::move(files)](Request request) {
    Response answer = files ? files(request) : Response{.status = 404, .headers = {}, .body = ""};
    return answer.status == 404 && is_navigation(request) ? missing(*pages, request)
                                                          : std::move(answer);
  };
}

using PageFunction = awaitable<Response> (*)(const Pages*, Request);

net::Handler page_handler(const std::shared_ptr<Pages>& pages, PageFunction function) {
  return [pages, function](Request request) { return function(pages.get(), std::move(request)); };
}

awaitable<Response> openapi_document(Request) {
  Response response;
  response.headers.set("Content-Type", "application/yaml");
  response.headers.set("Cache-Control", "no-cache");
  response.body = std::string(openapi_yaml());
  co_return response;
}

awaitable<Response> no_such_operation(Request) {
  co_return problem(Error::make(ErrorKind::not_found, "not-found", "There is no such operation."));
}

awaitable<Response> live_events_document(Request) {
  Response response;
  response.headers.set("Content-Type", "application/yaml");
  response.headers.set("Cache-Control", "no-cache");
  response.body = std::string(live_events_yaml());
  co_return response;
}

}  // namespace

void add_page_routes(net::Router& router, const Context& context) {
  auto pages = std::make_shared<Pages>(&context, load_document(context.web_dir));
  router.add({Method::get, "/api/openapi.yaml", "", openapi_document});
  router.add({Method::get, "/api/live-events.yaml", "", live_events_document});
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
    router.add({method, "/api", "", no_such_operation});
    router.add({method, "/api/{rest...}", "", no_such_operation});
  }
  router.add({Method::get, "/shows/{id}", "", page_handler(pages, show_page)});
  router.add({Method::get, "/embed/{id}", "", page_handler(pages, embed_page)});
  router.add({Method::get, "/products/{id}", "", page_handler(pages, product_page)});
  router.add({Method::get, "/shops/{id}", "", page_handler(pages, shop_page)});
  for (const char* path : {"/",
                           "/offline",
                           "/order",
                           "/orders",
                           "/pay",
                           "/reminders",
                           "/sandbox",
                           "/setup",
                           "/signin",
                           "/signin/link",
                           "/join",
                           "/studio",
                           "/studio/products",
                           "/studio/products/{id}",
                           "/studio/shows",
                           "/studio/shows/{id}",
                           "/studio/shows/{id}/camera",
                           "/studio/shows/{id}/report",
                           "/studio/shows/{id}/script",
                           "/studio/orders",
                           "/studio/orders/{id}",
                           "/studio/coupons",
                           "/studio/people",
                           "/studio/account",
                           "/studio/books",
                           "/studio/payouts",
                           "/studio/audit",
                           "/studio/rates",
                           "/studio/payments",
                           "/studio/webhooks",
                           "/studio/restreams"}) {
    router.add({Method::get, path, "", page_handler(pages, home_page)});
  }
  router.add({Method::get, "/{rest...}", "", files_or_missing(pages)});
}

}  // namespace geili::api
