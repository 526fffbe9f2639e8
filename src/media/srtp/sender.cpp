#include "media/srtp/sender.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "media/srtp/wire.hpp"

namespace geili::media::srtp {

std::size_t Sender::protect(std::uint32_t ssrc, std::uint64_t index, ByteView header,
                            ByteView payload, std::span<std::byte> out) {
  const std::size_t plain = header.size() + payload.size();
  assert(out.size() >= plain + rtp_.tag_size());
  std::ranges::copy(header, out.begin());
  const auto rollover = word(static_cast<std::uint32_t>(index >> 16));
  rtp_.seal(ssrc, index, header, rollover, payload, out.data() + header.size(), out.data() + plain);
  return plain + rtp_.tag_size();
}

std::size_t Sender::protect_rtcp(ByteView packet, std::span<std::byte> out) {
  assert(packet.size() >= kRtcpHeadBytes);
  assert(out.size() >= packet.size() + kRtcpIndexBytes + rtcp_.tag_size());
  const auto index = word(kEncryptedBit | rtcp_index_);
  const ByteView head = packet.first(kRtcpHeadBytes);
  const ByteView body = packet.subspan(kRtcpHeadBytes);
  std::ranges::copy(head, out.begin());
  std::byte* const after = out.data() + packet.size();
  const bool is_gcm = rtcp_.profile() == Profile::aead_aes_128_gcm;
  // RFC 7714 puts the tag before the index, RFC 3711 behind it.
  std::byte* const tag = is_gcm ? after : after + kRtcpIndexBytes;
  rtcp_.seal(read_word(packet.subspan(4)), rtcp_index_, head, index, body,
             out.data() + kRtcpHeadBytes, tag);
  std::ranges::copy(index, is_gcm ? after + rtcp_.tag_size() : after);
  rtcp_index_ = (rtcp_index_ + 1) & ~kEncryptedBit;
  return packet.size() + kRtcpIndexBytes + rtcp_.tag_size();
}

}  // namespace geili::media::srtp
