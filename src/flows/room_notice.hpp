#pragma once
// What a show's room must hear, as the outbox keeps it and the bus carries it. Several nodes read
// it, so its form is a contract: room_notice.cpp writes it, live/bus_json reads it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "orders/coupon_id.hpp"
#include "shows/auction.hpp"
#include "shows/draw.hpp"
#include "shows/red_packet.hpp"
#include "shows/show.hpp"
#include "stock/deal.hpp"

namespace geili::flows {

// A product as a room shows it.
struct ProductCard {
  ProductId product;
  std::string title;
  Money price;
  std::string photo_address;  // of the small picture; empty without a photo
  std::int64_t available = 0;
  bool has_variants = false;  // the price is that of the cheapest
};

struct Sold {
  std::int64_t number = 0;  // of the order in the show
  std::string buyer_name;   // as the room may hear it
  ProductId product;
  std::string title;
  std::int64_t quantity = 1;
};
struct StockChanged {
  ProductId product;
  std::int64_t available = 0;
};
// What fell back is held for the first who waited; nobody but that buyer knows whose wait it is.
struct Offered {
  ProductId product;
  std::int64_t wait = 0;
};
struct Pinned {
  ProductCard card;
};
struct Unpinned {};
struct ProductChanged {
  ProductCard card;
};
struct DealAnnounced {
  stock::Deal deal;
};
struct DealEnded {
  stock::DealId deal;
  ProductId product;
  bool is_withdrawn = false;  // before its time
};
// What a show is called and when it begins, as that was planned anew.
struct PlanChanged {
  std::string title;
  Instant starts_at;
};
// All of the bag, in its order.
struct BagChanged {
  std::vector<ProductId> products;
};
struct StatusChanged {
  shows::ShowStatus status;
};
// A message was a question, and the host has answered it.
struct QuestionAnswered {
  std::int64_t seq = 0;
};
// The chat's rules, whom they keep quiet or what is announced: the room asks for it.
struct ChatChanged {};

// A coupon that is taken by a tap was made, withdrawn or is gone; `left` of it can be taken.
struct CouponTold {
  orders::CouponId coupon;
  std::int64_t left = 0;
};

// A hold that was asked for in the chat.
struct TakenByComment {
  std::string buyer_name;
  ProductId product;
  std::int64_t number = 0;  // of the bag
  std::int64_t quantity = 1;
};

// As it is now: opened or over.
struct PacketChanged {
  shows::RedPacket packet;
  std::int64_t min_order_minor = 0;
  std::int64_t left = 0;
};
struct PacketLeft {
  shows::PacketId packet;
  std::int64_t left = 0;
};

// As it is now: opened, drawn or called off.
struct DrawChanged {
  struct Winner {
    std::int64_t number = 0;
    std::string name;  // as the room may hear it
  };
  DrawId draw;
  std::string prize;
  std::optional<ProductId> product;
  shows::DrawState state = shows::DrawState::open;
  shows::DrawFor who = shows::DrawFor::everybody;
  std::int64_t winners_max = 1;
  Instant closes_at;
  std::string commitment;
  std::int64_t entries = 0;
  std::vector<Winner> winners;  // in the order of their turns
};

enum class OfferState : std::uint8_t { held, bought, lapsed };
std::string_view to_text(OfferState state);
struct AuctionOffer {
  shows::Bid bid;
  OfferState state = OfferState::held;
};
// An auction, and of one that is closed who was offered it last.
struct AuctionView {
  shows::Auction auction;
  std::optional<shows::Bid> lead;
  std::optional<AuctionOffer> offer;
};
enum class AuctionNews : std::uint8_t {
  opened,
  bid,
  extended,
  closed,
  cancelled,
  offered,
  bought,
  lapsed
};
std::string_view to_text(AuctionNews news);
struct AuctionChanged {
  AuctionNews news = AuctionNews::opened;
  AuctionView view;
};

using RoomNotice = std::variant<Sold, StockChanged, Offered, Pinned, Unpinned, ProductChanged,
                                DealAnnounced, DealEnded, DrawChanged, PlanChanged, BagChanged,
                                CouponTold, AuctionChanged, TakenByComment, PacketChanged,
                                PacketLeft, StatusChanged, ChatChanged, QuestionAnswered>;

std::string to_json(const RoomNotice& notice);

}  // namespace geili::flows
