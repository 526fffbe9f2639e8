// Pages of the web app: one document, whose head the server fills for each address.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include <boost/json.hpp>

#include "api/caller.hpp"
#include "api/documents.hpp"
#include "api/encode.hpp"
#include "api/live_rooms.hpp"
#include "api/page_head.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "catalog/photo.hpp"
#include "net/static_files.hpp"
#include "stock/stock.hpp"
#include "store/await.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
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

// "12.50" of 1250 CNY, as schema.org wants prices.
std::string price_text(Money money) {
  std::string text = to_string(money);
  return text.substr(0, text.find(' '));
}

json::object offer_json(const ProductView& view, const std::string& url) {
  return {{"@type", "Offer"},
          {"url", url},
          {"price", price_text(view.product.price)},
          {"priceCurrency", std::string(view.product.price.currency.code())},
          {"availability",
           view.available > 0 ? "https://schema.org/InStock" : "https://schema.org/SoldOut"}};
}

json::array images_of(const std::vector<catalog::Photo>& photos, const std::string& origin) {
  json::array images;
  for (const catalog::Photo& photo : photos) {
    images.emplace_back(origin + catalog::photo_address(photo.id, catalog::PhotoSize::large));
  }
  return images;
}

// schema.org/ProductGroup: the variants, each with what it costs.
json::array variants_json(const ProductView& view, const std::string& url,
                          const std::string& origin) {
  json::array variants;
  for (const VariantView& one : view.variants) {
    json::object variant{{"@type", "Product"},
                         {"name", one.product.title},
                         {"sku", std::to_string(one.product.id.value)},
                         {"offers", offer_json({one.product, one.available}, url)}};
    const auto& photos = one.product.photos.empty() ? view.product.photos : one.product.photos;
    if (auto images = images_of(photos, origin); !images.empty()) variant["image"] = images;
    variants.push_back(std::move(variant));
  }
  return variants;
}

json::object product_json(const ProductView& view, const std::string& origin) {
  const std::string url = origin + "/products/" + std::to_string(view.product.id.value);
  const bool is_group = !view.variants.empty();
  json::object out{{"@type", is_group ? "ProductGroup" : "Product"},
                   {"name", view.product.title},
                   {"description", view.product.description},
                   {"url", url}};
  if (is_group) {
    out["productGroupID"] = std::to_string(view.product.id.value);
    out["hasVariant"] = variants_json(view, url, origin);
  } else {
    out["offers"] = offer_json(view, url);
  }
  if (auto images = images_of(view.product.photos, origin); !images.empty()) out["image"] = images;
  return out;
}

std::string show_image(const ShowView& view, const std::string& origin) {
  if (view.cover) {
    return origin + catalog::photo_address(view.cover->id, catalog::PhotoSize::medium);
  }
  if (view.video != VideoState::none) {
    return origin + "/live/" + std::to_string(view.show.id.value) + "/cover.jpg";
  }
  if (view.shop.cover) {
    return origin + catalog::photo_address(view.shop.cover->id, catalog::PhotoSize::medium);
  }
  return origin + "/icon-512.png";
}

PageHead site_head(const std::string& origin) {
  PageHead head;
  head.title("Geili: live from the village");
  head.description("Watch, ask and buy live from the people who make it.");
  head.property("og:site_name", kSiteName);
  head.property("og:type", "website");
  head.property("og:image", origin + "/icon-512.png");
  return head;
}

PageHead show_head(const ShowView& view, const std::string& origin) {
  const std::string url = origin + "/shows/" + std::to_string(view.show.id.value);
  const std::string image = show_image(view, origin);
  PageHead head;
  head.title(view.show.title + " · " + view.shop.name);
  head.description(view.shop.name + (view.shop.village.empty() ? "" : ", " + view.shop.village) +
                   ": watch and buy live.");
  head.property("og:site_name", kSiteName);
  head.property("og:type", "video.other");
  head.property("og:image", image);
  head.canonical(url);
  const bool is_live = view.show.status == shows::ShowStatus::live;
  json::object event{
      {"@type", "BroadcastEvent"},
      {"name", view.show.title},
      {"isLiveBroadcast", is_live},
      {"startDate", instant_json(view.show.started_at.value_or(view.show.starts_at))}};
  if (view.show.ended_at) event["endDate"] = instant_json(*view.show.ended_at);
  json::object video{
      {"@type", "VideoObject"},
      {"name", view.show.title},
      {"description", "Live from " + view.shop.name},
      {"thumbnailUrl", image},
      {"uploadDate", instant_json(view.show.started_at.value_or(view.show.starts_at))},
      {"url", url},
      {"publication", std::move(event)}};
  head.linked_data(std::move(video));
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
  co_return page(*pages, show_head(live, origin_of(request, pages->context->public_origin)));
}

awaitable<Response> product_page(const Pages* pages, Request request) {
  const auto id = parse_id(request.path_parameter("id"));
  if (!id) co_return missing(*pages, request);
  auto job = [id = *id](store::Tx& tx) -> Result<ProductView> {
    auto product = catalog::find_product(tx, ProductId{id});
    if (!product) return fail_as(product);
    return product_view(tx, std::move(*product));
  };
  auto view = co_await store::read(*pages->context->database, job);
  if (!view) co_return missing(*pages, request);
  const std::string origin = origin_of(request, pages->context->public_origin);
  PageHead head = site_head(origin);
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
  own.linked_data(product_json(*view, origin));
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
  if (shop->cover) {
    head.property("og:image",
                  origin + catalog::photo_address(shop->cover->id, catalog::PhotoSize::medium));
  }
  co_return page(*pages, head);
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
  router.add({Method::get, "/products/{id}", "", page_handler(pages, product_page)});
  router.add({Method::get, "/shops/{id}", "", page_handler(pages, shop_page)});
  for (const char* path : {"/",
                           "/order",
                           "/orders",
                           "/pay",
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
                           "/studio/orders",
                           "/studio/orders/{id}",
                           "/studio/people",
                           "/studio/account",
                           "/studio/books",
                           "/studio/payouts",
                           "/studio/audit",
                           "/studio/rates",
                           "/studio/payments",
                           "/studio/webhooks"}) {
    router.add({Method::get, path, "", page_handler(pages, home_page)});
  }
  router.add({Method::get, "/{rest...}", "", files_or_missing(pages)});
}

}  // namespace geili::api
