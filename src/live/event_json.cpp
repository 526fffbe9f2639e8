#include "live/event_json.hpp"

#include <iterator>

#include <fmt/format.h>

#include "live/names.hpp"

namespace geili::live {
namespace {

void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void append_member(std::string& out, std::string_view key, std::string_view text) {
  out.push_back(',');
  append_string(out, key);
  out.push_back(':');
  append_string(out, text);
}
void append_member(std::string& out, std::string_view key, std::int64_t number) {
  fmt::format_to(std::back_inserter(out), ",\"{}\":{}", key, number);
}

void append_card(std::string& out, const ProductCard& card) {
  fmt::format_to(std::back_inserter(out), "{{\"product_id\":\"{}\"", card.id.value);
  append_member(out, "title", card.title);
  fmt::format_to(std::back_inserter(out), ",\"price\":{{\"minor\":{},\"currency\":\"{}\"}}",
                 card.price.minor, card.price.currency.code());
  if (!card.photo_url.empty()) append_member(out, "photo", card.photo_url);
  append_member(out, "available", card.available);
  if (card.has_variants) out.append(",\"has_variants\":true");
  out.push_back('}');
}

void append_deal(std::string& out, const DealCard& deal) {
  fmt::format_to(
      std::back_inserter(out),
      "{{\"deal_id\":\"{}\",\"product_id\":\"{}\",\"price\":{{\"minor\":{},\"currency\":\"{}\"}}",
      deal.id.value, deal.product.value, deal.price.minor, deal.price.currency.code());
  append_member(out, "units", deal.units);
  append_member(out, "left", deal.left);
  append_member(out, "units_per_buyer_max", deal.units_per_buyer_max);
  append_member(out, "vouchers_max", deal.vouchers_max);
  append_member(out, "starts_at", to_rfc3339(deal.starts_at));
  append_member(out, "ends_at", to_rfc3339(deal.ends_at));
  out.push_back('}');
}

void append_money(std::string& out, std::string_view key, Money money) {
  fmt::format_to(std::back_inserter(out), ",\"{}\":{{\"minor\":{},\"currency\":\"{}\"}}", key,
                 money.minor, money.currency.code());
}

// What follows is the end of the object.
void append_bid(std::string& out, std::string_view key, const AuctionBid& bid, Currency currency) {
  fmt::format_to(std::back_inserter(out), ",\"{}\":{{\"bid\":{}", key, bid.bid);
  append_member(out, "name", bid.name);
  append_money(out, "price", {bid.minor, currency});
}

void append_auction(std::string& out, const AuctionTold& auction) {
  const Currency currency = auction.start.currency;
  fmt::format_to(std::back_inserter(out), ",\"auction\":{{\"id\":\"{}\"", auction.id.value);
  append_member(out, "product_id", std::to_string(auction.product.value));
  append_member(out, "title", auction.title);
  append_member(out, "news", name_of(auction.news));
  append_member(out, "state", name_of(auction.state));
  append_member(out, "mode", name_of(auction.mode));
  append_member(out, "extend_s", auction.extend_s);
  append_money(out, "start", auction.start);
  append_money(out, "step", {auction.step_minor, currency});
  append_member(out, "bids", auction.bids);
  append_member(out, "closes_at", to_rfc3339(auction.closes_at));
  if (auction.lead) {
    append_bid(out, "lead", *auction.lead, currency);
    out.push_back('}');
  }
  if (auction.offer) {
    append_bid(out, "offer", auction.offer->bid, currency);
    append_member(out, "state", name_of(auction.offer->state));
    out.push_back('}');
  }
  out.push_back('}');
}

void append_packet(std::string& out, const PacketTold& packet) {
  fmt::format_to(std::back_inserter(out), ",\"packet\":{{\"id\":\"{}\"", packet.id.value);
  append_member(out, "title", packet.title);
  append_member(out, "state", name_of(packet.state));
  append_member(out, "split", name_of(packet.split));
  append_money(out, "total", packet.total);
  append_money(out, "min_order", {packet.min_order_minor, packet.total.currency});
  append_member(out, "envelopes", packet.envelopes);
  append_member(out, "left", packet.left);
  append_member(out, "closes_at", to_rfc3339(packet.closes_at));
  out.push_back('}');
}

// Writes what follows type, seq and at.
struct BodyWriter {
  std::string& out;

