#include "api/page_head.hpp"

#include <boost/json.hpp>

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

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

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

void PageHead::linked_data(json::object value) {
  value["@context"] = "https://schema.org";
  data_.push_back(std::move(value));
}

std::string PageHead::html() const {
  std::string out = "<title>" + escape_html(title_) + "</title>";
  for (const Meta& meta : metas_) {
    out += "<meta " + meta.attribute + "=\"" + escape_html(meta.name) + "\" content=\"" +
           escape_html(meta.content) + "\">";
  }
  if (!canonical_.empty()) {
    out += "<link rel=\"canonical\" href=\"" + escape_html(canonical_) + "\">";
  }
  for (const json::object& value : data_) {
    out += "<script type=\"application/ld+json\">" + script_json(value) + "</script>";
  }
  return out;
}

}  // namespace geili::api
