#pragma once
// A WHIP or WHEP session on the thread that is its home.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "media/sdp/ice_fragment.hpp"
#include "media/web_rtc.hpp"
#include "media/webrtc/fan_out.hpp"
#include "media/webrtc/inlet.hpp"
#include "media/webrtc/peer_transport.hpp"
#include "media/webrtc/publisher.hpp"
#include "media/webrtc/viewer.hpp"

namespace geili::media::webrtc {

inline std::unexpected<Error> no_session() {
  return fail(ErrorKind::not_found, "session-not-found",
              "There is no such session, or it has ended.");
}
inline std::unexpected<Error> stopping() {
  return fail(ErrorKind::unavailable, "stopping", "The server is stopping.");
}

struct Session {
  Session(const dtls::Context& context, const ice::Credentials& local,
          const sdp::RemoteTransport& remote_transport, Wire& wire, Instant now)
      : transport(context, local, remote_transport, wire, now),
        remote_ufrag(remote_transport.ice.ufrag),
        ufrags{local.ufrag} {}

  // RFC 9725 sections 4.3.1 and 4.3.2. Errors: precondition_required
  // "if-match-missing"; precondition "session-changed"; invalid
  // "sdp-ice" and those of parse_ice_fragment().
  struct Patched {
    PatchAnswer answer;
    bool restarted = false;  // ufrags.back() is new
  };
  Result<Patched> patch(std::string_view if_match, const sdp::IceFragment& fragment,
                        std::string_view home, const std::vector<ice::Candidate>& candidates);
  std::string etag() const { return '"' + transport.agent().local().ufrag + '"'; }

  std::string name;
  ShowId show;
  PeerTransport transport;
  std::string remote_ufrag;
  std::vector<std::string> ufrags;  // of ours, that checks may still carry
  std::string mid;                  // of the bundle's first medium
  std::string kind_name;
  std::vector<TransportAddress> paths;  // by which datagrams find the session

  // One of the two.
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<Viewer> viewer;

  // Of a publisher.
  std::shared_ptr<Inlet> inlet;
  std::vector<SourceUnit> units;  // of this batch
  bool is_paused = false;
  // Of a viewer.
  FanOut* fan_out = nullptr;
};

}  // namespace geili::media::webrtc
