#pragma once
// Live video from and to browsers: WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep) without their
// HTTP. The functions may be called from any thread; the awaitables come back on the caller's
// executor, which must outlive the call.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/id.hpp"
#include "base/result.hpp"

namespace geili::media {

struct WebRtcSettings {
  bool enabled = true;
  std::string address = "127.0.0.1";  // "::" takes IPv4 too
  std::uint16_t port = 0;             // UDP and TCP; 0: the kernel chooses
  // IP addresses that browsers are told to reach us at; empty: those of this machine's interfaces.
  std::vector<std::string> public_addresses;
  unsigned threads = 0;      // 0: one for each core
  bool segmentation = true;  // UDP_SEGMENT and UDP_GRO
  std::size_t sessions_max = 10'000;
  // Of each thread. When they are all there, who has not named its session yet gives way, the
  // oldest first; a further one is refused when all have.
  std::size_t tcp_connections_max = 4'000;
  // Of these, from one address, before they name their session: the oldest gives way.
  std::size_t tcp_strangers_per_address_max = 64;
  // From so many viewers of one show on one thread on, sound waits for the next picture and goes
  // with it: sends are what limits them. Below, it goes as it comes, since a browser holds the
  // picture back until its sound is there.
  std::size_t viewers_to_join_sound = 100;
  unsigned publisher_silence_ms = 2'000;  // then its publication pauses
  // Said once: the kernel refuses what makes sending cheap.
  std::function<void(std::string_view)> log;
};

// Of all threads, as they were some tenths of a second ago.
struct WebRtcFigures {
  std::size_t publishers = 0;
  std::size_t viewers = 0;
  std::size_t tcp_connections = 0;
  std::uint64_t tcp_refused = 0;  // connections closed for limits, time-outs or no session
  std::uint64_t received_packets = 0;
  std::uint64_t received_bytes = 0;
  std::uint64_t sent_packets = 0;
  std::uint64_t sent_bytes = 0;
  std::uint64_t dropped_packets = 0;        // the kernel took no more
  std::uint64_t retransmitted_packets = 0;  // to viewers
  std::uint64_t refused_packets = 0;        // forged, replayed or from nowhere
};

// Of one show.
struct WebRtcShowFigures {
  std::size_t viewers = 0;
  std::uint64_t received_packets = 0;  // of the publisher that is there; retransmissions aside
  std::uint64_t lost_packets = 0;
  std::optional<std::int64_t> round_trip_us;  // to the publisher, once it sent a packet again
};

enum class SessionRole : std::uint8_t { publisher, viewer };

struct SessionRef {
  ShowId show;
  SessionRole role = SessionRole::viewer;
  std::string name;  // as SessionAnswer gave it
};

// What the API says of a session that was made.
struct SessionAnswer {
  std::string name;  // a secret of the client, for the URL of the session
  std::string sdp;
  std::string etag;  // with its quotes; changes with an ICE restart
};

struct PatchAnswer {
  std::string fragment;  // application/trickle-ice-sdpfrag; empty: nothing to say
  std::string etag;
};

class WebRtc {
 public:
  virtual ~WebRtc() = default;

  // UDP and TCP; 0 when WebRTC is switched off.
  virtual std::uint16_t port() const = 0;
  // Does not wait.
  virtual WebRtcFigures figures() const = 0;
  // All zero for a show that nobody sends or watches by WebRTC.
  virtual boost::asio::awaitable<WebRtcShowFigures> figures_of(ShowId show) = 0;

  // Errors of publish() and play(): those of sdp::parse(), sdp::answer_ingest() and
  // sdp::answer_playback(); unavailable "webrtc-off", "webrtc-sessions" (too many) and "stopping".
  //
  // `takes_over`: replaces a publisher that is live. More errors: conflict "already-live", gone
  // "show-ended", rate_limited "streams-max".
  virtual boost::asio::awaitable<Result<SessionAnswer>> publish(ShowId show, std::string offer,
                                                                bool takes_over) = 0;
  // More errors: conflict "not-live" (nothing to play yet), unsupported_media "b-frames".
  virtual boost::asio::awaitable<Result<SessionAnswer>> play(ShowId show, std::string offer) = 0;
  // RFC 9725 section 4.3: trickled candidates and ICE restarts. Errors: not_found
  // "session-not-found", precondition_required "if-match-missing", precondition "session-changed",
  // and those of sdp::parse_ice_fragment().
  virtual boost::asio::awaitable<Result<PatchAnswer>> patch(SessionRef session,
                                                            std::string if_match,
                                                            std::string fragment) = 0;
  // Errors: not_found "session-not-found".
  virtual boost::asio::awaitable<Result<void>> close(SessionRef session) = 0;
};

}  // namespace geili::media
