// What is played in a room: orders that are written into the chat, red packets, and cheering.

#include <string>
#include <utility>

#include "base/text.hpp"
#include "live/comment_order.hpp"
#include "live/room.hpp"

namespace geili::live {
namespace {

Result<void> check_packet(PacketTold& packet) {
  if (packet.id.value <= 0) return fail(Error::invalid_field("/packet_id", "is not an id"));
  auto title =
      checked_text(packet.title, {.min_length = 1, .max_length = kPrizeLengthMax}, "/title");
  if (!title) return fail_as(title);
  packet.title = *std::move(title);
  if (packet.total.minor < 1 || packet.total.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/total", "is out of range"));
  }
  if (packet.min_order_minor < 0 || packet.min_order_minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/min_order_minor", "is out of range"));
  }
  if (packet.envelopes < 1 || packet.left < 0 || packet.left > packet.envelopes) {
    return fail(Error::invalid_field("/left", "is out of range"));
  }
  return {};
}

}  // namespace

std::optional<CommentOrder> Room::order_in(const Actor& actor, const std::string& text) const {
  if (!terms_.takes_orders || status_ != ShowStatus::live) return std::nullopt;
  if (actor.role != Role::viewer || actor.device == DeviceId{}) return std::nullopt;
  return read_comment_order(text);
}

Result<Applied> Room::on(const TellTaken& command, Instant now) {
  UnitsTaken taken = command.taken;
  if (taken.id.value <= 0) return fail(Error::invalid_field("/product_id", "is not an id"));
  if (taken.number < 1) return fail(Error::invalid_field("/number", "is not a number from 1"));
  if (taken.quantity < 1) return fail(Error::invalid_field("/quantity", "is not a number from 1"));
  auto name = checked_text(taken.buyer_name, {.max_length = kNameLengthMax}, "/name");
  if (!name) return fail_as(name);
  taken.buyer_name = *std::move(name);
  return number(std::move(taken), now, Lane::immediate);
}

Result<Applied> Room::on(const TellPacket& command, Instant now) {
  PacketTold packet = command.packet;
  if (auto fits = check_packet(packet); !fits) return fail_as(fits);
  note_packet_left({packet.id, packet.left});
  return number(std::move(packet), now, Lane::immediate);
}

Result<Applied> Room::on(const SetPacketLeft& command, Instant) {
  if (command.packet.id.value <= 0) return fail(Error::invalid_field("/packet_id", "is not an id"));
  if (command.packet.left < 0) return fail(Error::invalid_field("/left", "is negative"));
  note_packet_left(command.packet);
  return Applied{.lane = command.packet.left == 0 ? Lane::immediate : Lane::tick};
}

void Room::note_packet_left(PacketLeft packet) {
  if (outbox_id_ < packet_version_ || packet_left_ == packet) return;
  packet_version_ = outbox_id_;
  packet_left_ = packet;
  packet_changed_ = true;
}

void Room::note_cheer(const Actor& actor, Applied& applied, Instant now) {
  if (actor.role != Role::viewer || status_ != ShowStatus::live) return;
  const auto cheers = cheers_.note(actor.key, viewers_, now);
  if (!cheers) return;
  Applied burst = number(CheerBurst{*cheers}, now, Lane::immediate);
  applied.events.push_back(std::move(burst.events.front()));
  applied.lane = Lane::immediate;
}

}  // namespace geili::live