  void operator()(const ChatMessage& body) const {
    append_member(out, "name", body.author_name);
    append_member(out, "role", name_of(body.author_role));
    append_member(out, "text", body.text);
    if (body.is_question) out += ",\"question\":true";
    if (body.is_answered) out += ",\"answered\":true";
    if (!body.language.empty()) append_member(out, "lang", body.language);
  }
  void operator()(const MessageHidden& body) const {
    append_member(out, "hidden_seq", body.message_seq);
  }
  void operator()(const QuestionAnswered& body) const {
    append_member(out, "answered_seq", body.message_seq);
  }
  void operator()(const ProductPinned& body) const { card(body.card); }
  void operator()(const ProductUnpinned&) const {}
  void operator()(const ProductChanged& body) const { card(body.card); }
  void operator()(const ProductSold& body) const {
    append_member(out, "number", body.order_no);
    append_member(out, "name", body.buyer_name);
    append_member(out, "product_id", std::to_string(body.id.value));
    append_member(out, "title", body.title);
    append_member(out, "quantity", body.quantity);
  }
  void operator()(const UnitsOffered& body) const {
    append_member(out, "product_id", std::to_string(body.id.value));
    append_member(out, "wait_id", std::to_string(body.wait_id));
  }
  void operator()(const DealAnnounced& body) const {
    out += ",\"deal\":";
    append_deal(out, body.deal);
  }
  void operator()(const DealEnded& body) const {
    append_member(out, "deal_id", std::to_string(body.id.value));
    append_member(out, "product_id", std::to_string(body.product.value));
    append_member(out, "reason", name_of(body.reason));
  }
  void operator()(const DrawTold& body) const {
    fmt::format_to(std::back_inserter(out), ",\"draw\":{{\"id\":\"{}\"", body.id.value);
    append_member(out, "prize", body.prize);
    if (body.product) append_member(out, "product_id", std::to_string(body.product->value));
    append_member(out, "state", name_of(body.state));
    append_member(out, "who", name_of(body.who));
    append_member(out, "winners_max", body.winners_max);
    append_member(out, "closes_at", to_rfc3339(body.closes_at));
    append_member(out, "commitment", body.commitment);
    append_member(out, "entries", body.entries);
    out.append(",\"winners\":[");
    for (const DrawWinner& winner : body.winners) {
      if (out.back() == '}') out.push_back(',');
      fmt::format_to(std::back_inserter(out), "{{\"number\":{}", winner.number);
      append_member(out, "name", winner.name);
      out.push_back('}');
    }
    out.append("]}");
  }
  void operator()(const AuctionTold& body) const { append_auction(out, body); }
  void operator()(const CouponTold& body) const {
    append_member(out, "coupon_id", std::to_string(body.id.value));
    append_member(out, "left", body.left);
  }
  void operator()(const UnitsTaken& body) const {
    append_member(out, "name", body.buyer_name);
    append_member(out, "product_id", std::to_string(body.id.value));
    append_member(out, "number", body.number);
    append_member(out, "quantity", body.quantity);
  }
  void operator()(const PacketTold& body) const { append_packet(out, body); }
  void operator()(const CheerBurst& body) const { append_member(out, "cheers", body.cheers); }
  void operator()(const PlanChanged& body) const {
    append_member(out, "title", body.title);
    append_member(out, "starts_at", to_rfc3339(body.starts_at));
  }
  void operator()(const BagChanged& body) const {
    out += ",\"product_ids\":[";
    for (const ProductId id : body.products) {
      if (out.back() == '"') out.push_back(',');
      append_string(out, std::to_string(id.value));
    }
    out.push_back(']');
  }
  void operator()(const StatusChanged& body) const {
    append_member(out, "status", name_of(body.status));
  }
  void operator()(const VideoChanged& body) const {
    append_member(out, "video", name_of(body.video));
  }
  void operator()(const CoHostChanged& body) const {
    append_member(out, "video", name_of(body.video));
  }

