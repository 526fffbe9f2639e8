#include "flows/room_notice.hpp"

#include <boost/json.hpp>

namespace geili::flows {
namespace {

namespace json = boost::json;

json::string id_json(ProductId product) {
  return json::string(std::to_string(product.value));
}

json::object card_json(const ProductCard& card) {
  json::object object{
      {"product_id", id_json(card.product)},
      {"title", card.title},
      {"price",
       {{"minor", card.price.minor}, {"currency", json::string_view(card.price.currency.code())}}},
      {"available", card.available}};
  if (!card.photo_address.empty()) object["photo"] = card.photo_address;
  if (card.has_variants) object["has_variants"] = true;
  return object;
}

struct Encoder {
  json::object operator()(const DrawChanged& changed) const {
    json::array winners;
    for (const auto& [number, name] : changed.winners) {
      winners.push_back({{"number", number}, {"name", name}});
    }
    json::object draw{{"draw_id", std::to_string(changed.draw.value)},
                      {"prize", changed.prize},
                      {"state", json::string_view(shows::to_text(changed.state))},
                      {"who", json::string_view(shows::to_text(changed.who))},
                      {"winners_max", changed.winners_max},
                      {"closes_at", to_rfc3339(changed.closes_at)},
                      {"commitment", changed.commitment},
                      {"entries", changed.entries},
                      {"winners", std::move(winners)}};
    if (changed.product) draw["product_id"] = id_json(*changed.product);
    return {{"type", "draw"}, {"draw", std::move(draw)}};
  }
  json::object operator()(const Sold& sold) const {
    return {{"type", "sold"},          {"number", sold.number},
            {"name", sold.buyer_name}, {"product_id", id_json(sold.product)},
            {"title", sold.title},     {"quantity", sold.quantity}};
  }
  json::object operator()(const StockChanged& stock) const {
    return {
        {"type", "stock"}, {"product_id", id_json(stock.product)}, {"available", stock.available}};
  }
  json::object operator()(const Offered& offered) const {
    return {{"type", "offered"},
            {"product_id", id_json(offered.product)},
            {"wait_id", std::to_string(offered.wait)}};
  }
  json::object operator()(const Pinned& pinned) const {
    return {{"type", "pinned"}, {"product", card_json(pinned.card)}};
  }
  json::object operator()(const Unpinned&) const { return {{"type", "unpinned"}}; }
  json::object operator()(const ProductChanged& changed) const {
    return {{"type", "product"}, {"product", card_json(changed.card)}};
  }
  json::object operator()(const StatusChanged& changed) const {
    return {{"type", "status"}, {"status", json::string_view(shows::to_text(changed.status))}};
  }
};

}  // namespace

std::string to_json(const RoomNotice& notice) {
  return json::serialize(std::visit(Encoder{}, notice));
}

}  // namespace geili::flows
