#include "live/bus_play_json.hpp"

#include <string>

#include "live/bus_fields.hpp"
#include "live/names.hpp"

namespace geili::live {
namespace {

namespace json = boost::json;

std::optional<Command> taken_of(const json::object& object) {
  const auto name = text_of(object, "name");
  const auto id = product_id_of(object);
  const auto number = number_of(object, "number");
  const auto quantity = number_of(object, "quantity");
  if (!name || !id || !number || !quantity) return std::nullopt;
  return TellTaken{{std::string(*name), *id, *number, *quantity}};
}

std::optional<Command> packet_of(const json::object& object) {
  const json::value* value = object.if_contains("packet");
  if (!value || !value->is_object()) return std::nullopt;
  const json::object& packet = value->get_object();
  const auto id = id_of(packet, "packet_id");
  const auto title = text_of(packet, "title");
  const auto state =
      parse_name<PacketState>(kPacketStateNames, text_of(packet, "state").value_or(""));
  const auto split =
      parse_name<PacketSplit>(kPacketSplitNames, text_of(packet, "split").value_or(""));
  const auto currency = Currency::parse(text_of(packet, "currency").value_or(""));
  const auto total_minor = number_of(packet, "total_minor");
  const auto min_order_minor = number_of(packet, "min_order_minor");
  const auto envelopes = number_of(packet, "envelopes");
  const auto left = number_of(packet, "left");
  const auto closes_at_us = number_of(packet, "closes_at_us");
  if (!id || !title || !state || !split || !currency || !total_minor || !min_order_minor ||
      !envelopes || !left || !closes_at_us) {
    return std::nullopt;
  }
  return TellPacket{{.id = PacketId{*id},
                     .title = std::string(*title),
                     .state = *state,
                     .split = *split,
                     .total = {*total_minor, *currency},
                     .min_order_minor = *min_order_minor,
                     .envelopes = *envelopes,
                     .left = *left,
                     .closes_at = Instant{*closes_at_us}}};
}

}  // namespace

bool is_play(std::string_view type) {
  return type == "taken" || type == "red_packet" || type == "packet_left";
}

std::optional<Command> play_command_of(const json::object& object, std::string_view type) {
  if (type == "taken") return taken_of(object);
  if (type == "red_packet") return packet_of(object);
  const auto id = id_of(object, "packet_id");
  const auto left = number_of(object, "left");
  if (type != "packet_left" || !id || !left) return std::nullopt;
  return SetPacketLeft{{PacketId{*id}, *left}};
}

json::object play_json(const TellTaken& command) {
  const UnitsTaken& taken = command.taken;
  return {{"type", "taken"},
          {"name", taken.buyer_name},
          {"product_id", std::to_string(taken.id.value)},
          {"number", taken.number},
          {"quantity", taken.quantity}};
}

json::object play_json(const TellPacket& command) {
  const PacketTold& told = command.packet;
  return {{"type", "red_packet"},
          {"packet",
           {{"packet_id", std::to_string(told.id.value)},
            {"title", told.title},
            {"state", name_of(told.state)},
            {"split", name_of(told.split)},
            {"total_minor", told.total.minor},
            {"currency", told.total.currency.code()},
            {"min_order_minor", told.min_order_minor},
            {"envelopes", told.envelopes},
            {"left", told.left},
            {"closes_at_us", told.closes_at.us}}}};
}

json::object play_json(const SetPacketLeft& command) {
  return {{"type", "packet_left"},
          {"packet_id", std::to_string(command.packet.id.value)},
          {"left", command.packet.left}};
}

}  // namespace geili::live
