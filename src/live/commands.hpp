#pragma once
// What may be asked of a room. api/ decodes what viewers and the desk say, bus_json.hpp what the
// bus says.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "live/chat_rules.hpp"
#include "live/events.hpp"

namespace geili::live {

// Who acts. `key` names the device or the account, `address` the network it comes from (a hash will
// do): both are only compared, for flood control.
struct Actor {
  std::uint64_t key = 0;
  std::uint64_t address = 0;
  Role role = Role::viewer;
  DeviceId device;         // of a viewer; 0: none
  bool is_member = false;  // has bought of the shop
};

struct ViewerJoined {};
struct ViewersLeft {
  std::int64_t count = 1;
};
struct SendChat {
  Actor actor;
  std::string name;  // empty: none chosen yet
  std::string text;
  bool is_question = false;        // the author says so; else it is one when it reads as one
  std::string page_language = {};  // of the page that it was written on; empty: not known
};
struct SendHearts {
  Actor actor;
  std::int64_t count = 1;
};
// Somebody asks for a product to be shown, or no more.
struct RaiseHand {
  Actor actor;
  ProductId product;
  bool is_up = true;
};
struct HideMessage {
  Role role = Role::viewer;
  std::int64_t message_seq = 0;
};
struct PinProduct {
  Role role = Role::viewer;
  ProductCard card;
};
struct UnpinProduct {
  Role role = Role::viewer;
};

// Facts: they were committed before they are told.
struct ChangeProduct {
  ProductCard card;
};
struct SetStock {
  ProductId id;
  std::int64_t available = 0;
  // Of two facts the newer holds, whatever order they come in. 0: the outbox id it came with;
  // without one it is older than every fact.
  std::int64_t version = 0;
};
struct RecordSold {
  ProductSold sold;
};
struct MarkAnswered {
  std::int64_t message_seq = 0;
};
struct TellOffer {
  UnitsOffered offered;
};
struct AnnounceDeal {
  DealCard deal;
};
struct SetDealLeft {
  DealId id;
  std::int64_t left = 0;
};
struct EndDeal {
  DealId id;
  ProductId product;
  DealEnd reason = DealEnd::over;
};
struct TellDraw {
  DrawTold draw;
};
struct TellAuction {
  AuctionTold auction;
};
struct TellCoupon {
  CouponTold coupon;
};
struct TellTaken {
  UnitsTaken taken;
};
struct TellPacket {
  PacketTold packet;
};
struct SetPacketLeft {
  PacketLeft packet;
};
struct TellPlan {
  PlanChanged plan;
};
struct TellBag {
  BagChanged bag;
};
struct SetStatus {
  ShowStatus status = ShowStatus::scheduled;
};
struct SetVideo {
  VideoState video = VideoState::none;
};
struct SetCoHost {
  VideoState video = VideoState::none;
};

// The rules, whom they keep quiet or what is announced has changed: the room is to be told SetChat.
struct ChatChanged {};
// The chat's rules as the store has them. An older reading than the room's last changes nothing.
struct SetChat {
  std::int64_t outbox_id = 0;  // what the outbox tells up to this id is included
  ChatRules rules;
};

// What the store says of the show, read while the room was open already: it mends what no message
// told. Facts that the room heard from later outbox rows stay.
struct CatchUp {
  std::int64_t outbox_id = 0;  // what the outbox tells up to this id is included
  ShowStatus status = ShowStatus::scheduled;
  std::optional<ProductCard> pinned;
  std::vector<StockLevel> stock;
  std::vector<DealCard> deals;  // that have not ended
  std::int64_t sold = 0;        // orders
  ChatRules chat;
};

using Command =
    std::variant<ViewerJoined, ViewersLeft, SendChat, SendHearts, RaiseHand, HideMessage,
                 MarkAnswered, PinProduct, UnpinProduct, ChangeProduct, SetStock, RecordSold,
                 TellOffer, AnnounceDeal, SetDealLeft, EndDeal, TellDraw, TellPlan, TellBag,
                 TellCoupon, TellAuction, TellTaken, TellPacket, SetPacketLeft, SetStatus, SetVideo,
                 SetCoHost, ChatChanged, SetChat, CatchUp>;

}  // namespace geili::live
