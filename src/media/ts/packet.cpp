#include "media/ts/packet.hpp"

#include "media/byte_reader.hpp"

namespace geili::media::ts {
namespace {

std::unexpected<Error> wrong() {
  return fail(ErrorKind::invalid, "ts-packet", "A transport packet is malformed.");
}

}  // namespace

Result<Packet> parse_packet(ByteView bytes) {
  if (bytes.size() != kPacketBytes || bytes[0] != kSyncByte) return wrong();
  ByteReader in(bytes.subspan(1));
  const unsigned head = in.u16();
  const unsigned tail = in.u8();
  const bool is_damaged = (head & 0x8000U) != 0;
  const bool has_adaptation = (tail & 0x20U) != 0;
  const bool has_payload = (tail & 0x10U) != 0;
  if (is_damaged || (!has_adaptation && !has_payload)) return wrong();
  Packet packet;
  packet.unit_start = (head & 0x4000U) != 0;
  packet.pid = head & 0x1FFFU;
  packet.scrambled = (tail & 0xC0U) != 0;
  packet.continuity = tail & 0x0FU;
  if (has_adaptation) {
    const ByteView adaptation = in.bytes(in.u8());
    if (!in.ok()) return wrong();
    const unsigned flags = adaptation.empty() ? 0 : std::to_integer<unsigned>(adaptation[0]);
    packet.discontinuity = (flags & 0x80U) != 0;
    packet.random_access = (flags & 0x40U) != 0;
  }
  if (has_payload) packet.payload = in.rest();
  packet.has_payload = !packet.payload.empty();
  if (has_payload && !packet.has_payload) return wrong();
  return packet;
}

Follows Continuity::take(const Packet& packet) {
  if (!packet.has_payload) return Follows::next;
  const std::uint8_t last = last_;
  last_ = packet.continuity;
  if (last == kNone || packet.discontinuity) {
    repeated_ = false;
    return Follows::next;
  }
  if (packet.continuity == last && !repeated_) {
    repeated_ = true;
    return Follows::again;
  }
  repeated_ = false;
  return packet.continuity == ((last + 1U) & 0x0FU) ? Follows::next : Follows::gap;
}

}  // namespace geili::media::ts
