#include "media/testing/webrtc_client/client_peer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "media/rtp/packet.hpp"
#include "media/sdp/ice_fragment.hpp"
#include "media/stun/message.hpp"

namespace geili::media::testing {
namespace {

constexpr std::size_t kRtcpBytesMax = 1'400;

}  // namespace

ClientPeer::ClientPeer(ClientLoop& loop, const dtls::Context& context, PeerOptions options)
    : loop_(loop), context_(context), options_(options), ice_(ice::make_credentials()) {
  if (!options_.tcp) link_ = make_udp_link(options_.link);
  loop_.add(*this);
  if (link_) loop_.watch(link_->fd(), *this);
}

ClientPeer::~ClientPeer() {
  loop_.remove(*this);
}

Result<void> ClientPeer::accept(std::string_view answer) {
  auto agreed = read_answer(answer);
  if (!agreed) return fail_as(agreed);
  agreed_ = std::move(*agreed);
  auto candidates = options_.tcp ? agreed_.tcp : agreed_.udp;
  if (options_.via) candidates = {*options_.via};
  if (candidates.empty()) return fail(ErrorKind::invalid, "answer", "No candidate to go to.");
  if (options_.tcp) {
    candidates.resize(1);
    link_ = make_tcp_link(candidates[0]);
    loop_.watch(link_->fd(), *this);
  }
  const Instant now = loop_.now();
  figures_.answered = now;
  ice_.start(agreed_.ice, std::move(candidates), now);
  on_answer(agreed_);
  send_checks(now);
  return {};
}

void ClientPeer::move_to_new_socket() {
  link_ = options_.tcp ? make_tcp_link(*ice_.selected()) : make_udp_link(options_.link);
  loop_.watch(link_->fd(), *this);
}

std::string ClientPeer::restart_fragment() {
  next_local_ = ice::make_credentials();
  sdp::IceFragment fragment;
  fragment.credentials = *next_local_;
  const auto& first = agreed_.audio ? agreed_.audio : agreed_.video;
  fragment.media.push_back({agreed_.audio ? "audio" : "video", first->mid, {}, true});
  return sdp::write(fragment);
}

Result<void> ClientPeer::accept_restart(std::string_view fragment) {
  auto parsed = sdp::parse_ice_fragment(fragment);
  if (!parsed) return fail_as(parsed);
  if (!next_local_ || parsed->credentials.ufrag.empty())
    return fail(ErrorKind::invalid, "answer", "No restart.");
  ice_.restart(*next_local_, parsed->credentials, loop_.now());
  send_checks(loop_.now());
  return {};
}

void ClientPeer::say_goodbye() {
  if (!dtls_) return;
  dtls_->close();
  step_dtls(loop_.now());
}

void ClientPeer::on_ready(Instant now) {
  link_->receive(loop_, now,
                 [this](std::span<std::byte> datagram, const TransportAddress& from, Instant at) {
                   on_datagram(datagram, from, at);
                 });
  if (is_open()) after_batch(now);
}

void ClientPeer::on_timer(Instant now) {
  timer_at_ = now + tick();
  send_checks(now);
  if (dtls_ && dtls_->deadline() && *dtls_->deadline() <= now) {
    dtls_->on_timer(now);
    step_dtls(now);
  }
  if (is_open()) on_tick(now);
}

void ClientPeer::send_checks(Instant now) {
  if (!link_) return;
  for (const IceController::Check& check : ice_.due(now)) {
    link_->send(as_bytes(check.packet), check.to);
  }
}

void ClientPeer::on_datagram(std::span<std::byte> datagram, const TransportAddress& from,
                             Instant at) {
  if (datagram.empty()) return;
  if (stun::looks_like_stun(datagram)) {
    if (!ice_.on_packet(datagram, from, at) || dtls_) return;
    figures_.connected = at;
    dtls_.emplace(context_, dtls::Role::client, agreed_.fingerprint, at);
    return step_dtls(at);
  }
  const auto first = std::to_integer<unsigned>(datagram[0]);
  if (first >= 20 && first <= 63 && dtls_) {
    dtls_->on_datagram(datagram, at);
    return step_dtls(at);
  }
  if (first < 128 || first > 191 || !receiver_) return;
  ++figures_.packets;
  figures_.bytes += datagram.size();
  if (rtp::is_rtcp(datagram)) {
    read_rtcp(datagram, at);
  } else {
    on_srtp(datagram, at);
  }
}

void ClientPeer::step_dtls(Instant now) {
  for (const Bytes& outgoing : dtls_->take_outgoing()) send_packet(outgoing);
  if (sender_ || !dtls_->keys()) return;
  const dtls::SrtpKeys& keys = *dtls_->keys();
  sender_.emplace(keys.profile, keys.local);
  receiver_.emplace(keys.profile, keys.remote);
  figures_.opened = now;
  on_open(now);
}

void ClientPeer::read_rtcp(std::span<std::byte> packet, Instant at) {
  const auto size = receiver_->unprotect_rtcp(packet);
  if (!size) return count_refused();
  const auto packets = rtcp::parse(ByteView(packet).first(*size));
  if (packets) on_rtcp(*packets, at);
}

void ClientPeer::send_packet(ByteView packet) {
  if (!ice_.selected()) return;
  ++figures_.sent_packets;
  link_->send(packet, *ice_.selected());
}

void ClientPeer::send_rtcp(const std::vector<rtcp::Packet>& packets) {
  const Bytes plain = rtcp::write(packets);
  if (!sender_ || plain.size() > kRtcpBytesMax) return;
  std::array<std::byte, kRtcpBytesMax + srtp::kOverheadBytesMax> out;
  send_packet(ByteView(out).first(sender_->protect_rtcp(plain, out)));
}

}  // namespace geili::media::testing
