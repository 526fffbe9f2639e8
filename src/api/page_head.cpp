#include "api/page_head.hpp"

#include <boost/json.hpp>

#include "base/xml.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;

// JSON inside <script>: what could end the element is written as escapes of JSON itself.
std::string script_json(const json::object& value) {
  std::string out;
  for (const char c : json::serialize(value)) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

void PageHead::title(std::string_view text) {
  title_ = text;
  property("og:title", text);
}

void PageHead::description(std::string_view text) {
  metas_.push_back({"name", "description", std::string(text)});
  property("og:description", text);
}

void PageHead::property(std::string_view property, std::string_view content) {
  metas_.push_back({"property", std::string(property), std::string(content)});
}

void PageHead::canonical(std::string_view url) {
  canonical_ = url;
  property("og:url", url);
}

void PageHead::feed(std::string_view title, std::string_view url) {
  feeds_.push_back({std::string(title), std::string(url)});
}

void PageHead::linked_data(json::object value) {
  value["@context"] = "https://schema.org";
  data_.push_back(std::move(value));
}

std::string PageHead::html() const {
  std::string out = "<title>" + escaped_markup(title_) + "</title>";
  for (const Meta& meta : metas_) {
    out += "<meta " + meta.attribute + "=\"" + escaped_markup(meta.name) + "\" content=\"" +
           escaped_markup(meta.content) + "\">";
  }
  if (!canonical_.empty()) {
    out += "<link rel=\"canonical\" href=\"" + escaped_markup(canonical_) + "\">";
  }
  for (const Feed& feed : feeds_) {
    out += "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"" +
           escaped_markup(feed.title) + "\" href=\"" + escaped_markup(feed.url) + "\">";
  }
  for (const json::object& value : data_) {
    out += "<script type=\"application/ld+json\">" + script_json(value) + "</script>";
  }
  return out;
}

}  // namespace geili::api
