#pragma once
// What pages tell search engines by the words of schema.org.

#include <optional>
#include <string>

#include <boost/json/object.hpp>

#include "api/chapters.hpp"
#include "api/views.hpp"

namespace geili::api {

// A Product with its Offer, or a ProductGroup of variants.
boost::json::object product_json(const ProductView& view, const std::string& origin);

struct Replay {
  Kept kept;
  media::RecordingView view;
};
// A VideoObject with its BroadcastEvent; with a Clip for each chapter once it can be watched again.
boost::json::object show_json(const ShowView& view, const std::optional<Replay>& replay,
                              const std::string& image, const std::string& origin);

}  // namespace geili::api
