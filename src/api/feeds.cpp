#include "api/feeds.hpp"

#include <algorithm>

#include "api/live_address.hpp"
#include "base/xml.hpp"
#include "catalog/variant.hpp"
#include "flows/shipment.hpp"
#include "net/http_date.hpp"
#include "shipping/quote.hpp"
#include "stock/stock.hpp"

namespace geili::api {
namespace {

constexpr std::size_t kMorePicturesMax = 10;
constexpr int kPageLimit = 100;

std::unexpected<Error> no_feed() {
  return fail(ErrorKind::not_found, "feed-not-found", "A practice shop has no feed.");
}

Result<catalog::Shop> real_shop(store::Tx& tx, ShopId id) {
  auto shop = catalog::find_shop(tx, id);
  if (shop && shop->demo) return no_feed();
  return shop;
}

// Countries that the shop names, each once.
std::vector<std::string> countries_of(const shipping::ShopShipping& shipping) {
  std::vector<std::string> countries;
  for (const shipping::Zone& zone : shipping.zones) {
    for (const shipping::Place& place : zone.places) {
      if (countries.size() == kFeedCountriesMax) return countries;
      if (place.country == shipping::kEverywhereElse) continue;
      if (std::ranges::find(countries, place.country) == countries.end()) {
        countries.push_back(place.country);
      }
    }
  }
  return countries;
}

// Gathers what one feed holds.
class Gathering {
 public:
  Gathering(store::Tx& tx, ProductFeed& feed) : tx_(tx), feed_(feed) {
    auto shipping = shipping::load_shipping(tx, feed.shop.id);
    if (!shipping) return;
    countries_ = countries_of(*shipping);
    shipping_ = *std::move(shipping);
  }

  // False when the feed is full.
  bool add(catalog::Product product) {
    if (product.kind != catalog::ProductKind::parent) return put(std::move(product));
    for (catalog::Product& variant : catalog::variants_of(tx_, product.id)) {
      if (variant.photos.empty()) variant.photos = product.photos;
      if (!put(std::move(variant))) return false;
    }
    return true;
  }

 private:
  bool put(catalog::Product product) {
    if (feed_.products.size() == kFeedProductsMax) return false;
    const std::int64_t available = stock::available(tx_, product.id);
    auto shipping = shipping_of(product);
    feed_.products.push_back({std::move(product), available, std::move(shipping)});
    return true;
  }

  std::vector<FeedShipping> shipping_of(const catalog::Product& product) {
    std::vector<FeedShipping> found;
    if (countries_.empty()) return found;
    const auto offer = catalog::find_offer(tx_, product.id);
    if (!offer) return found;
    const auto item = flows::shipment_item(tx_, product.id, *offer, 1);
    for (const std::string& country : countries_) {
      const auto quote = shipping::quote(
          *shipping_, {.country = country, .subdivision = {}, .postal_code = {}}, {item});
      if (!quote || quote->options.empty()) continue;
      const shipping::Option& cheapest = quote->options.front();
      found.push_back(
          {country, cheapest.service, {cheapest.price_minor, shipping_->settings.currency}});
    }
    return found;
  }

