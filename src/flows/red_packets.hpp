#pragma once
// Red packets: a sum that a host gives away in a live show, in so many envelopes. An envelope is a
// coupon of its own worth: it is counted, spent, given back and booked as any other (ADR 26, 29).

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "orders/coupon.hpp"
#include "shows/red_packet.hpp"
#include "store/tx.hpp"

namespace geili::flows {

inline constexpr std::chrono::days kEnvelopeValidMin{1};
inline constexpr std::chrono::days kEnvelopeValidMax{60};

struct OpenPacket {
  shows::NewPacket packet;
  std::int64_t min_order_minor = 0;  // of goods, that an envelope is taken off
  std::chrono::days valid_for{7};    // an envelope is spent within it, from the opening on
};
struct PacketView {
  shows::RedPacket packet;
  std::int64_t min_order_minor = 0;
  Instant valid_until;    // of what is won
  std::int64_t left = 0;  // envelopes that nobody has opened
};
// One at a time in a show that is live, in its shop's currency. Fails as shows::check_packet() and
// orders::make_coupon(), and with invalid-field at /total/currency, /valid_days.
Result<PacketView> open_packet(store::Tx& tx, const OpenPacket& wish, const Clock& clock);
// Fails as orders::find_coupon().
Result<PacketView> view_packet(store::Tx& tx, shows::RedPacket packet);

// One for the device, which gets the same again. With the last one the packet is over. Fails with
// packet-not-found, packet-over, packet-gone (all are opened), coupons-held-limit.
struct OpenedEnvelope {
  PacketView packet;
  shows::Envelope envelope;
};
Result<OpenedEnvelope> open_envelope(store::Tx& tx, shows::PacketId packet, DeviceId device,
                                     const Clock& clock);

// Before its time is over; who has an envelope keeps it. Fails as shows::end_packet().
Result<PacketView> end_packet(store::Tx& tx, shows::PacketId packet, const Clock& clock);
// The show has ended.
void end_packets(store::Tx& tx, ShowId show, const Clock& clock);
// Ends those whose time is over; true when some were.
bool close_due_packets(store::Tx& tx, const Clock& clock);

}  // namespace geili::flows
