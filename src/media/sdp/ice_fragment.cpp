#include "media/sdp/ice_fragment.hpp"

#include <utility>

#include "media/sdp/attributes.hpp"
#include "media/sdp/lines.hpp"
#include "media/sdp/media_line.hpp"
#include "media/sdp/write.hpp"

namespace geili::media::sdp {
namespace {

std::unexpected<Error> ice_fault(std::string_view detail) {
  return fail(ErrorKind::invalid, "sdp-ice", detail);
}

// The lines of a fragment are those of a description without its head.
Result<void> read_line(const Line& line, IceFragment& fragment, SessionDescription& session) {
  if (line.type == 'm') {
    if (session.media.size() >= kMediaMax) {
      return line_fault("sdp-limit", line, "there are too many media");
    }
    auto media = read_media_line(line);
    if (!media) return fail_as(media);
    session.media.push_back(std::move(*media));
    return {};
  }
  if (line.type != 'a') return {};
  if (!session.media.empty()) return read_media_attribute(line, session.media.back());
  if (line.value == "end-of-candidates") fragment.end_of_candidates = true;
  return read_session_attribute(line, session);
}

Result<void> take_credentials(const TransportPart& part, IceFragment& fragment) {
  if (part.ice_ufrag.empty() != part.ice_pwd.empty()) {
    return ice_fault("The fragment has one of ice-ufrag and ice-pwd without the other.");
  }
  if (part.ice_ufrag.empty()) return {};
  const ice::Credentials named{part.ice_ufrag, part.ice_pwd};
  if (!fragment.credentials.ufrag.empty() && fragment.credentials != named) {
    return ice_fault("The fragment names different ICE credentials for one bundle.");
  }
  fragment.credentials = named;
  if (fragment.ice_options.empty()) fragment.ice_options = part.ice_options;
  return {};
}

}  // namespace

Result<IceFragment> parse_ice_fragment(std::string_view text) {
  if (text.size() > kSdpBytesMax) {
    return fail(ErrorKind::too_large, "sdp-size", "The fragment is too large.");
  }
  IceFragment fragment;
  SessionDescription session;
  Lines lines(text);
  while (true) {
    auto line = lines.next();
    if (!line) return fail_as(line);
    if (!*line) break;
    if (auto read = read_line(**line, fragment, session); !read) return fail_as(read);
  }
  fragment.ice_options = session.transport.ice_options;
  if (auto taken = take_credentials(session.transport, fragment); !taken) return fail_as(taken);
  for (Media& media : session.media) {
    if (auto taken = take_credentials(media.transport, fragment); !taken) return fail_as(taken);
    fragment.media.push_back({std::move(media.kind_name), std::move(media.mid),
                              std::move(media.candidates), media.end_of_candidates});
  }
  return fragment;
}

std::string write(const IceFragment& fragment) {
  std::string out;
  TransportPart part;
  part.ice_ufrag = fragment.credentials.ufrag;
  part.ice_pwd = fragment.credentials.pwd;
  part.ice_options = fragment.ice_options;
  write_transport(part, out);
  if (fragment.end_of_candidates) out += "a=end-of-candidates\r\n";
  for (const FragmentMedia& media : fragment.media) {
    out.append("m=").append(media.kind_name).append(" 9 UDP/TLS/RTP/SAVPF 0\r\n");
    if (!media.mid.empty()) out.append("a=mid:").append(media.mid).append("\r\n");
    for (const ice::Candidate& candidate : media.candidates) {
      out.append("a=").append(candidate.to_text()).append("\r\n");
    }
    if (media.end_of_candidates) out += "a=end-of-candidates\r\n";
  }
  return out;
}

}  // namespace geili::media::sdp
