#pragma once
// The way to one peer: ICE, DTLS and SRTP of a session as one thing that takes datagrams and gives
// plain RTP and RTCP. No socket and no thread of its own; single-threaded.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "media/dtls/transport.hpp"
#include "media/ice/lite_agent.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/srtp/receiver.hpp"
#include "media/srtp/sender.hpp"

namespace geili::media::webrtc {

// What sessions send by; outlives them. What there is no room for is dropped, and repaired as a
// loss on the way is.
class Wire {
 public:
  virtual ~Wire() = default;
  virtual void send(const ice::Path& path, ByteView datagram) = 0;
  // A run of datagrams to one peer: begin(), then for each slot() and commit(), then flush(). The
  // slot has room for at least `bytes_max`.
  virtual void begin(const ice::Path& path) = 0;
  virtual std::span<std::byte> slot(std::size_t bytes_max) = 0;
  virtual void commit(std::size_t bytes) = 0;
  virtual void flush() = 0;
};

// What is made of a peer's media. The views may be changed and end with the call.
class MediaEnd {
 public:
  virtual ~MediaEnd() = default;
  // The keys are there: from now on media may be sent.
  virtual void on_open(Instant now) = 0;
  virtual void on_rtp(ByteView packet, Instant now) = 0;
  virtual void on_rtcp(ByteView datagram, Instant now) = 0;
};

struct PeerTransportFigures {
  std::uint64_t received_packets = 0;  // RTP and RTCP that was authentic
  std::uint64_t received_bytes = 0;    // of those, as they came
  std::uint64_t refused_packets = 0;   // forged, replayed, malformed or from nowhere
};

class PeerTransport {
 public:
  // How long a peer may take to connect, and to come back after its consent ran out.
  static constexpr std::chrono::seconds kConnectTime{30};
  static constexpr std::chrono::seconds kReturnTime{30};

  // `context` and `wire` outlive the transport.
  PeerTransport(const dtls::Context& context, ice::Credentials local,
                const sdp::RemoteTransport& remote, Wire& wire, Instant now);

  // `end` is told from now on; it outlives the transport.
  void attach(MediaEnd& end) { end_ = &end; }

  // Tells STUN, DTLS, RTP and RTCP apart (RFC 7983). `datagram` is decrypted in place.
  void on_datagram(std::span<std::byte> datagram, const ice::Path& from, Instant now);
  // To be called about every 100 ms.
  void on_timer(Instant now);
  // A TCP connection is gone.
  void forget(std::uint32_t via) { agent_.forget(via); }
  // Tells the peer.
  void close(const char* reason);

  // New credentials of ours; those in use stay good until the peer uses the new.
  const ice::Credentials& restart(ice::Credentials local, std::string_view remote_ufrag);
  const ice::LiteAgent& agent() const { return agent_; }

  bool is_open() const { return sender_.has_value() && !is_closed(); }
  bool is_closed() const { return *reason_ != '\0'; }
  // Why it closed, a literal: "connect-timeout", "consent-lost", those of dtls::Transport, or what
  // close() was told.
  const char* reason() const { return reason_; }
  // Where media goes; none while nothing may be sent.
  const ice::Path* path() const;
  const PeerTransportFigures& figures() const { return figures_; }

  // Only while is_open().
  srtp::Sender& sender() { return *sender_; }
  Wire& wire() { return wire_; }
  void send_rtcp(ByteView compound);

 private:
  void on_stun(ByteView packet, const ice::Path& from, Instant now);
  void on_dtls(ByteView datagram, const ice::Path& from, Instant now);
  void on_srtp(std::span<std::byte> datagram, Instant now);
  void after_dtls(const ice::Path* to, Instant now);

  const dtls::Context& context_;
  std::string remote_fingerprint_;
  Wire& wire_;
  MediaEnd* end_ = nullptr;
  ice::LiteAgent agent_;
  std::optional<dtls::Transport> dtls_;  // from the first valid path on
  std::optional<srtp::Sender> sender_;
  std::optional<srtp::Receiver> receiver_;
  Instant give_up_at_;  // while there is no path
  const char* reason_ = "";
  PeerTransportFigures figures_;
};

}  // namespace geili::media::webrtc
