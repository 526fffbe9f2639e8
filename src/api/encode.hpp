#pragma once
// Values as JSON, one overload a schema of api/openapi.yaml, and the responses that carry them.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "api/views.hpp"
#include "base/page.hpp"
#include "net/http.hpp"

namespace geili::api {

boost::json::value to_json(const Money& money);
boost::json::value to_json(const catalog::Photo& photo);
boost::json::value to_json(const catalog::Shop& shop);
boost::json::value to_json(const ProductView& product);
boost::json::value to_json(const shows::Repeat& repeat);
boost::json::value to_json(const ShowView& show);
boost::json::value buyer_order_json(const OrderView& order);
boost::json::value seller_order_json(const OrderView& order);
template <class Tag>
boost::json::string id_json(Id<Tag> id) {
  return boost::json::string(std::to_string(id.value));
}
boost::json::string instant_json(Instant instant);

net::Response json_response(const boost::json::value& value, unsigned status = 200);
net::Response no_content();
// To be kept as `name`; nobody else may keep it.
net::Response file_download(std::string content, std::string_view content_type,
                            std::string_view name);
// What a deed answers of which nothing is to be told: 204.
struct Done {};
net::Response encode_done(const Done&, const net::Request&);
// With the ETag "<version>-<hash of the body>", or 304 when the request has it already
// (If-None-Match). The hash makes an answer with other stock another one; If-Match looks at the
// version alone (decode.hpp).
net::Response versioned(const boost::json::value& value, std::int64_t version,
                        const net::Request& request, unsigned status = 200);

// A page with next_cursor and a Link to the next one.
net::Response page_response(boost::json::array items, const std::string& next_cursor,
                            const net::Request& request);
template <class T, class Encode>
net::Response page_response(const Page<T>& page, const net::Request& request, Encode encode) {
  boost::json::array items;
  items.reserve(page.items.size());
  for (const T& item : page.items) items.push_back(encode(item));
  return page_response(std::move(items), page.next_cursor, request);
}

}  // namespace geili::api
