#pragma once
// The part of bus_json.hpp that tells of play: orders by comment and red packets. Inside live only.

#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include "live/commands.hpp"

namespace geili::live {

bool is_play(std::string_view type);
// None where the message does not fit its form.
std::optional<Command> play_command_of(const boost::json::object& object, std::string_view type);

boost::json::object play_json(const TellTaken& command);
boost::json::object play_json(const TellPacket& command);
boost::json::object play_json(const SetPacketLeft& command);

}  // namespace geili::live
