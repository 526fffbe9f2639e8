#pragma once
// What a page says of itself before any script runs: title, Open Graph and JSON-LD, for search
// machines and the previews of messengers.

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

namespace geili::api {

class PageHead {
 public:
  void title(std::string_view text);
  void description(std::string_view text);
  // property is a literal of ours: "og:image".
  void property(std::string_view property, std::string_view content);
  void canonical(std::string_view url);
  void feed(std::string_view title, std::string_view url);  // RSS that tells the same
  void linked_data(boost::json::object value);              // schema.org; @context is put in

  // The markup for <head>: every text is escaped here, in one place.
  std::string html() const;

 private:
  struct Meta {
    std::string attribute;
    std::string name;
    std::string content;
  };
  struct Feed {
    std::string title;
    std::string url;
  };
  std::string title_;
  std::string canonical_;
  std::vector<Meta> metas_;
  std::vector<Feed> feeds_;
  std::vector<boost::json::object> data_;
};

}  // namespace geili::api
