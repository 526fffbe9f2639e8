#pragma once
// Red packets of a show as they are remembered. What is left of one is counted by the coupon that
// its envelopes are (orders/coupon.hpp); how they are filled is red_packet_rule.hpp's.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "shows/red_packet_rule.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::chrono::seconds kPacketLengthMin{10};
inline constexpr std::chrono::seconds kPacketLengthMax{300};
inline constexpr std::int64_t kEnvelopesMax = 500;
inline constexpr std::int64_t kPacketsPerShowMax = 50;

std::string_view to_text(PacketSplit split);
std::optional<PacketSplit> parse_packet_split(std::string_view text);

using PacketId = Id<struct PacketTag>;

struct RedPacket {
  PacketId id;
  ShowId show;
  std::int64_t coupon = 0;  // an orders::CouponId
  std::string title;
  Money total;
  std::int64_t envelopes = 1;
  PacketSplit split = PacketSplit::even;
  Bytes seed;  // a secret until it is over
  Instant opened_at;
  Instant closes_at;
  std::optional<Instant> ended_at;

  bool is_open(Instant now) const { return !ended_at && now < closes_at; }
};

struct NewPacket {
  ShowId show;
  std::string title;
  Money total;
  std::int64_t envelopes = 1;
  PacketSplit split = PacketSplit::lucky;
  std::chrono::seconds length{60};
};
// Whether it could be opened. Fails with show-not-found, show-not-live, packet-open, packets-limit;
// invalid-field at /total/minor, /envelopes, /length_s.
Result<void> check_packet(store::Tx& tx, const NewPacket& packet);
// It was checked in this transaction, and so was the title. Fails with packet-open when another was
// faster.
Result<RedPacket> open_packet(store::Tx& tx, const NewPacket& packet, std::int64_t coupon,
                              Instant now);

// Fails with packet-not-found.
Result<RedPacket> find_packet(store::Tx& tx, PacketId packet);
// Newest first; at most kPacketsPerShowMax.
std::vector<RedPacket> packets_of(store::Tx& tx, ShowId show);
std::optional<RedPacket> open_packet_of(store::Tx& tx, ShowId show);
// Whose time is over, oldest first.
std::vector<PacketId> packets_to_close(store::Tx& tx, Instant now);
// Fails with packet-not-found, packet-over when it has ended already.
Result<RedPacket> end_packet(store::Tx& tx, PacketId packet, Instant now);

// An envelope that somebody has opened.
struct Envelope {
  std::int64_t number = 0;  // 1, 2, 3, … in the order in which they were opened
  DeviceId device;
  std::int64_t amount_minor = 0;
  Instant opened_at;
};
std::optional<Envelope> envelope_of(store::Tx& tx, PacketId packet, DeviceId device);
// In their order.
std::vector<Envelope> envelopes_of(store::Tx& tx, PacketId packet);
// The number is free: the coupon has counted it.
void keep_envelope(store::Tx& tx, PacketId packet, const Envelope& envelope);

// For demo data that goes.
void erase_packets(store::Tx& tx, ShopId shop);

}  // namespace geili::shows
