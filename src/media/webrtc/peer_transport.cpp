#include "media/webrtc/peer_transport.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "media/rtp/packet.hpp"
#include "media/stun/message.hpp"

namespace geili::media::webrtc {
namespace {

// RFC 7983 section 7.
bool looks_like_dtls(std::byte first) {
  return first >= std::byte{20} && first <= std::byte{63};
}
bool looks_like_rtp(std::byte first) {
  return first >= std::byte{128} && first <= std::byte{191};
}

// The text of Certificate::fingerprint(); empty when the peer names no SHA-256, which fits nothing.
std::string sha256_text(const std::vector<sdp::Fingerprint>& fingerprints) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto found = std::ranges::find(fingerprints, "sha-256", &sdp::Fingerprint::hash);
  std::string text;
  if (found == fingerprints.end()) return text;
  for (const std::byte octet : found->value) {
    const auto value = std::to_integer<unsigned>(octet);
    if (!text.empty()) text += ':';
    text += kDigits[value >> 4];
    text += kDigits[value & 0xF];
  }
  return text;
}

constexpr std::size_t kRtcpBytesMax = 1'500;

}  // namespace

PeerTransport::PeerTransport(const dtls::Context& context, ice::Credentials local,
                             const sdp::RemoteTransport& remote, Wire& wire, Instant now)
    : context_(context),
      remote_fingerprint_(sha256_text(remote.fingerprints)),
      wire_(wire),
      agent_(std::move(local), remote.ice.ufrag),
      give_up_at_(now + kConnectTime) {}

const ice::Path* PeerTransport::path() const {
  const auto& selected = agent_.selected();
  return selected && !is_closed() ? &*selected : nullptr;
}

void PeerTransport::on_datagram(std::span<std::byte> datagram, const ice::Path& from, Instant now) {
  if (datagram.empty() || is_closed()) return;
  if (stun::looks_like_stun(datagram)) return on_stun(datagram, from, now);
  // What comes from elsewhere has not shown that it is the peer.
  if (!agent_.is_valid(from)) {
    ++figures_.refused_packets;
  } else if (looks_like_dtls(datagram[0])) {
    on_dtls(datagram, from, now);
  } else if (looks_like_rtp(datagram[0]) && receiver_) {
    on_srtp(datagram, now);
  } else {
    ++figures_.refused_packets;
  }
}

void PeerTransport::on_stun(ByteView packet, const ice::Path& from, Instant now) {
  const ice::Outcome outcome = agent_.on_packet(packet, from, now);
  if (!outcome.reply.empty()) wire_.send(from, as_bytes(outcome.reply));
  if (outcome.verdict == ice::Verdict::accepted && !dtls_) {
    dtls_.emplace(context_, dtls::Role::server, remote_fingerprint_, now);
  }
}

void PeerTransport::on_dtls(ByteView datagram, const ice::Path& from, Instant now) {
  dtls_->on_datagram(datagram, now);
  after_dtls(&from, now);
}

void PeerTransport::after_dtls(const ice::Path* to, Instant now) {
  for (const Bytes& outgoing : dtls_->take_outgoing()) {
    if (to != nullptr) wire_.send(*to, outgoing);
  }
  if (dtls_->state() == dtls::State::closed) {
    reason_ = dtls_->reason();
    return;
  }
  if (sender_ || !dtls_->keys()) return;
  const dtls::SrtpKeys& keys = *dtls_->keys();
  sender_.emplace(keys.profile, keys.local);
  receiver_.emplace(keys.profile, keys.remote);
  if (end_ != nullptr) end_->on_open(now);
}

void PeerTransport::on_srtp(std::span<std::byte> datagram, Instant now) {
  const bool is_rtcp = rtp::is_rtcp(datagram);
  const auto size = is_rtcp ? receiver_->unprotect_rtcp(datagram) : receiver_->unprotect(datagram);
  if (!size) {
    ++figures_.refused_packets;
    return;
  }
  dtls_->settle();
  ++figures_.received_packets;
  figures_.received_bytes += datagram.size();
  if (end_ == nullptr) return;
  const ByteView plain = ByteView(datagram).first(*size);
  if (is_rtcp) {
    end_->on_rtcp(plain, now);
  } else {
    end_->on_rtp(plain, now);
  }
}

void PeerTransport::on_timer(Instant now) {
  if (is_closed()) return;
  agent_.expire(now);
  if (dtls_ && dtls_->deadline() && *dtls_->deadline() <= now) {
    dtls_->on_timer(now);
    after_dtls(path(), now);
  }
  if (is_closed()) return;
  if (!agent_.paths().empty()) {
    give_up_at_ = now + kReturnTime;
  } else if (now >= give_up_at_) {
    reason_ = dtls_ ? "consent-lost" : "connect-timeout";
  }
}

const ice::Credentials& PeerTransport::restart(ice::Credentials local,
                                               std::string_view remote_ufrag) {
  agent_.restart(std::move(local), remote_ufrag);
  return agent_.local();
}

void PeerTransport::close(const char* reason) {
  if (is_closed()) return;
  if (dtls_ && path() != nullptr) {
    dtls_->close();
    for (const Bytes& outgoing : dtls_->take_outgoing()) wire_.send(*path(), outgoing);
  }
  reason_ = reason;
}

void PeerTransport::send_rtcp(ByteView compound) {
  if (!is_open() || path() == nullptr || compound.size() > kRtcpBytesMax) return;
  std::array<std::byte, kRtcpBytesMax + srtp::kOverheadBytesMax> protected_bytes;
  const std::size_t size = sender_->protect_rtcp(compound, protected_bytes);
  wire_.send(*path(), ByteView(protected_bytes).first(size));
}

}  // namespace geili::media::webrtc
