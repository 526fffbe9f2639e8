#include "api/linked_data.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "api/encode.hpp"
#include "api/feeds.hpp"
#include "catalog/photo.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMsPerS = 1'000;

json::object offer_json(const ProductView& view, const std::string& url) {
  return {{"@type", "Offer"},
          {"url", url},
          {"price", to_decimal(view.product.price)},
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

// ISO 8601: "PT93S".
std::string duration_text(std::int64_t ms) {
  return "PT" + std::to_string(ms / kMsPerS) + "S";
}

json::array clips_json(const Replay& replay, const std::string& url) {
  json::array clips;
  for (const Chapter& chapter : chapters_of(replay.kept, replay.view)) {
    const std::int64_t from_s = chapter.from_ms / kMsPerS;
    clips.push_back(json::object{{"@type", "Clip"},
                                 {"name", replay.kept.products.at(chapter.product).product.title},
                                 {"startOffset", from_s},
                                 {"endOffset", std::max(chapter.to_ms / kMsPerS, from_s + 1)},
                                 {"url", url + "#t=" + std::to_string(from_s)}});
  }
  return clips;
}

}  // namespace

json::object product_json(const ProductView& view, const std::string& origin) {
  const std::string url = origin + product_address(view.product.id);
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

json::object show_json(const ShowView& view, const std::optional<Replay>& replay,
                       const std::string& image, const std::string& origin) {
  const std::string url = origin + show_address(view.show.id);
  const json::string begun = instant_json(view.show.started_at.value_or(view.show.starts_at));
  json::object event{{"@type", "BroadcastEvent"},
                     {"name", view.show.title},
                     {"isLiveBroadcast", view.show.status == shows::ShowStatus::live},
                     {"startDate", begun}};
  if (shows::is_called_off(view.show)) {
    event["eventStatus"] = "https://schema.org/EventCancelled";
  } else if (view.show.ended_at) {
    event["endDate"] = instant_json(*view.show.ended_at);
  }
  json::object video{{"@type", "VideoObject"},
                     {"name", view.show.title},
                     {"description", "Live from " + view.shop.name},
                     {"thumbnailUrl", image},
                     {"uploadDate", begun},
                     {"url", url},
                     {"publication", std::move(event)}};
  if (!replay || !is_ready(replay->kept, replay->view)) return video;
  video["contentUrl"] = origin + replay_address(view.show.id);
  video["duration"] = duration_text(replay->view.summary.duration_us / kUsPerMs);
  if (auto clips = clips_json(*replay, url); !clips.empty()) video["hasPart"] = std::move(clips);
  return video;
}

}  // namespace geili::api
