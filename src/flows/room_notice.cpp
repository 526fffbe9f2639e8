#include "flows/room_notice.hpp"

#include <array>

#include <boost/json.hpp>

#include "store/names.hpp"

namespace geili::flows {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 3> kOfferStates{"held", "bought", "lapsed"};
constexpr std::array<std::string_view, 8> kAuctionNews{
    "opened", "bid", "extended", "closed", "cancelled", "offered", "bought", "lapsed"};

template <class Tag>
json::string id_json(Id<Tag> id) {
  return json::string(std::to_string(id.value));
}

json::object money_json(Money money) {
  return {{"minor", money.minor}, {"currency", json::string_view(money.currency.code())}};
}

json::object card_json(const ProductCard& card) {
  json::object object{{"product_id", id_json(card.product)},
                      {"title", card.title},
                      {"price", money_json(card.price)},
                      {"available", card.available}};
  if (!card.photo_address.empty()) object["photo"] = card.photo_address;
  if (card.has_variants) object["has_variants"] = true;
  return object;
}

json::object deal_json(const stock::Deal& deal) {
  return {{"deal_id", id_json(deal.id)},
          {"product_id", id_json(deal.product)},
          {"price", money_json(deal.price)},
          {"units", deal.units},
          {"left", deal.left()},
          {"units_per_buyer_max", deal.units_per_buyer_max},
          {"vouchers_max", deal.vouchers_max},
          {"starts_at_us", deal.starts_at.us},
          {"ends_at_us", deal.ends_at.us}};
}

json::object bid_json(const shows::Bid& bid) {
  return {{"bid", bid.position}, {"name", bid.name}, {"minor", bid.amount_minor}};
}

json::object auction_json(AuctionNews news, const AuctionView& view) {
  const shows::AuctionTerms& terms = view.auction.terms;
  json::object auction{{"auction_id", id_json(terms.auction)},
                       {"product_id", id_json(terms.product)},
                       {"title", terms.title},
                       {"news", json::string_view(to_text(news))},
                       {"state", json::string_view(shows::to_text(view.auction.state))},
                       {"mode", json::string_view(shows::to_text(terms.mode))},
                       {"extend_s", terms.extend.count()},
                       {"currency", terms.currency},
                       {"start_minor", terms.start_minor},
                       {"step_minor", terms.step_minor},
                       {"bids", view.auction.bids},
                       {"closes_at_us", view.auction.closes_at.us}};
  if (view.lead) auction["lead"] = bid_json(*view.lead);
  if (view.offer) {
    json::object offer = bid_json(view.offer->bid);
    offer["state"] = json::string_view(to_text(view.offer->state));
    auction["offer"] = std::move(offer);
  }
  return auction;
}

json::object packet_json(const PacketChanged& changed) {
  const shows::RedPacket& packet = changed.packet;
  return {{"packet_id", id_json(packet.id)},
          {"title", packet.title},
          {"state", packet.ended_at ? "over" : "open"},
          {"split", json::string_view(shows::to_text(packet.split))},
          {"total_minor", packet.total.minor},
          {"currency", json::string_view(packet.total.currency.code())},
          {"min_order_minor", changed.min_order_minor},
          {"envelopes", packet.envelopes},
          {"left", changed.left},
          {"closes_at_us", packet.closes_at.us}};
}

struct Encoder {
  json::object operator()(const AuctionChanged& changed) const {
    return {{"type", "auction"}, {"auction", auction_json(changed.news, changed.view)}};
  }
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
                      {"closes_at_us", changed.closes_at.us},
                      {"commitment", changed.commitment},
                      {"entries", changed.entries},
                      {"winners", std::move(winners)}};
    if (changed.product) draw["product_id"] = id_json(*changed.product);
    return {{"type", "draw"}, {"draw", std::move(draw)}};
  }
  json::object operator()(const CouponTold& told) const {
    return {{"type", "coupon"}, {"coupon_id", id_json(told.coupon)}, {"left", told.left}};
  }
  json::object operator()(const TakenByComment& taken) const {
    return {{"type", "taken"},
            {"name", taken.buyer_name},
            {"product_id", id_json(taken.product)},
            {"number", taken.number},
            {"quantity", taken.quantity}};
  }
  json::object operator()(const PacketChanged& changed) const {
    return {{"type", "red_packet"}, {"packet", packet_json(changed)}};
  }
  json::object operator()(const PacketLeft& packet) const {
    return {{"type", "packet_left"}, {"packet_id", id_json(packet.packet)}, {"left", packet.left}};
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
  json::object operator()(const DealAnnounced& announced) const {
    return {{"type", "deal_announced"}, {"deal", deal_json(announced.deal)}};
  }
  json::object operator()(const DealEnded& ended) const {
    return {{"type", "deal_ended"},
            {"deal_id", id_json(ended.deal)},
            {"product_id", id_json(ended.product)},
            {"reason", ended.is_withdrawn ? "withdrawn" : "over"}};
  }
  json::object operator()(const PlanChanged& changed) const {
    return {{"type", "plan"}, {"title", changed.title}, {"starts_at_us", changed.starts_at.us}};
  }
  json::object operator()(const BagChanged& changed) const {
    json::array ids;
    for (const ProductId id : changed.products) ids.push_back(id_json(id));
    return {{"type", "bag"}, {"product_ids", std::move(ids)}};
  }
  json::object operator()(const StatusChanged& changed) const {
    return {{"type", "status"}, {"status", json::string_view(shows::to_text(changed.status))}};
  }
  json::object operator()(const QuestionAnswered& answered) const {
    return {{"type", "answered"}, {"answered_seq", answered.seq}};
  }
  json::object operator()(const ChatChanged&) const { return {{"type", "chat_changed"}}; }
};

}  // namespace

std::string_view to_text(OfferState state) {
  return store::name_of(kOfferStates, state);
}
std::string_view to_text(AuctionNews news) {
  return store::name_of(kAuctionNews, news);
}

std::string to_json(const RoomNotice& notice) {
  return json::serialize(std::visit(Encoder{}, notice));
}

}  // namespace geili::flows
