#include "media/sdp/parse.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "media/sdp/attributes.hpp"
#include "media/sdp/lines.hpp"
#include "media/sdp/media_line.hpp"
#include "media/sdp/words.hpp"

namespace geili::media::sdp {
namespace {

Result<void> read_version(const Line& line) {
  if (line.type == 'v' && line.value == "0") return {};
  return line_fault("sdp-order", line, "it is not v=0");
}

// RFC 8866 section 5.2.
Result<Origin> read_origin(const Line& line) {
  if (line.type != 'o') return line_fault("sdp-order", line, "it is not o=");
  std::string_view rest = line.value;
  Origin origin;
  origin.username = next_word(rest);
  const auto session_id = number<std::uint64_t>(next_word(rest));
  const auto version = number<std::uint64_t>(next_word(rest));
  const std::string_view net = next_word(rest);
  const std::string_view family = next_word(rest);
  origin.address = next_word(rest);
  if (!session_id || !version || net != "IN" || (family != "IP4" && family != "IP6") ||
      !is_word(origin.address)) {
    return line_fault("sdp-line", line, "o= is malformed");
  }
  origin.session_id = *session_id;
  origin.version = *version;
  return origin;
}

// The three lines that every description begins with.
Result<Origin> read_head(Lines& lines) {
  std::size_t last = 0;
  Origin origin;
  for (int i = 0; i < 3; ++i) {
    auto line = lines.next();
    if (!line) return fail_as(line);
    if (!*line) return line_fault("sdp-order", Line{last + 1, 0, {}}, "the description ends early");
    last = (*line)->number;
    if (i == 0) {
      if (auto version = read_version(**line); !version) return fail_as(version);
    } else if (i == 1) {
      auto read = read_origin(**line);
      if (!read) return fail_as(read);
      origin = std::move(*read);
    } else if ((*line)->type != 's') {
      return line_fault("sdp-order", **line, "it is not s=");
    }
  }
  return origin;
}

Result<void> add_medium(const Line& line, SessionDescription& session) {
  if (session.media.size() >= kMediaMax)
    return line_fault("sdp-limit", line, "there are too many media");
  auto media = read_media_line(line);
  if (!media) return fail_as(media);
  session.media.push_back(std::move(*media));
  return {};
}

void inherit(const TransportPart& session, TransportPart& media) {
  if (media.ice_ufrag.empty() && media.ice_pwd.empty()) {
    media.ice_ufrag = session.ice_ufrag;
    media.ice_pwd = session.ice_pwd;
  }
  if (media.ice_options.empty()) media.ice_options = session.ice_options;
  if (media.fingerprints.empty()) media.fingerprints = session.fingerprints;
  if (!media.setup) media.setup = session.setup;
}

}  // namespace

Result<SessionDescription> parse(std::string_view text) {
  if (text.size() > kSdpBytesMax) {
    return fail(ErrorKind::too_large, "sdp-size", "The session description is too large.");
  }
  Lines lines(text);
  auto origin = read_head(lines);
  if (!origin) return fail_as(origin);
  SessionDescription session;
  session.origin = std::move(*origin);
  bool timed = false;
  while (true) {
    auto line = lines.next();
    if (!line) return fail_as(line);
    if (!*line) break;
    Result<void> read;
    if ((*line)->type == 't') {
      timed = true;
    } else if ((*line)->type == 'm') {
      if (!timed) return line_fault("sdp-order", **line, "t= is missing before the first m=");
      read = add_medium(**line, session);
    } else if ((*line)->type == 'a') {
      read = session.media.empty() ? read_session_attribute(**line, session)
                                   : read_media_attribute(**line, session.media.back());
    }
    if (!read) return fail_as(read);
  }
  for (Media& media : session.media) inherit(session.transport, media.transport);
  return session;
}

}  // namespace geili::media::sdp