  store::Tx& tx_;
  ProductFeed& feed_;
  std::optional<shipping::ShopShipping> shipping_;
  std::vector<std::string> countries_;
};

XmlWriter begin_rss() {
  XmlWriter xml;
  xml.open("rss")
      .attribute("version", "2.0")
      .attribute("xmlns:g", "http://base.google.com/ns/1.0")
      .attribute("xmlns:atom", "http://www.w3.org/2005/Atom")
      .attribute("xmlns:media", "http://search.yahoo.com/mrss/");
  return xml;
}

void write_channel(XmlWriter& xml, std::string_view title, std::string_view link,
                   std::string_view description, std::string_view self) {
  xml.open("channel");
  xml.element("title", title).element("link", link).element("description", description);
  xml.open("atom:link")
      .attribute("href", self)
      .attribute("rel", "self")
      .attribute("type", "application/rss+xml")
      .close();
}

std::string photo_url(const catalog::Photo& photo, const std::string& origin) {
  return origin + catalog::photo_address(photo.id, catalog::PhotoSize::large);
}

void write_pictures(XmlWriter& xml, const catalog::Product& product, const std::string& origin) {
  for (std::size_t i = 0; i < std::min(product.photos.size(), kMorePicturesMax + 1); ++i) {
    xml.element(i == 0 ? "g:image_link" : "g:additional_image_link",
                photo_url(product.photos[i], origin));
  }
}

void write_item(XmlWriter& xml, const FeedProduct& one, const catalog::Shop& shop,
                const std::string& origin) {
  const catalog::Product& product = one.product;
  const ProductId page = product.parent.value_or(product.id);
  xml.open("item");
  xml.element("g:id", std::to_string(product.id.value));
  if (product.parent) xml.element("g:item_group_id", std::to_string(product.parent->value));
  xml.element("title", product.title);
  xml.element("description", product.description.empty() ? product.title : product.description);
  xml.element("link", origin + product_address(page));
  write_pictures(xml, product, origin);
  xml.element("g:availability", one.available > 0 ? "in_stock" : "out_of_stock");
  xml.element("g:price", to_string(product.price));
  xml.element("g:condition", "new").element("g:brand", shop.name);
  // Made by hand: there is no number of a trade register.
  xml.element("g:identifier_exists", "no");
  if (product.kind == catalog::ProductKind::bundle) xml.element("g:is_bundle", "yes");
  if (product.weight_g > 0) {
    xml.element("g:shipping_weight", std::to_string(product.weight_g) + " g");
  }
  for (const FeedShipping& shipping : one.shipping) {
    xml.open("g:shipping").element("g:country", shipping.country);
    xml.element("g:service", shipping.service).element("g:price", to_string(shipping.price));
    xml.close();
  }
  xml.close();
}

std::string about_show(const ShowView& view) {
  const std::string& village = view.shop.village;
  return view.shop.name + (village.empty() ? "" : ", " + village) + " · " +
         to_rfc3339(view.show.started_at.value_or(view.show.starts_at));
}

void write_item(XmlWriter& xml, const ShowView& view, const std::string& origin) {
  constexpr std::int64_t kUsPerS = 1'000'000;
  const std::string url = origin + show_address(view.show.id);
  xml.open("item");
  xml.element("title", view.show.title).element("link", url);
  xml.open("guid").attribute("isPermaLink", "true").text(url).close();
  xml.element("description", about_show(view));
  // Readers pass over what is dated in the future.
  if (view.show.started_at) {
    xml.element("pubDate", net::to_http_date(view.show.started_at->us / kUsPerS));
  }
  if (const auto picture = show_picture(view)) {
    xml.open("media:thumbnail").attribute("url", origin + *picture).close();
  }
  xml.close();
}

}  // namespace

Result<ProductFeed> product_feed(store::Tx& tx, ShopId id) {
  auto shop = real_shop(tx, id);
  if (!shop) return fail_as(shop);
  ProductFeed feed{.shop = *std::move(shop), .products = {}};
  Gathering gathering(tx, feed);
  PageRequest request{.cursor = {}, .limit = kPageLimit};
  do {
    auto page = catalog::list_products(tx, id, catalog::Hidden::left_out, request);
    if (!page) return fail_as(page);
    for (catalog::Product& product : page->items) {
      if (!gathering.add(std::move(product))) return feed;
    }
    request.cursor = std::move(page->next_cursor);
  } while (!request.cursor.empty());
  return feed;
}

Result<ShowFeed> show_feed(store::Tx& tx, std::optional<ShopId> shop) {
  ShowFeed feed;
  if (shop) {
    auto found = real_shop(tx, *shop);
    if (!found) return fail_as(found);
    feed.shop = *std::move(found);
  }
  auto page = shows::list_shows(tx, {.status = std::nullopt, .shop = shop},
                                {.cursor = {}, .limit = kPageLimit});
  if (!page) return fail_as(page);
  for (shows::Show& show : page->items) {
    auto view = show_view(tx, std::move(show), WithBag::no);
    if (!view) return fail_as(view);
    if (!view->shop.demo) feed.shows.push_back(*std::move(view));
    if (feed.shows.size() == kFeedShowsMax) break;
  }
  return feed;
}

std::string to_rss(const ProductFeed& feed, const std::string& origin, std::string_view self) {
  XmlWriter xml = begin_rss();
  const catalog::Shop& shop = feed.shop;
  write_channel(xml, shop.name, origin + "/shops/" + std::to_string(shop.id.value),
                shop.description.empty() ? shop.name : shop.description, self);
  for (const FeedProduct& product : feed.products) write_item(xml, product, shop, origin);
  return std::move(xml).take();
}

std::string to_rss(const ShowFeed& feed, const std::string& origin, std::string_view self) {
  XmlWriter xml = begin_rss();
  if (feed.shop) {
    const catalog::Shop& shop = *feed.shop;
    write_channel(xml, shop.name, origin + "/shops/" + std::to_string(shop.id.value),
                  shop.description.empty() ? shop.name : shop.description, self);
  } else {
    write_channel(xml, "Geili", origin + "/", "Live from the village", self);
  }
  for (const ShowView& view : feed.shows) write_item(xml, view, origin);
  return std::move(xml).take();
}

std::string show_address(ShowId show) {
  return "/shows/" + std::to_string(show.value);
}

std::string product_address(ProductId product) {
  return "/products/" + std::to_string(product.value);
}

std::string product_feed_address(ShopId shop) {
  return "/api/v1/shops/" + std::to_string(shop.value) + "/products.rss";
}

std::string show_feed_address(std::optional<ShopId> shop) {
  if (!shop) return "/api/v1/shows.rss";
  return "/api/v1/shops/" + std::to_string(shop->value) + "/shows.rss";
}

std::optional<std::string> show_picture(const ShowView& view) {
  const auto address = [](const catalog::Photo& photo) {
    return catalog::photo_address(photo.id, catalog::PhotoSize::medium);
  };
  if (view.cover) return address(*view.cover);
  if (view.video != VideoState::none) {
    return live_address(view.show.id) + "/cover.jpg";
  }
  const auto pinned = std::ranges::find_if(view.products, [&](const ProductView& one) {
    return view.show.pinned == one.product.id && !one.product.photos.empty();
  });
  if (pinned != view.products.end()) return address(pinned->product.photos.front());
  for (const ProductView& one : view.products) {
    if (!one.product.photos.empty()) return address(one.product.photos.front());
  }
  if (view.shop.cover) return address(*view.shop.cover);
  return std::nullopt;
}

}  // namespace geili::api
