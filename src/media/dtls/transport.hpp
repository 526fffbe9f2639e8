#pragma once
// One DTLS 1.2 association over datagrams (RFC 6347, RFC 5764), which yields the keys of SRTP. No
// socket and no clock of its own: the owner feeds it datagrams, only of pairs that ICE has
// validated, sends what it gives back, and calls on_timer() at deadline(). One thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "media/dtls/certificate.hpp"
#include "media/dtls/datagram_bio.hpp"
#include "media/dtls/farewell.hpp"
#include "media/srtp/keys.hpp"

struct ssl_st;
struct ssl_ctx_st;

namespace geili::media::dtls {

enum class Role : std::uint8_t {
  server,  // a=setup:passive
  client,  // a=setup:active
};

enum class State : std::uint8_t { handshake, open, closed };

struct SrtpKeys {
  srtp::Profile profile = srtp::Profile::aead_aes_128_gcm;
  srtp::MasterKey local;  // of what this side sends
  srtp::MasterKey remote;
};

struct FreeContext {
  void operator()(ssl_ctx_st* context) const;
};

// What all associations of a process share. Immutable; associations may outlive it.
class Context {
 public:
  // Throws when OpenSSL cannot.
  explicit Context(std::shared_ptr<const Certificate> certificate);
  const Certificate& certificate() const { return *certificate_; }
  ssl_ctx_st* get() const { return context_.get(); }

 private:
  std::shared_ptr<const Certificate> certificate_;
  std::unique_ptr<ssl_ctx_st, FreeContext> context_;
};

class Transport {
 public:
  static constexpr std::size_t kSentBytesMax = 1'200;      // of one datagram
  static constexpr std::size_t kReceivedBytesMax = 4'096;  // longer ones are not looked at
  static constexpr std::int64_t kHandshakeTimeoutS = 30;

  // `remote_fingerprint` as the peer's SDP names it, SHA-256, letters of either case. A client
  // sends its first flight at once: take_outgoing().
  Transport(const Context& context, Role role, std::string_view remote_fingerprint, Instant now);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  void on_datagram(ByteView datagram, Instant now);
  // To be called when something came by the keys: the peer has finished too and will repeat no
  // flight. Nearly all memory of the association is given back.
  void settle();
  // Retransmits when it is due, and gives up after kHandshakeTimeoutS.
  void on_timer(Instant now);
  // When on_timer() wants to be called; none once open or closed.
  std::optional<Instant> deadline() const { return deadline_; }

  // Datagrams to be sent, in order; empty when there are none.
  std::vector<Bytes> take_outgoing();

  State state() const { return state_; }
  // Set once open.
  const std::optional<SrtpKeys>& keys() const { return keys_; }
  // Why it closed: "closed-by-peer", "fingerprint", "timeout", "handshake", "srtp-profile"; a
  // literal.
  const char* reason() const { return reason_; }
  // Tells the peer; the last datagrams are in take_outgoing().
  void close();

 private:
  struct FreeSsl {
    void operator()(ssl_st* ssl) const;
  };
  void step(Instant now);
  void finish_handshake();
  void read_application_data();
  void close_as(const char* reason);
  void set_deadline(Instant now);

  Datagrams datagrams_;                   // outlives ssl_
  std::unique_ptr<ssl_st, FreeSsl> ssl_;  // until settled
  std::optional<Farewell> farewell_;      // from then on
  bool settles_ = true;
  Role role_;
  std::string remote_fingerprint_;
  State state_ = State::handshake;
  const char* reason_ = "";
  std::optional<SrtpKeys> keys_;
  std::optional<Instant> deadline_;
  Instant give_up_at_;
};

}  // namespace geili::media::dtls
