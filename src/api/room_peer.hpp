#pragma once
// A viewer of a room: the join between a WebSocket and the Hub. Lives on its connection's thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/context.hpp"
#include "base/id.hpp"
#include "live/commands.hpp"
#include "net/websocket.hpp"

namespace geili::api {

struct Visitor {
  ShowId show;
  live::Actor actor;
  std::string name;          // empty: none chosen yet
  std::string device_token;  // asked again for the name when a nameless visitor speaks
  ShopId shop;               // of a visitor with a device
  std::optional<std::int64_t> since;
  std::string epoch;
};

// A client's text message as a command; fails with json-invalid, invalid-field. `ref` is filled as
// far as it can be read.
Result<live::Command> decode_command(std::string_view message, const Visitor& visitor,
                                     std::string& ref);

std::unique_ptr<net::WebSocketPeer> make_room_peer(const Context& context, Visitor visitor);

}  // namespace geili::api