 private:
  void card(const ProductCard& card) const {
    out += ",\"product\":";
    append_card(out, card);
  }
};

}  // namespace

void append_event(std::string& out, const Event& event) {
  fmt::format_to(std::back_inserter(out), "{{\"type\":\"{}\",\"seq\":{},\"at\":\"{}\"",
                 type_name_of(event.body), event.seq, to_rfc3339(event.at));
  std::visit(BodyWriter{out}, event.body);
  out.push_back('}');
}

void append_state(std::string& out, const StateChange& change) {
  const std::size_t start = out.size();
  if (change.viewers) append_member(out, "viewers", *change.viewers);
  if (change.hearts) append_member(out, "hearts", *change.hearts);
  if (change.sold) append_member(out, "sold", *change.sold);
  if (change.chat) {
    fmt::format_to(std::back_inserter(out),
                   R"(,"chat":{{"slow_mode_s":{},"who":"{}","links":"{}","takes_orders":{}}})",
                   change.chat->slow_mode_s, name_of(change.chat->who), name_of(change.chat->links),
                   change.chat->takes_orders);
  }
  if (change.announcement) append_member(out, "announcement", *change.announcement);
  if (change.packet) {
    fmt::format_to(std::back_inserter(out), R"(,"packet":{{"packet_id":"{}","left":{}}})",
                   change.packet->id.value, change.packet->left);
  }
  if (!change.stock.empty()) {
    out += ",\"stock\":[";
    for (const StockLevel& level : change.stock) {
      fmt::format_to(std::back_inserter(out), "{{\"product_id\":\"{}\",\"available\":{}}},",
                     level.id.value, level.available);
    }
    out.back() = ']';
  }
  if (!change.deals.empty()) {
    out += ",\"deals\":[";
    for (const DealLeft& deal : change.deals) {
      fmt::format_to(std::back_inserter(out), "{{\"deal_id\":\"{}\",\"left\":{}}},", deal.id.value,
                     deal.left);
    }
    out.back() = ']';
  }
  if (!change.hands.empty()) {
    out += ",\"hands\":[";
    for (const HandsUp& hands : change.hands) {
      fmt::format_to(std::back_inserter(out), "{{\"product_id\":\"{}\",\"count\":{}}},",
                     hands.id.value, hands.count);
    }
    out.back() = ']';
  }
  if (out.size() == start) {
    out.push_back('{');
  } else {
    out[start] = '{';
  }
  out.push_back('}');
}

StateChange states_of(const Snapshot& snapshot) {
  StateChange states{.viewers = snapshot.viewers,
                     .hearts = snapshot.hearts,
                     .sold = snapshot.sold,
                     .stock = snapshot.stock,
                     .deals = {},
                     .hands = snapshot.hands,
                     .packet = snapshot.packet,
                     .chat = snapshot.terms,
                     .announcement = snapshot.announcement};
  for (const DealCard& deal : snapshot.deals) states.deals.push_back({deal.id, deal.left});
  return states;
}

SnapshotFrame::SnapshotFrame(const Snapshot& snapshot) {
  head_ = "{\"snapshot\":{\"epoch\":";
  append_string(head_, snapshot.epoch);
  append_member(head_, "seq", snapshot.seq);
  append_member(head_, "status", name_of(snapshot.status));
  append_member(head_, "video", name_of(snapshot.video));
  if (snapshot.co_host != VideoState::none) {
    append_member(head_, "co_host", name_of(snapshot.co_host));
  }
  if (snapshot.pinned) {
    head_ += ",\"pinned\":";
    append_card(head_, *snapshot.pinned);
  }
  if (!snapshot.deals.empty()) {
    head_ += ",\"deals\":[";
    for (const DealCard& deal : snapshot.deals) {
      if (head_.back() == '}') head_.push_back(',');
      append_deal(head_, deal);
    }
    head_.push_back(']');
  }
  head_ += ",\"messages\":[";
  for (const SharedEvent& message : snapshot.chat) {
    if (head_.back() == '}') head_.push_back(',');
    append_event(head_, *message);
  }
  head_ += snapshot.translates ? "],\"translates\":true" : "]";
  head_ += ",\"now\":\"";
  tail_ = "},\"state\":";
  append_state(tail_, states_of(snapshot));
  tail_.push_back('}');
}

std::string SnapshotFrame::for_viewer(const Beholder& you, Instant now) const {
  std::string frame;
  frame.reserve(head_.size() + tail_.size() + you.name.size() + 96);
  frame += head_;
  frame += to_rfc3339(now);
  frame += "\",\"you\":{\"role\":";
  append_string(frame, name_of(you.role));
  append_member(frame, "name", you.name);
  if (you.is_member) frame += ",\"member\":true";
  frame.push_back('}');
  frame += tail_;
  return frame;
}

std::string own_frame(const Event& message) {
  std::string frame = "{\"own\":{\"at\":\"" + to_rfc3339(message.at) + '"';
  std::visit(BodyWriter{frame}, message.body);
  frame += "}}";
  return frame;
}

std::string wanted_frame(const Wanted& wanted) {
  std::string frame = "{\"wanted\":{\"product_id\":\"" + std::to_string(wanted.product.value) + '"';
  append_member(frame, "number", wanted.order.number);
  append_member(frame, "quantity", wanted.order.quantity);
  if (!wanted.refused.empty()) append_member(frame, "refused", wanted.refused);
  frame += "}}";
  return frame;
}

std::string refused_frame(std::string_view ref, const Error& error) {
  std::string frame = "{\"refused\":{\"code\":";
  append_string(frame, error.code);
  if (!ref.empty()) append_member(frame, "ref", ref);
  if (!error.fields.empty()) append_member(frame, "path", error.fields.front().path);
  for (const auto& [name, value] : error.figures) {
    if (name == "retry_after_ms") append_member(frame, name, value);
  }
  frame += "}}";
  return frame;
}

}  // namespace geili::live
