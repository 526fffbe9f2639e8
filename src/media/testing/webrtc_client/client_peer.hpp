#pragma once
// One client of a WebRTC server: socket, ICE, DTLS and SRTP. What it does with media is its
// descendants'. Belongs to the thread of its loop.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "media/dtls/transport.hpp"
#include "media/rtcp/packet.hpp"
#include "media/srtp/receiver.hpp"
#include "media/srtp/sender.hpp"
#include "media/testing/webrtc_client/client_link.hpp"
#include "media/testing/webrtc_client/client_sdp.hpp"
#include "media/testing/webrtc_client/ice_controller.hpp"

namespace geili::media::testing {

struct PeerOptions {
  LinkOptions link;
  // Where to go instead of the answer's candidates: a relay on the way.
  std::optional<TransportAddress> via;
  bool tcp = false;  // ICE-TCP
};

struct PeerFigures {
  std::uint64_t packets = 0;  // RTP and RTCP that came
  std::uint64_t bytes = 0;
  std::uint64_t refused = 0;  // not authentic, or seen before
  std::uint64_t sent_packets = 0;
  std::optional<Instant> answered;   // when the SDP answer was there
  std::optional<Instant> connected;  // the first answer to a check
  std::optional<Instant> opened;     // the keys were there
};

class ClientPeer : private ClientLoop::Member {
 public:
  // `loop` and `context` outlive the peer. Throws when there is no socket.
  ClientPeer(ClientLoop& loop, const dtls::Context& context, PeerOptions options);
  ~ClientPeer() override;
  ClientPeer(const ClientPeer&) = delete;
  ClientPeer& operator=(const ClientPeer&) = delete;

  // What POST carries.
  virtual std::string offer() const = 0;
  // What it brings back. Errors: those of read_answer(); connection errors of TCP throw.
  Result<void> accept(std::string_view answer);

  bool is_open() const { return sender_.has_value() && !is_closed(); }
  bool is_closed() const { return dtls_ && dtls_->state() == dtls::State::closed; }
  // Why: as dtls::Transport says.
  const char* reason() const { return dtls_ ? dtls_->reason() : ""; }
  // The server answers checks: false within a cut of the network.
  bool is_reachable() const { return ice_.is_answered(loop_.now()); }
  const PeerFigures& peer_figures() const { return figures_; }
  const Agreed& agreed() const { return agreed_; }

  // What PATCH carries for an ICE restart, and what its answer brings.
  std::string restart_fragment();
  Result<void> accept_restart(std::string_view fragment);
  // A new socket, as when a phone changes networks. Nothing is said; the next check shows it.
  void move_to_new_socket();
  // DTLS's goodbye, without HTTP.
  void say_goodbye();

 protected:
  virtual void on_answer(const Agreed& agreed) = 0;
  virtual void on_open(Instant now) = 0;
  // A packet as it came, still encrypted; receiver() opens it.
  virtual void on_srtp(std::span<std::byte> packet, Instant at) = 0;
  virtual void on_rtcp(const std::vector<rtcp::Packet>& packets, Instant at) = 0;
  // After what one turn of the loop brought.
  virtual void after_batch(Instant now) = 0;
  // About every kTimer.
  virtual void on_tick(Instant now) = 0;
  virtual std::chrono::milliseconds tick() const { return std::chrono::milliseconds(20); }

  void send_packet(ByteView packet);
  void send_rtcp(const std::vector<rtcp::Packet>& packets);
  srtp::Sender& sender() { return *sender_; }
  srtp::Receiver& receiver() { return *receiver_; }
  std::int64_t round_trip_us() const { return ice_.round_trip_us().value_or(20'000); }
  ClientLoop& loop() { return loop_; }
  const ice::Credentials& local_ice() const { return ice_.local(); }
  const std::string& local_fingerprint() const { return context_.certificate().fingerprint(); }
  void count_refused() { ++figures_.refused; }

 private:
  void on_ready(Instant now) final;
  void on_timer(Instant now) final;
  void on_datagram(std::span<std::byte> datagram, const TransportAddress& from, Instant at);
  void send_checks(Instant now);
  void step_dtls(Instant now);
  void read_rtcp(std::span<std::byte> packet, Instant at);

  ClientLoop& loop_;
  const dtls::Context& context_;
  PeerOptions options_;
  std::unique_ptr<ClientLink> link_;
  IceController ice_;
  std::optional<ice::Credentials> next_local_;
  Agreed agreed_;
  std::optional<dtls::Transport> dtls_;
  std::optional<srtp::Sender> sender_;
  std::optional<srtp::Receiver> receiver_;
  Instant next_tick_;
  PeerFigures figures_;
};

}  // namespace geili::media::testing
