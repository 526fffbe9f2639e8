#include "media/webrtc/session.hpp"

#include <utility>

namespace geili::media::webrtc {

Result<Session::Patched> Session::patch(std::string_view if_match, const sdp::IceFragment& fragment,
                                        std::string_view home,
                                        const std::vector<ice::Candidate>& candidates) {
  if (if_match.empty()) {
    return fail(ErrorKind::precondition_required, "if-match-missing",
                "Send If-Match with the session's ETag.");
  }
  const std::string& theirs = fragment.credentials.ufrag;
  const bool restarts = !theirs.empty() && theirs != remote_ufrag;
  const bool matches = if_match == etag() || (if_match == "*" && restarts);
  if (!matches) {
    return fail(ErrorKind::precondition, "session-changed",
                "If-Match does not name the session as it is now.");
  }
  // The peer's candidates are not needed: its checks tell where it is.
  if (!restarts) return Patched{{.fragment = {}, .etag = etag()}, false};
  const ice::Credentials& local = transport.restart(ice::make_credentials(home), theirs);
  remote_ufrag = theirs;
  ufrags.push_back(local.ufrag);
  sdp::IceFragment answer;
  answer.credentials = local;
  answer.media.push_back({kind_name, mid, candidates, true});
  return Patched{{sdp::write(answer), etag()}, true};
}

}  // namespace geili::media::webrtc
