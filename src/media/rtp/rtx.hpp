#pragma once
// Retransmission payload format (RFC 4588): a lost packet comes again on a stream of its own, its
// first sequence number in front of the payload.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "media/rtp/packet.hpp"

namespace geili::media::rtp {

inline constexpr std::size_t kRtxHeadBytes = 2;

// The packet as it was sent first. Views as those of `rtx`. None when it carries nothing: senders
// probe bandwidth with padding on this stream.
inline std::optional<PacketView> restore_rtx(const PacketView& rtx, std::uint32_t media_ssrc,
                                             std::uint8_t media_payload_type) {
  if (rtx.payload.size() <= kRtxHeadBytes) return std::nullopt;
  PacketView restored = rtx;
  restored.header.ssrc = media_ssrc;
  restored.header.payload_type = media_payload_type;
  restored.header.sequence = static_cast<std::uint16_t>(
      std::to_integer<unsigned>(rtx.payload[0]) << 8 | std::to_integer<unsigned>(rtx.payload[1]));
  restored.payload = rtx.payload.subspan(kRtxHeadBytes);
  return restored;
}

// The payload of a retransmission of the packet that was sent as `sequence`.
inline Bytes rtx_payload(std::uint16_t sequence, ByteView payload) {
  Bytes wrapped;
  wrapped.reserve(kRtxHeadBytes + payload.size());
  wrapped.push_back(static_cast<std::byte>(sequence >> 8));
  wrapped.push_back(static_cast<std::byte>(sequence & 0xFF));
  wrapped.insert(wrapped.end(), payload.begin(), payload.end());
  return wrapped;
}

}  // namespace geili::media::rtp
