#pragma once
// The words of api/live-events.yaml for our enumerations and event types.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "live/events.hpp"

namespace geili::live {

inline constexpr std::array<std::string_view, 3> kShowStatusNames{"scheduled", "live", "ended"};
inline constexpr std::array<std::string_view, 3> kVideoStateNames{"none", "live", "away"};
inline constexpr std::array<std::string_view, 3> kRoleNames{"viewer", "helper", "host"};
inline constexpr std::array<std::string_view, 2> kChatWhoNames{"everyone", "members"};
inline constexpr std::array<std::string_view, 2> kChatLinksNames{"allowed", "off"};
inline constexpr std::array<std::string_view, 3> kSanctionKindNames{"timeout", "ban", "shadow"};
// In the order of EventBody.
inline constexpr std::array<std::string_view, 21> kEventTypeNames{
    "chat",    "hidden",         "answered",   "pinned", "unpinned", "product", "sold",
    "offered", "deal_announced", "deal_ended", "draw",   "plan",     "bag",     "coupon",
    "auction", "taken",          "red_packet", "burst",  "status",   "video",   "co_host"};
static_assert(kEventTypeNames.size() == std::variant_size_v<EventBody>);

inline std::string_view name_of(ShowStatus status) {
  return kShowStatusNames[static_cast<std::size_t>(status)];
}
inline std::string_view name_of(VideoState video) {
  return kVideoStateNames[static_cast<std::size_t>(video)];
}
inline constexpr std::array<std::string_view, 3> kDrawStateNames{"open", "drawn", "cancelled"};
inline std::string_view name_of(DrawState state) {
  return kDrawStateNames[static_cast<std::size_t>(state)];
}
inline constexpr std::array<std::string_view, 2> kDrawForNames{"everybody", "buyers"};
inline std::string_view name_of(DrawFor who) {
  return kDrawForNames[static_cast<std::size_t>(who)];
}
inline constexpr std::array<std::string_view, 3> kAuctionStateNames{"open", "closed", "cancelled"};
inline std::string_view name_of(AuctionState state) {
  return kAuctionStateNames[static_cast<std::size_t>(state)];
}
inline constexpr std::array<std::string_view, 2> kAuctionModeNames{"extend", "sudden_death"};
inline std::string_view name_of(AuctionMode mode) {
  return kAuctionModeNames[static_cast<std::size_t>(mode)];
}
inline constexpr std::array<std::string_view, 8> kAuctionNewsNames{
    "opened", "bid", "extended", "closed", "cancelled", "offered", "bought", "lapsed"};
inline std::string_view name_of(AuctionNews news) {
  return kAuctionNewsNames[static_cast<std::size_t>(news)];
}
inline constexpr std::array<std::string_view, 3> kOfferStateNames{"held", "bought", "lapsed"};
inline std::string_view name_of(OfferState state) {
  return kOfferStateNames[static_cast<std::size_t>(state)];
}
inline constexpr std::array<std::string_view, 2> kPacketStateNames{"open", "over"};
inline std::string_view name_of(PacketState state) {
  return kPacketStateNames[static_cast<std::size_t>(state)];
}
inline constexpr std::array<std::string_view, 2> kPacketSplitNames{"even", "lucky"};
inline std::string_view name_of(PacketSplit split) {
  return kPacketSplitNames[static_cast<std::size_t>(split)];
}
inline constexpr std::array<std::string_view, 2> kDealEndNames{"over", "withdrawn"};
inline std::string_view name_of(DealEnd reason) {
  return kDealEndNames[static_cast<std::size_t>(reason)];
}
inline std::string_view name_of(Role role) {
  return kRoleNames[static_cast<std::size_t>(role)];
}
inline std::string_view name_of(ChatWho who) {
  return kChatWhoNames[static_cast<std::size_t>(who)];
}
inline std::string_view name_of(ChatLinks links) {
  return kChatLinksNames[static_cast<std::size_t>(links)];
}
inline std::string_view type_name_of(const EventBody& body) {
  return kEventTypeNames[body.index()];
}

template <class Enum, std::size_t count>
std::optional<Enum> parse_name(const std::array<std::string_view, count>& names,
                               std::string_view name) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace geili::live
