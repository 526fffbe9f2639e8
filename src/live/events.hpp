#pragma once
// What happens in a room, as values. Numbered events are told to everyone in order, exactly once;
// counts and stock are states, of which only the newest matters. event_json.hpp writes them for the
// wire.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "live/chat_rules.hpp"

namespace geili::live {

enum class ShowStatus : std::uint8_t { scheduled, live, ended };
enum class VideoState : std::uint8_t { none, live, away };  // away: the publisher is gone for now
enum class Role : std::uint8_t { viewer, helper, host };

// A product as the room shows it: a copy taken when it was pinned or changed.
struct ProductCard {
  ProductId id;
  std::string title;
  Money price;
  std::string photo_url;       // empty: no photo
  std::int64_t available = 0;  // units left
  bool has_variants = false;   // it is sold in them alone; the price is the lowest
};

struct ChatMessage {  // known by the number of its event
  std::string author_name;
  Role author_role = Role::viewer;
  std::string text;
  bool is_hidden = false;  // then name and text are empty: hidden words are not told again
  DeviceId author_device;  // of a viewer, 0: none; told to nobody
  bool is_question = false;
  bool is_answered = false;   // of a question: the host has answered it
  std::string language = {};  // see language.hpp; empty: not known
};
struct MessageHidden {
  std::int64_t message_seq = 0;
};
struct QuestionAnswered {
  std::int64_t message_seq = 0;
};
struct ProductPinned {
  ProductCard card;
};
struct ProductUnpinned {
  ProductId id;
};
struct ProductChanged {
  ProductCard card;
};
struct ProductSold {          // one for each line of an order
  std::int64_t order_no = 0;  // the place of the order in the show: 1, 2, 3, …
  std::string buyer_name;
  ProductId id;
  std::string title;
  std::int64_t quantity = 1;
};
// Units that fell back are held for the buyer who waited under this number.
struct UnitsOffered {
  ProductId id;
  std::int64_t wait_id = 0;
};
using DealId = Id<struct DealTag>;

// Some units of a product at a lower price for a while: from `starts_at`, and no more at `ends_at`.
struct DealCard {
  DealId id;
  ProductId product;
  Money price;
  std::int64_t units = 1;
  std::int64_t left = 0;  // at this price, for others
  std::int64_t units_per_buyer_max = 1;
  std::int64_t vouchers_max = 0;  // 0: not paid by voucher
  Instant starts_at;
  Instant ends_at;
};
enum class DealEnd : std::uint8_t { over, withdrawn };
struct DealAnnounced {
  DealCard deal;
};
struct DealEnded {
  DealId id;
  ProductId product;
  DealEnd reason = DealEnd::over;
};
enum class DrawState : std::uint8_t { open, drawn, cancelled };
enum class DrawFor : std::uint8_t { everybody, buyers };
struct DrawWinner {
  std::int64_t number = 0;  // of the entry
  std::string name;
};
// A lucky draw as it is now.
struct DrawTold {
  DrawId id;
  std::string prize;
  std::optional<ProductId> product;  // what is given, where it is one of the bag
  DrawState state = DrawState::open;
  DrawFor who = DrawFor::everybody;
  std::int64_t winners_max = 1;
  Instant closes_at;
  std::string commitment;  // to the seed: 64 hexadecimal digits
  std::int64_t entries = 0;
  std::vector<DrawWinner> winners;  // in the order of their turns
};
using AuctionId = Id<struct AuctionTag>;
enum class AuctionState : std::uint8_t { open, closed, cancelled };
enum class AuctionMode : std::uint8_t { extend, sudden_death };
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
enum class OfferState : std::uint8_t { held, bought, lapsed };
struct AuctionBid {
  std::int64_t bid = 0;  // its line in the auction's log
  std::string name;
  std::int64_t minor = 0;
};
struct AuctionOffer {
  AuctionBid bid;
  OfferState state = OfferState::held;
};
// An auction as it is now, and what made it so.
struct AuctionTold {
  AuctionId id;
  ProductId product;
  std::string title;
  AuctionNews news = AuctionNews::opened;
  AuctionState state = AuctionState::open;
  AuctionMode mode = AuctionMode::extend;
  std::int64_t extend_s = 0;
  Money start;
  std::int64_t step_minor = 1;
  std::int64_t bids = 0;
  Instant closes_at;
  std::optional<AuctionBid> lead;
  std::optional<AuctionOffer> offer;  // the last, once it is closed
};
using CouponId = Id<struct CouponTag>;

// A coupon can be taken by a tap, as `left` more; 0: no more.
struct CouponTold {
  CouponId id;
  std::int64_t left = 0;
};
// A hold that was asked for in the chat.
struct UnitsTaken {
  std::string buyer_name;
  ProductId id;
  std::int64_t number = 0;  // of the bag
  std::int64_t quantity = 1;
};
using PacketId = Id<struct PacketTag>;
enum class PacketState : std::uint8_t { open, over };
enum class PacketSplit : std::uint8_t { even, lucky };
// A red packet as it is now.
struct PacketTold {
  PacketId id;
  std::string title;
  PacketState state = PacketState::open;
  PacketSplit split = PacketSplit::even;
  Money total;
  std::int64_t min_order_minor = 0;  // of an order that what is won is taken off
  std::int64_t envelopes = 1;
  std::int64_t left = 0;
  Instant closes_at;
};
// So many cheered at once.
struct CheerBurst {
  std::int64_t cheers = 0;
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
  ShowStatus status = ShowStatus::scheduled;
};
struct VideoChanged {
  VideoState video = VideoState::none;
};
// The second camera, beside the first.
struct CoHostChanged {
  VideoState video = VideoState::none;
};

using EventBody =
    std::variant<ChatMessage, MessageHidden, QuestionAnswered, ProductPinned, ProductUnpinned,
                 ProductChanged, ProductSold, UnitsOffered, DealAnnounced, DealEnded, DrawTold,
                 PlanChanged, BagChanged, CouponTold, AuctionTold, UnitsTaken, PacketTold,
                 CheerBurst, StatusChanged, VideoChanged, CoHostChanged>;

struct Event {
  std::int64_t seq = 0;
  Instant at;
  EventBody body;
};
using SharedEvent = std::shared_ptr<const Event>;

// Whether the event is part of the show's record (chat, what was hidden) and is to be
// written down from HubHooks::told. The others repeat what the database told the room.
bool must_last(const Event& event);

struct StockLevel {
  ProductId id;
  std::int64_t available = 0;
  friend bool operator==(const StockLevel&, const StockLevel&) = default;
};

struct DealLeft {
  DealId id;
  std::int64_t left = 0;
  friend bool operator==(const DealLeft&, const DealLeft&) = default;
};

// How many ask for a product to be shown.
struct HandsUp {
  ProductId id;
  std::int64_t count = 0;
  friend bool operator==(const HandsUp&, const HandsUp&) = default;
};

// How many envelopes of the newest red packet are left.
struct PacketLeft {
  PacketId id;
  std::int64_t left = 0;
  friend bool operator==(const PacketLeft&, const PacketLeft&) = default;
};

// The states of a room that changed since they were last told.
struct StateChange {
  std::optional<std::int64_t> viewers;
  std::optional<std::int64_t> hearts;
  std::optional<std::int64_t> sold;  // orders
  std::vector<StockLevel> stock;
  std::vector<DealLeft> deals;
  std::vector<HandsUp> hands;
  std::optional<PacketLeft> packet;
  std::optional<ChatTerms> chat;
  std::optional<std::string> announcement;  // empty: none any more
  friend bool operator==(const StateChange&, const StateChange&) = default;
};

// All that a newcomer must know; the events after `seq` continue it.
struct Snapshot {
  std::string epoch;
  std::int64_t seq = 0;
  ShowStatus status = ShowStatus::scheduled;
  VideoState video = VideoState::none;
  VideoState co_host = VideoState::none;
  std::optional<ProductCard> pinned;
  std::vector<StockLevel> stock;
  std::vector<DealCard> deals;  // that have not ended, in the order of their ids
  std::vector<HandsUp> hands;   // of products for which some were up
  std::optional<PacketLeft> packet;
  std::int64_t viewers = 0;
  std::int64_t hearts = 0;
  std::int64_t sold = 0;  // orders
  ChatTerms terms;
  std::string announcement;       // empty: none
  std::vector<SharedEvent> chat;  // the last messages that are not hidden, oldest first
  bool translates = false;        // messages can be had in other languages
};

}  // namespace geili::live
