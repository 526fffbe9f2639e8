#pragma once
// What may be asked of a room. api/ decodes them from viewers, bus_json.hpp from the bus.

#include <cstdint>
#include <string>
#include <variant>

#include "live/events.hpp"

namespace geili::live {

// Who acts. `key` names the device or the account, `address` the network it comes from (a hash will do):
// both are only compared, for flood control and names.
struct Actor {
  std::uint64_t key = 0;
  std::uint64_t address = 0;
  Role role = Role::buyer;
};

struct ViewerJoined {};
struct ViewersLeft {
  std::int64_t count = 1;
};
struct SetName {
  Actor actor;
  std::string name;
};
struct SendChat {
  Actor actor;
  std::string text;
};
struct SendHearts {
  Actor actor;
  std::int64_t count = 1;
};
struct HideMessage {
  Actor actor;
  std::int64_t message_id = 0;
};
struct Announce {
  Role role = Role::buyer;
  std::string text;
};
struct PinProduct {
  Role role = Role::buyer;
  ProductCard card;
};
struct UnpinProduct {
  Role role = Role::buyer;
};

// Facts: they were committed before they are told.
struct ChangeProduct {
  ProductCard card;
};
struct SetStock {
  ProductId id;
  std::int64_t available = 0;
  std::int64_t version = 0;  // when set, an older one than the last is passed over
};
struct RecordSold {
  ProductSold sold;
};
struct SetShowState {
  ShowState state = ShowState::scheduled;
};

using Command =
    std::variant<ViewerJoined, ViewersLeft, SetName, SendChat, SendHearts, HideMessage, Announce,
                 PinProduct, UnpinProduct, ChangeProduct, SetStock, RecordSold, SetShowState>;

}  // namespace geili::live
