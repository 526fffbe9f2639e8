#include "live/bus_json.hpp"

#include <cassert>
#include <optional>

#include <boost/json.hpp>

#include "live/bus_fields.hpp"
#include "live/bus_play_json.hpp"
#include "live/names.hpp"

namespace geili::live {
namespace {

namespace json = boost::json;

std::optional<Money> price_of(const json::object& object) {
  const json::value* price = object.if_contains("price");
  if (!price || !price->is_object()) return std::nullopt;
  const auto minor = number_of(price->get_object(), "minor");
  const auto currency = Currency::parse(text_of(price->get_object(), "currency").value_or(""));
  if (!minor || !currency) return std::nullopt;
  return Money{*minor, *currency};
}

std::optional<ProductCard> card_of(const json::object& object) {
  const json::value* product = object.if_contains("product");
  if (!product || !product->is_object()) return std::nullopt;
  const json::object& card = product->get_object();
  const auto price = price_of(card);
  const auto id = product_id_of(card);
  const auto title = text_of(card, "title");
  const auto available = number_of(card, "available");
  if (!price || !id || !title || !available) return std::nullopt;
  const json::value* has_variants = card.if_contains("has_variants");
  return ProductCard{
      *id,        std::string(*title),
      *price,     std::string(text_of(card, "photo").value_or("")),
      *available, has_variants && has_variants->is_bool() && has_variants->get_bool()};
}

std::optional<Command> sold_of(const json::object& object) {
  const auto number = number_of(object, "number");
  const auto name = text_of(object, "name");
  const auto id = product_id_of(object);
  const auto title = text_of(object, "title");
  const auto quantity = number_of(object, "quantity");
  if (!number || !name || !id || !title || !quantity) return std::nullopt;
  return RecordSold{{*number, std::string(*name), *id, std::string(*title), *quantity}};
}

std::optional<DealCard> deal_of(const json::object& object) {
  const json::value* value = object.if_contains("deal");
  if (!value || !value->is_object()) return std::nullopt;
  const json::object& deal = value->get_object();
  const auto id = id_of(deal, "deal_id");
  const auto product = product_id_of(deal);
  const auto price = price_of(deal);
  const auto units = number_of(deal, "units");
  const auto left = number_of(deal, "left");
  const auto each = number_of(deal, "units_per_buyer_max");
  const auto vouchers = number_of(deal, "vouchers_max");
  const auto starts_at = number_of(deal, "starts_at_us");
  const auto ends_at = number_of(deal, "ends_at_us");
  if (!id || !product || !price || !units || !left || !each || !vouchers || !starts_at ||
      !ends_at) {
    return std::nullopt;
  }
  return DealCard{.id = DealId{*id},
                  .product = *product,
                  .price = *price,
                  .units = *units,
                  .left = *left,
                  .units_per_buyer_max = *each,
                  .vouchers_max = *vouchers,
                  .starts_at = Instant{*starts_at},
                  .ends_at = Instant{*ends_at}};
}

std::optional<Command> deal_command_of(const json::object& object, std::string_view type) {
  if (type == "deal_announced") {
    auto deal = deal_of(object);
    if (!deal) return std::nullopt;
    return AnnounceDeal{*std::move(deal)};
  }
  const auto id = id_of(object, "deal_id");
  if (!id) return std::nullopt;
  if (type == "deal_left") {
    const auto left = number_of(object, "left");
    if (!left) return std::nullopt;
    return SetDealLeft{DealId{*id}, *left};
  }
  const auto product = product_id_of(object);
  const auto reason = parse_name<DealEnd>(kDealEndNames, text_of(object, "reason").value_or(""));
  if (type != "deal_ended" || !product || !reason) return std::nullopt;
  return EndDeal{DealId{*id}, *product, *reason};
}

std::optional<std::vector<ProductId>> bag_of(const json::object& object) {
  const json::value* list = object.if_contains("product_ids");
  if (!list || !list->is_array()) return std::nullopt;
  std::vector<ProductId> products;
  for (const json::value& value : list->get_array()) {
    const json::string* text = value.if_string();
    const auto id = text ? parse_id(std::string_view(*text)) : std::nullopt;
    if (!id) return std::nullopt;
    products.emplace_back(*id);
  }
  return products;
}

std::optional<std::vector<DrawWinner>> winners_of(const json::object& draw) {
  const json::value* list = draw.if_contains("winners");
  if (!list || !list->is_array()) return std::nullopt;
  std::vector<DrawWinner> winners;
  for (const json::value& value : list->get_array()) {
    if (!value.is_object()) return std::nullopt;
    const auto number = number_of(value.get_object(), "number");
    const auto name = text_of(value.get_object(), "name");
    if (!number || !name) return std::nullopt;
    winners.push_back({*number, std::string(*name)});
  }
  return winners;
}

std::optional<Command> draw_command_of(const json::object& object) {
  const json::value* value = object.if_contains("draw");
  if (!value || !value->is_object()) return std::nullopt;
  const json::object& draw = value->get_object();
  const auto id = id_of(draw, "draw_id");
  const auto prize = text_of(draw, "prize");
  const auto state = parse_name<DrawState>(kDrawStateNames, text_of(draw, "state").value_or(""));
  const auto who = parse_name<DrawFor>(kDrawForNames, text_of(draw, "who").value_or(""));
  const auto winners_max = number_of(draw, "winners_max");
  const auto closes_at_us = number_of(draw, "closes_at_us");
  const auto commitment = text_of(draw, "commitment");
  const auto entries = number_of(draw, "entries");
  auto winners = winners_of(draw);
  if (!id || !prize || !state || !who || !winners_max || !closes_at_us || !commitment || !entries ||
      !winners) {
    return std::nullopt;
  }
  return TellDraw{{.id = DrawId{*id},
                   .prize = std::string(*prize),
                   .product = product_id_of(draw),
                   .state = *state,
                   .who = *who,
                   .winners_max = *winners_max,
                   .closes_at = Instant{*closes_at_us},
                   .commitment = std::string(*commitment),
                   .entries = *entries,
                   .winners = *std::move(winners)}};
}

std::optional<AuctionBid> bid_of(const json::value* value) {
  if (!value || !value->is_object()) return std::nullopt;
  const json::object& bid = value->get_object();
  const auto number = number_of(bid, "bid");
  const auto name = text_of(bid, "name");
  const auto minor = number_of(bid, "minor");
  if (!number || !name || !minor) return std::nullopt;
  return AuctionBid{*number, std::string(*name), *minor};
}

// False: what is there is no bid or offer.
bool read_bids(const json::object& object, AuctionTold& auction) {
  if (const json::value* lead = object.if_contains("lead")) {
    auction.lead = bid_of(lead);
    if (!auction.lead) return false;
  }
  if (const json::value* offer = object.if_contains("offer")) {
    auto bid = bid_of(offer);
    if (!bid) return false;
    const auto state = parse_name<OfferState>(kOfferStateNames,
                                              text_of(offer->get_object(), "state").value_or(""));
    if (!state) return false;
    auction.offer = AuctionOffer{*std::move(bid), *state};
  }
  return true;
}

std::optional<Command> auction_command_of(const json::object& message) {
  const json::value* value = message.if_contains("auction");
  if (!value || !value->is_object()) return std::nullopt;
  const json::object& object = value->get_object();
  const auto word = [&](std::string_view name) { return text_of(object, name).value_or(""); };
  const auto id = id_of(object, "auction_id");
  const auto product = product_id_of(object);
  const auto title = text_of(object, "title");
  const auto news = parse_name<AuctionNews>(kAuctionNewsNames, word("news"));
  const auto state = parse_name<AuctionState>(kAuctionStateNames, word("state"));
  const auto mode = parse_name<AuctionMode>(kAuctionModeNames, word("mode"));
  const auto extend_s = number_of(object, "extend_s");
  const auto currency = Currency::parse(word("currency"));
  const auto start_minor = number_of(object, "start_minor");
  const auto step_minor = number_of(object, "step_minor");
  const auto bids = number_of(object, "bids");
  const auto closes_at_us = number_of(object, "closes_at_us");
  if (!id || !product || !title || !news || !state || !mode || !extend_s || !currency ||
      !start_minor || !step_minor || !bids || !closes_at_us) {
    return std::nullopt;
  }
  AuctionTold auction{.id = AuctionId{*id},
                      .product = *product,
                      .title = std::string(*title),
                      .news = *news,
                      .state = *state,
                      .mode = *mode,
                      .extend_s = *extend_s,
                      .start = {*start_minor, *currency},
                      .step_minor = *step_minor,
                      .bids = *bids,
                      .closes_at = Instant{*closes_at_us}};
  if (!read_bids(object, auction)) return std::nullopt;
  return TellAuction{std::move(auction)};
}

std::optional<Command> command_of(const json::object& object, std::string_view type) {
  if (type == "auction") return auction_command_of(object);
  if (type == "draw") return draw_command_of(object);
  if (type == "sold") return sold_of(object);
  if (is_play(type)) return play_command_of(object, type);
  if (type.starts_with("deal_")) return deal_command_of(object, type);
  if (type == "stock") {
    const auto id = product_id_of(object);
    const auto available = number_of(object, "available");
    if (!id || !available) return std::nullopt;
    return SetStock{*id, *available};
  }
  if (type == "coupon") {
    const auto id = id_of(object, "coupon_id");
    const auto left = number_of(object, "left");
    if (!id || !left) return std::nullopt;
    return TellCoupon{{CouponId{*id}, *left}};
  }
  if (type == "offered") {
    const auto id = product_id_of(object);
    const auto wait = id_of(object, "wait_id");
    if (!id || !wait) return std::nullopt;
    return TellOffer{{*id, *wait}};
  }
  if (type == "product" || type == "pinned") {
    auto card = card_of(object);
    if (!card) return std::nullopt;
    if (type == "product") return ChangeProduct{*std::move(card)};
    return PinProduct{Role::host, *std::move(card)};
  }
  if (type == "unpinned") return UnpinProduct{Role::host};
  if (type == "answered") {
    const auto seq = number_of(object, "answered_seq");
    if (!seq) return std::nullopt;
    return MarkAnswered{*seq};
  }
  if (type == "hidden") {
    const auto seq = number_of(object, "hidden_seq");
    if (!seq) return std::nullopt;
    return HideMessage{Role::host, *seq};
  }
  if (type == "status") {
    const auto status =
        parse_name<ShowStatus>(kShowStatusNames, text_of(object, "status").value_or(""));
    if (!status) return std::nullopt;
    return SetStatus{*status};
  }
  if (type == "plan") {
    const auto title = text_of(object, "title");
    const auto starts_at_us = number_of(object, "starts_at_us");
    if (!title || !starts_at_us) return std::nullopt;
    return TellPlan{{std::string(*title), Instant{*starts_at_us}}};
  }
  if (type == "bag") {
    auto products = bag_of(object);
    if (!products) return std::nullopt;
    return TellBag{{*std::move(products)}};
  }
  if (type == "chat_changed") return ChatChanged{};
  if (type == "video" || type == "co_host") {
    const auto video =
        parse_name<VideoState>(kVideoStateNames, text_of(object, "video").value_or(""));
    if (!video) return std::nullopt;
    if (type == "video") return SetVideo{*video};
    return SetCoHost{*video};
  }
  return std::nullopt;
}

json::object price_json(Money price) {
  return {{"minor", price.minor}, {"currency", price.currency.code()}};
}

json::object bid_json(const AuctionBid& bid) {
  return {{"bid", bid.bid}, {"name", bid.name}, {"minor", bid.minor}};
}

json::object auction_json(const AuctionTold& told) {
  json::object auction{{"auction_id", std::to_string(told.id.value)},
                       {"product_id", std::to_string(told.product.value)},
                       {"title", told.title},
                       {"news", name_of(told.news)},
                       {"state", name_of(told.state)},
                       {"mode", name_of(told.mode)},
                       {"extend_s", told.extend_s},
                       {"currency", told.start.currency.code()},
                       {"start_minor", told.start.minor},
                       {"step_minor", told.step_minor},
                       {"bids", told.bids},
                       {"closes_at_us", told.closes_at.us}};
  if (told.lead) auction["lead"] = bid_json(*told.lead);
  if (told.offer) {
    json::object offer = bid_json(told.offer->bid);
    offer["state"] = name_of(told.offer->state);
    auction["offer"] = std::move(offer);
  }
  return auction;
}

json::object deal_json(const DealCard& deal) {
  return {{"deal_id", std::to_string(deal.id.value)},
          {"product_id", std::to_string(deal.product.value)},
          {"price", price_json(deal.price)},
          {"units", deal.units},
          {"left", deal.left},
          {"units_per_buyer_max", deal.units_per_buyer_max},
          {"vouchers_max", deal.vouchers_max},
          {"starts_at_us", deal.starts_at.us},
          {"ends_at_us", deal.ends_at.us}};
}

json::object card_json(const ProductCard& card) {
  json::object object{{"product_id", std::to_string(card.id.value)},
                      {"title", card.title},
                      {"price", price_json(card.price)},
                      {"available", card.available}};
  if (!card.photo_url.empty()) object["photo"] = card.photo_url;
  if (card.has_variants) object["has_variants"] = true;
  return object;
}

struct Encoder {
  json::object operator()(const RecordSold& command) const {
    const ProductSold& sold = command.sold;
    return {{"type", "sold"},          {"number", sold.order_no},
            {"name", sold.buyer_name}, {"product_id", std::to_string(sold.id.value)},
            {"title", sold.title},     {"quantity", sold.quantity}};
  }
  json::object operator()(const SetStock& command) const {
    json::object object{{"type", "stock"},
                        {"product_id", std::to_string(command.id.value)},
                        {"available", command.available}};
    return object;
  }
  json::object operator()(const TellOffer& command) const {
    return {{"type", "offered"},
            {"product_id", std::to_string(command.offered.id.value)},
            {"wait_id", std::to_string(command.offered.wait_id)}};
  }
  json::object operator()(const ChangeProduct& command) const {
    return {{"type", "product"}, {"product", card_json(command.card)}};
  }
  json::object operator()(const PinProduct& command) const {
    return {{"type", "pinned"}, {"product", card_json(command.card)}};
  }
  json::object operator()(const UnpinProduct&) const { return {{"type", "unpinned"}}; }
  json::object operator()(const HideMessage& command) const {
    return {{"type", "hidden"}, {"hidden_seq", command.message_seq}};
  }
  json::object operator()(const MarkAnswered& command) const {
    return {{"type", "answered"}, {"answered_seq", command.message_seq}};
  }
  json::object operator()(const AnnounceDeal& command) const {
    return {{"type", "deal_announced"}, {"deal", deal_json(command.deal)}};
  }
  json::object operator()(const SetDealLeft& command) const {
    return {{"type", "deal_left"},
            {"deal_id", std::to_string(command.id.value)},
            {"left", command.left}};
  }
  json::object operator()(const EndDeal& command) const {
    return {{"type", "deal_ended"},
            {"deal_id", std::to_string(command.id.value)},
            {"product_id", std::to_string(command.product.value)},
            {"reason", name_of(command.reason)}};
  }
  json::object operator()(const TellDraw& command) const {
    const DrawTold& told = command.draw;
    json::array winners;
    for (const DrawWinner& winner : told.winners) {
      winners.push_back({{"number", winner.number}, {"name", winner.name}});
    }
    json::object draw{{"draw_id", std::to_string(told.id.value)},
                      {"prize", told.prize},
                      {"state", name_of(told.state)},
                      {"who", name_of(told.who)},
                      {"winners_max", told.winners_max},
                      {"closes_at_us", told.closes_at.us},
                      {"commitment", told.commitment},
                      {"entries", told.entries},
                      {"winners", std::move(winners)}};
    if (told.product) draw["product_id"] = std::to_string(told.product->value);
    return {{"type", "draw"}, {"draw", std::move(draw)}};
  }
  json::object operator()(const TellAuction& command) const {
    return {{"type", "auction"}, {"auction", auction_json(command.auction)}};
  }
  json::object operator()(const TellCoupon& command) const {
    return {{"type", "coupon"},
            {"coupon_id", std::to_string(command.coupon.id.value)},
            {"left", command.coupon.left}};
  }
  json::object operator()(const TellTaken& command) const { return play_json(command); }
  json::object operator()(const TellPacket& command) const { return play_json(command); }
  json::object operator()(const SetPacketLeft& command) const { return play_json(command); }
  json::object operator()(const TellPlan& command) const {
    return {{"type", "plan"},
            {"title", command.plan.title},
            {"starts_at_us", command.plan.starts_at.us}};
  }
  json::object operator()(const TellBag& command) const {
    json::array ids;
    for (const ProductId id : command.bag.products) ids.emplace_back(std::to_string(id.value));
    return {{"type", "bag"}, {"product_ids", std::move(ids)}};
  }
  json::object operator()(const SetStatus& command) const {
    return {{"type", "status"}, {"status", name_of(command.status)}};
  }
  json::object operator()(const SetVideo& command) const {
    return {{"type", "video"}, {"video", name_of(command.video)}};
  }
  json::object operator()(const SetCoHost& command) const {
    return {{"type", "co_host"}, {"video", name_of(command.video)}};
  }
  json::object operator()(const ChatChanged&) const { return {{"type", "chat_changed"}}; }
  template <class ViewerCommand>
  json::object operator()(const ViewerCommand&) const {
    assert(false && "viewers' commands do not travel on the bus");
    return {};
  }
};

std::unexpected<Error> invalid() {
  return fail(ErrorKind::invalid, "bus-message-invalid", "A bus message does not fit its form.");
}

}  // namespace

std::string show_topic(ShowId show) {
  return "show." + std::to_string(show.value);
}

Result<BusMessage> decode_bus_message(std::string_view text) {
  json::parse_options options;
  options.max_depth = 4;
  boost::system::error_code error;
  const json::value value =
      json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error || !value.is_object()) return invalid();
  const json::object& object = value.get_object();
  const auto type = text_of(object, "type");
  if (!type) return invalid();
  auto command = command_of(object, *type);
  if (!command) return invalid();
  const std::int64_t id = number_of(object, "id").value_or(0);
  if (id < 0 || (id == 0 && object.contains("id"))) return invalid();
  return BusMessage{id, *std::move(command)};
}

std::string encode_bus_message(const BusMessage& message) {
  json::object object = std::visit(Encoder{}, message.command);
  if (message.outbox_id != 0) object["id"] = message.outbox_id;
  return json::serialize(object);
}

}  // namespace geili::live
