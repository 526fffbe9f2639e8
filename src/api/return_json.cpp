#include "api/return_json.hpp"

#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "api/encode.hpp"

namespace geili::api {

namespace json = boost::json;

namespace {

json::string text_json(std::string_view text) {
  return json::string(text.data(), text.size());
}

}  // namespace

json::value to_json(const shipping::ReturnRequest& request) {
  json::array lines;
  for (const shipping::ReturnLine& line : request.lines) {
    lines.push_back({{"product_id", id_json(line.product)},
                     {"title", line.title},
                     {"quantity", line.quantity},
                     {"unit_price", to_json(line.unit_price)}});
  }
  json::array history;
  for (const shipping::ReturnChange& change : request.history) {
    history.push_back(
        {{"state", text_json(to_text(change.state))}, {"at", instant_json(change.at)}});
  }
  json::object out{{"id", id_json(request.id)},
                   {"order_id", id_json(request.order)},
                   {"state", text_json(to_text(request.state))},
                   {"wish", text_json(to_text(request.wish))},
                   {"reason", text_json(to_text(request.reason))},
                   {"note", request.note},
                   {"answer", request.answer},
                   {"goods", to_json(Money{request.goods_minor(), request.currency})},
                   {"lines", std::move(lines)},
                   {"history", std::move(history)}};
  if (request.refund_minor) {
    out["refund"] = to_json(Money{*request.refund_minor, request.currency});
  }
  if (request.exchange_order) out["exchange_order_id"] = id_json(*request.exchange_order);
  return out;
}

}  // namespace geili::api
